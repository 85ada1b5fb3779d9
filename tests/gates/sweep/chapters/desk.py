"""The desk in the sweep's story: what becomes due, and lists that are taken away."""

from datetime import timedelta
from typing import Any

from tests.gates.sweep.needs import READING, anywhere, own

from romyen.cases import actions as cases

ROUTES = {
    "desk:calendar": own(**READING),
    "desk:calendar?teams": own(query="?month=2026-03&whose=teams", **READING),
    "desk:calendar?list": own(query="?month=2026-03&whose=teams&view=list", **READING),
    "desk:calendar-file": own(query="?month=2026-03", **READING),
    "desk:calendar-file?teams": anywhere(
        "list.export", query="?month=2026-03&whose=teams", **READING
    ),
}

FILES = {
    "access:people?csv": "team.read",
    "partners:directory?csv": "partner.read",
    "leads:inbox?csv": "lead.read",
    "survivors:list?csv": "survivor.read",
    "cases:caseload?csv": "case.read",
    "cases:every?csv": "case.read",
}
"""Lists that are taken away: who reads the list, and takes lists away."""
ROUTES |= {
    name: anywhere(f"{verb}&list.export", query="?as=csv", **READING)
    for name, verb in FILES.items()
}


def tell(story: Any) -> None:
    """A task with a day: the month of the story holds something of either team."""
    day = story.world.now.date() + timedelta(days=7)
    story.do(cases.add_task, story.things["case"], title="contact_her", due_on=day)
