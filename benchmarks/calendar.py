"""The calendar in a large house: a month of one's own and a month of the teams."""

# ruff: noqa: A005 (always a module of its package)
import os
import random
import subprocess
import sys
from datetime import timedelta

from benchmarks import worlds
from benchmarks.figures import Figure

ABOUT = (
    "A month of the calendar, asked for through the WSGI application by people who signed in, "
    "beside a list of 25 cases of the same house. Deadlines of every open case, and of some that "
    "were closed without settling them, lie within ninety days. Medians of the processor's time."
)
SIZE, QUICK_SIZE = 100_000, 1_000
TIMES = 40
MOST_RATIO = 2
"""A month may cost so many lists of 25."""
PAGES = {
    "calendar, my month": ("worker", "/calendar"),
    "calendar, the month of my team": ("worker", "/calendar?whose=teams"),
    "calendar, the month of all teams": ("lead", "/calendar?whose=teams"),
    "calendar, the month of all teams as a list": ("lead", "/calendar?whose=teams&view=list"),
    "every open case, 25 codes": ("worker", "/cases/every"),
}


def measure(run):
    """Figures of the month beside those of a list."""
    folder = run.world(QUICK_SIZE if run.quick else run.size or SIZE)
    found = subprocess.run(
        [sys.executable, "-m", "benchmarks.calendar", str(folder)],
        check=True, text=True, stdout=subprocess.PIPE, env=os.environ,
    )  # fmt: skip
    times = dict(line.rsplit("\t", 1) for line in found.stdout.splitlines())
    basis = float(times["every open case, 25 codes"])
    for name, milliseconds in times.items():
        yield Figure(
            name, float(milliseconds), "ms", basis, "a list of 25", most=25, most_ratio=MOST_RATIO
        )


def stir(dice):
    """Let clocks run: of every open case, and of one closed case in a hundred."""
    from django.utils import timezone

    from romyen.cases.models import Deadline

    now = timezone.now()
    rows = list(Deadline.objects.filter(case__status="open"))
    rows += list(Deadline.objects.exclude(case__status="open").order_by("pk")[::100])
    for row in rows:
        row.settled_at = row.met_at = None
        row.due_at = now + timedelta(hours=dice.randint(-90 * 24, 90 * 24))
    Deadline.objects.bulk_update(rows, ["settled_at", "met_at", "due_at"], batch_size=500)
    return len(rows)


def main(folder):
    """Measure in this process, and say one line for each page."""
    from statistics import median

    worlds.enter(folder)
    from benchmarks.asking import Page, _signed_in

    stir(random.Random(2551))
    known = worlds.known(folder)
    readers = {name: _signed_in(known, name) for name in ("worker", "lead")}
    for name, (who, path) in PAGES.items():
        page = Page(name, readers[who], path)
        times = [page.timed()[1] for _ in range(TIMES)]
        sys.stdout.write(f"{name}\t{median(times[5:]):.2f}\n")


if __name__ == "__main__":
    main(sys.argv[1])
