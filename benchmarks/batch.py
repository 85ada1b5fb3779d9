"""How long it takes to write down the people of a mass return: 200 in one go."""

import os
import shutil
import time
from datetime import timedelta
from statistics import median

from benchmarks import worlds
from benchmarks.figures import Figure

ABOUT = (
    "The people met in an operation written down in one go, as pasted lines: read, checked, sealed "
    "under the operation's key, stored, logged, committed. Beside it as many rows of the same "
    "columns with random bytes in the sealed ones, stored in one insert."
)
PEOPLE, QUICK_PEOPLE, MOST = 200, 50, 1_000
TIMES = 9
MOST_SECONDS = 1
SEALED_BYTES = 90
"""About what a sealed name takes."""


def measure(run):
    """Seconds for a batch, people a second, the largest batch, and the table of everyone."""
    scene = _Scene(run.folder / "batch")
    many = QUICK_PEOPLE if run.quick else PEOPLE
    scene.ours(many)  # the code is loaded and the key is there
    ours, bare = _seconds(lambda: scene.ours(many)), _seconds(lambda: scene.bare(many))
    yield Figure(
        f"{many:,} people written down",
        ours,
        "s",
        baseline=bare,
        beside="the bare rows",
        most=MOST_SECONDS,
    )
    yield Figure("people written down", many / ours, "people/s")
    if not run.quick:
        yield Figure(
            f"{MOST:,} people, the most in one go", _seconds(lambda: scene.ours(MOST)), "s"
        )


class _Scene:
    """A house of its own with an operation of yesterday, and one who may record there."""

    def __init__(self, folder):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        worlds.enter(folder)
        from django.utils import timezone

        from benchmarks.worlds import people
        from romyen.operations import actions
        from romyen.operations.actions.planning import Plan
        from romyen.operations.whereabouts import Whereabouts

        self.now = timezone.now()
        staff = people.gather(self.now - timedelta(days=2))
        self.reader = staff.lead
        who = {"actor": self.reader, "now": self.now}
        plan = actions.plan(Plan(kind="way_out"), team=staff.teams[0], **who)
        yesterday = Whereabouts(on=(self.now - timedelta(days=1)).date())
        self.operation = actions.carry_out(plan, yesterday, expected=1, **who)

    def ours(self, count):
        """Read the lines and write everyone down, through the verb."""
        from romyen.operations import actions
        from romyen.operations.actions.people import Met
        from romyen.operations.lines import read_lines

        found = read_lines(_lines(count), Met())
        if found.faults:
            raise SystemExit("the lines were not understood")
        actions.meet(self.operation, found.people, actor=self.reader, now=self.now)

    def bare(self, count):
        """As many rows, committed: no decision, no check, no cipher, no log."""
        from django.db import transaction
        from django.db.models import Max

        from romyen.keys.fields import FORMAT
        from romyen.operations.models import Encounter

        with transaction.atomic():
            last = self.operation.encounters.aggregate(last=Max("number"))["last"] or 0
            Encounter.objects.bulk_create(
                Encounter(
                    operation=self.operation,
                    number=last + 1 + at,
                    name=FORMAT + os.urandom(SEALED_BYTES),
                    named=True,
                    sex="female",
                    at=self.now,
                    by="bare",
                )
                for at in range(count)
            )


def _lines(count):
    """Invented people, the same ones every time."""
    sexes, from_where = ("F", "M", "?"), ("KH", "LA", "MM", "VN", "TH")
    rows = (
        f"Person {n}; {sexes[n % 3]}; {16 + n % 40}; {from_where[n % 5]}; {1 + n % 3}"
        for n in range(count)
    )
    return "\n".join(rows)


def _seconds(call):
    """Of a call: the median of a few."""
    spent = []
    for _ in range(TIMES):
        begin = time.perf_counter()
        call()
        spent.append(time.perf_counter() - begin)
    return median(spent)
