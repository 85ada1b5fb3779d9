"""Figures: one number each, beside a baseline of the same run, printed and kept as JSON."""

import json
import os
import platform
import sqlite3
import sys
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path

RESULTS = Path(__file__).parent / "results"


@dataclass(frozen=True)
class Figure:
    """One measured number with its unit.

    ``baseline`` was measured in the same run and ``beside`` says what it is; ``most`` and
    ``least`` are the project's budget for the value, ``most_ratio`` for value / baseline.
    """

    name: str
    value: float
    unit: str
    baseline: float | None = None
    beside: str = ""
    most: float | None = None
    least: float | None = None
    most_ratio: float | None = None
    note: str = ""

    @property
    def ratio(self):
        """The value beside its baseline."""
        return self.value / self.baseline if self.baseline else None

    @property
    def kept(self):
        """Whether the budget is kept; None where there is none."""
        wanted = [
            self.value <= self.most if self.most is not None else None,
            self.value >= self.least if self.least is not None else None,
            self.ratio <= self.most_ratio if self.most_ratio and self.ratio else None,
        ]
        told = [one for one in wanted if one is not None]
        return all(told) if told else None

    def __str__(self):
        words = f"{self.name:<52} {self.value:>10,.2f} {self.unit:<9}"
        if self.ratio is not None:
            words += f" {self.ratio:6.2f} × {self.beside} ({self.baseline:,.2f})"
        if self.kept is False:
            words += f"   OVER BUDGET ({self._budget()})"
        return words

    def _budget(self):
        limits = [
            f"≤ {self.most:g} {self.unit}" if self.most is not None else "",
            f"≥ {self.least:g} {self.unit}" if self.least is not None else "",
            f"≤ {self.most_ratio:g} ×" if self.most_ratio else "",
        ]
        return ", ".join(limit for limit in limits if limit)

    def as_row(self):
        """As it stands in the results: nothing empty, numbers with four digits that matter."""
        row = {**asdict(self), "ratio": self.ratio, "kept": self.kept}
        return {name: _short(value) for name, value in row.items() if value not in (None, "")}


def _short(value):
    return float(f"{value:.4g}") if isinstance(value, float) else value


def machine():
    """On what it was measured: nothing that says whose machine it is."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return {
        "processor": _processor(),
        "cores": os.cpu_count(),
        "memory_gib": round(memory / 2**30),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "django": metadata.version("django"),
        "sqlite": sqlite3.sqlite_version,
        "load_at_start": round(os.getloadavg()[0], 1),
    }


def _processor():
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor()


def keep(benchmark, figures, *, about, run):
    """Write the results of one benchmark; ``about`` says in a sentence what was done."""
    kept = {
        "benchmark": benchmark,
        "about": about,
        "measured": datetime.now(UTC).date().isoformat(),
        "run": run,
        "machine": machine(),
        "figures": [figure.as_row() for figure in figures],
    }
    RESULTS.mkdir(exist_ok=True)
    text = json.dumps(kept, indent=1, ensure_ascii=False)
    (RESULTS / f"{benchmark}.json").write_text(text + "\n")


def show(title, figures):
    """Print the figures of one benchmark."""
    sys.stdout.write(f"\n{title}\n")
    sys.stdout.writelines(f"  {figure}\n" for figure in figures)
    sys.stdout.flush()
