"""How fast the official workbook comes in."""

from benchmarks import htcds_import
from benchmarks.figures import Figure

ABOUT = (
    "The official HTCDS workbook, filled with about 25 cells a row, imported by the command into a "
    "fresh installation; beside it reading and mapping the same file, and importing it again."
)
ROWS, QUICK_ROWS = 5_000, 200
MOST_SECONDS, MOST_MIB = 60, 500


def measure(run):
    """Rows a second, seconds and memory."""
    rows = QUICK_ROWS if run.quick else ROWS
    folder = run.folder / "imports"
    folder.mkdir()
    found = htcds_import.measure(rows, folder)
    yield Figure(
        f"import of {rows:,} rows",
        found["seconds"],
        "s",
        baseline=found["baseline_read_and_map_seconds"],
        beside="reading and mapping it",
        most=MOST_SECONDS,
        note=f"{found['processor_seconds']:.1f} s on the processor",
    )
    yield Figure("rows imported", found["rows_per_second"], "rows/s")
    yield Figure(
        "the same file again, every row known",
        found["again_seconds"],
        "s",
        baseline=found["baseline_read_and_map_seconds"],
        beside="reading and mapping it",
    )
    yield Figure("peak memory", found["peak_memory_mib"], "MiB", most=MOST_MIB)
    yield Figure("size of the database", found["database_kib_per_row"], "KiB/row")
