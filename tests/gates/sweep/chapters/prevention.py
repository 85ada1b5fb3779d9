"""Prevention: a session with its reach and answers."""

from datetime import date
from typing import Any

from tests.gates.sweep.needs import READING, anywhere, day, record

from romyen.prevention import actions

SESSION = {"ref": "session"}
RIGHT = {"offer_before": "4", "offer_after": "6", "asked": "8", "stage": "after"}

ROUTES = {
    "prevention:sessions?csv": anywhere("session.read&list.export", query="?as=csv", **READING),
    "prevention:sessions": anywhere("session.read", **READING),
    "prevention:questions": anywhere("session.read", **READING),
    "prevention:record": anywhere(
        "session.record",
        typed={"kind": "school", "topics": "whom_to_call", **day("on", "2026-02-20")},
    ),
    "prevention:session": record("session.read", on=SESSION, **READING),
    "prevention:edit": record("session.record", on=SESSION, typed={"reach_f_13": "21"}),
    "prevention:answers": record("session.record", on=SESSION, typed=RIGHT),
    "prevention:lines": record(
        "session.record",
        on=SESSION,
        typed={
            "stage": "later",
            "lines": "\n".join(f"GECKO{number}; bacba; bacba" for number in range(5)),
        },
    ),
}


def tell(story: Any) -> None:
    """A session at a school. Nothing of it is sealed: nobody is named."""
    session = story.keep(
        "session",
        actions.record,
        team=story.team,
        on=date(2026, 2, 10),
        kind="school",
        topics=["safe_touch", "whom_to_call"],
        place="500101",
        venue="Fictional school",
        partner=story.things["partner"],
        facilitators=[story.lead_by.id],
        reach={"f:13": 20, "m:13": 11},
        disclosures=1,
    )
    story.hide(session.node)
    right = {"offer": (9, 25), "call": (4, 28)}
    story.do(actions.count_answers, session, stage="after", asked=31, right=right)
