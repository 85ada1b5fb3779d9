"""How fast the official workbook comes in: ``python benchmarks/htcds_import.py [ROWS]``.

``romyen htcds import`` runs as an operator runs it, in a process of its own, into a fresh
installation. Beside it stands reading and mapping the same file alone (``romyen htcds check``),
and a second import, which finds every row known. Seeded; everything happens in a temporary
folder; the results land in ``benchmarks/results/htcds_import.json``.
"""

import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from romyen.exchange.htcds.sheetwriting import Sheet, write_sheets
from romyen.exchange.htcds.standard import official_headers

RESULTS = Path(__file__).parent / "results" / "htcds_import.json"
NAMES = ["สมหญิง", "Khin Thida", "သီရိအေး", "ស្រីពៅ", "ບຸນມີ", "Thị Hoa", "Wanjiru", "ၸၢႆးသႅင်"]
CITIES = ["Chiang Mai", "Mae Sot", "Pattaya", "เชียงราย"]
FURTHER = [
    {"name": "prs_PrimaryLanguage", "label": "Primary Language"},
    {"name": "prs_IdentityNumber", "label": "Identity Number"},
    {"name": "prs_MaritalStatus", "label": "Marital Status"},
    {"name": "cco_CaseComment", "label": "Case Comment"},
    {"name": "", "label": "Favourite food"},
]


def row(chance, number):
    """One filled row under the visible labels: about 25 cells, as real ones have."""
    status = chance.choice(["Active", "Follow up", "Closed"])
    return {
        "Case Owner": chance.choice(["Nok", "Arun", "Somebody Else"]),
        "First Name": chance.choice(NAMES),
        "Second Name": f"Example {number}",
        "Birthdate": f"{chance.randint(1975, 2015)}-{chance.randint(1, 12):02}-15",
        "Gender": chance.choice(["Feminine", "Masculine"]),
        "Citizenship": chance.choice(["TH", "MM", "KH", "LA", "VN"]),
        "Primary Language": chance.choice(["tha", "mya", "khm", "lao"]),
        "Identity Number": f"ID-{number:06}",
        "Mobile Phone": f"08{number:08}",
        "Marital Status": chance.choice(["Single", "Married"]),
        "Mailing Street": f"{number} Moo 4",
        "Mailing City": chance.choice(CITIES),
        "Mailing Country": "Thailand",
        "Consent": chance.choice(["Yes", "No"]),
        "Trafficking Status": "Possible victim of trafficking",
        "Trafficking Status Decision Making Organization": "NGO",
        "Type of Exploitation": chance.choice(["Forced labour", "Sexual exploitation"]),
        "Methods of Control": "Debt bondage; False promises",
        "Method of Recruitment": "At work",
        "Status": status,
        "Reason for Case Closure": "goals reached" if status == "Closed" else "",
        "Referring Organisation": "Fictional clinic",
        "Incoming Referral Date": "2026-01-15",
        "Incoming Referral Details": "Came with a friend who speaks for her. " * 3,
        "Case Comment": "A quiet week. " * 8,
        "Favourite food": "mango",
    }


def workbook(rows):
    """The official workbook's headings, further HTCDS fields, a column of our own, the rows."""
    columns = [*official_headers()["workbook"]["columns"], *FURTHER]
    at = {" ".join((c["label"] or "").split()): n for n, c in enumerate(columns, start=1)}
    names = {n: c["name"] for n, c in enumerate(columns, start=1) if c["name"]}
    labels = {n: c["label"] for n, c in enumerate(columns, start=1) if c["label"]}
    chance = random.Random(2551)
    filled = (
        {at[label]: value for label, value in row(chance, n).items() if value} for n in range(rows)
    )
    return write_sheets([Sheet("Data", [names, labels, *filled], hidden_rows=1)])


class House:
    """An installation in a temporary folder."""

    def __init__(self, folder):
        self.environment = os.environ | {
            "ROMYEN_DATA": f"{folder}/data",
            "ROMYEN_KEYS": f"{folder}/keys",
        }

    def run(self, *words, typed="", codes=(0,)):
        """Run a command; its output and how many seconds it took."""
        begin = time.perf_counter()
        ran = subprocess.run(
            [sys.executable, "-m", "romyen", *words],
            env=self.environment,
            input=typed,
            capture_output=True,
            text=True,
        )
        if ran.returncode not in codes:
            sys.exit(f"{words}: {ran.stderr}")
        return ran.stdout, time.perf_counter() - begin


def processor_seconds():
    """What commands used of the processor so far: steadier than the clock on a busy machine."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def measure(rows, folder):
    """All figures."""
    house, file = House(folder), Path(folder) / "cases.xlsx"
    file.write_bytes(workbook(rows))
    people = ["--administrator", "Lek <lek@example.org>"]
    people += ["--lead", "Nok <nok@example.org>", "--lead", "Arun <arun@example.org>"]
    house.run("init", "--organisation", "Bench", "--team", "Intake", *people)
    _, parse = house.run("htcds", "check", str(file), "--json")
    before = processor_seconds()
    said, seconds = house.run("htcds", "import", str(file), "--json")
    worked = processor_seconds() - before
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    again, known = house.run("htcds", "import", str(file), "--json")
    if json.loads(said)["imported"] != rows or json.loads(again)["unchanged"] != rows:
        sys.exit("not every row went in once")
    return {
        "rows": rows,
        "file_kib": file.stat().st_size / 1024,
        "seconds": seconds,
        "processor_seconds": worked,
        "rows_per_second": rows / seconds,
        "baseline_read_and_map_seconds": parse,
        "ratio_to_baseline": seconds / parse,
        "again_seconds": known,
        "peak_memory_mib": peak,
        "database_kib_per_row": (Path(folder) / "data/romyen.sqlite3").stat().st_size / 1024 / rows,
    }


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="romyen-bench-") as place:
        found = measure(int(sys.argv[1]) if len(sys.argv) > 1 else 5_000, place)
    RESULTS.parent.mkdir(parents=True, exist_ok=True)
    RESULTS.write_text(json.dumps(found, indent=2) + "\n")
    for name, figure in found.items():
        print(f"{name:32} {figure:12,.1f}")
