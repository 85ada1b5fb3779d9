"""Care: a plan, help, appointments, measures, counselling, follow-ups."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from tests.gates.sweep.needs import CASE, READING, day, on, record

from romyen.access import Reader
from romyen.care import actions
from romyen.rules import measures

COUNSELLING = "counselling.read"

ROUTES = {
    "care:of-case": record("care.read", on=CASE, **READING),
    "care:paper": record("care.read", on=CASE, **READING),
    "care:set-goal": record("care.plan", on=CASE, typed=day("review_on", "2026-4-1")),
    "care:goal": record("care.read", on=on(CASE, goal_ref="goal"), **READING),
    "care:rewrite-goal": record("care.plan", on=on(CASE, goal_ref="goal")),
    "care:review-goal": record(
        "care.plan", on=on(CASE, goal_ref="goal"), typed=day("review_on", "2026-4-1")
    ),
    "care:services": record("care.read", on=CASE, **READING),
    "care:give": record("care.record", on=CASE),
    "care:appointments": record("care.read", on=CASE, **READING),
    "care:appoint": record("care.record", on=CASE),
    "care:settle": record("care.record", on=on(CASE, appointment_ref="appointment")),
    "care:measures": record("care.read", on=CASE, **READING),
    "care:measure?whole": record("care.record", on=on(CASE, tool="=PCL-5")),
    "care:measure?scores": record("care.record", on=on(CASE, tool="=PHQ-9")),
    "care:measured": record("care.read", on=on(CASE, measure_ref="measure"), **READING),
    "care:counselling": record(COUNSELLING, on=CASE, **READING),
    "care:record-session": record(
        "counselling.record", on=CASE, typed=day("next_on", "2026-3-9") | {"safety": "immediate"}
    ),
    "care:session": record(COUNSELLING, on=on(CASE, session_ref="counselling_session"), **READING),
    "care:danger": record("care.read", on=CASE, **READING),
    "care:follow-ups": record("care.read", on=CASE, **READING),
    "care:plan-follow-ups": record("care.plan", on=CASE),
    "care:follow-up": record("care.record", on=on(CASE, follow_up_ref="follow_up")),
    **{
        f"care:strike?{kind}": record(verb, on=on(CASE, kind=f"={kind}", part_ref=thing))
        for kind, thing, verb in (
            ("service", "service", "care.record"),
            ("appointment", "appointment", "care.record"),
            ("measure", "measure", "care.record"),
            ("session", "counselling_session", "counselling.record"),
        )
    },
}
SUNDAY = date(2026, 3, 1)


def tell(story: Any) -> None:
    """The care of one case; of each kind one thing is left for the pages."""
    case = story.things["case"]
    _plan(story, case)
    _help(story, case)
    _health(story, case)
    _counselling(story, case)
    _afterwards(story, case)


def _plan(story: Any, case: Any) -> None:
    def said() -> dict[str, Any]:
        return {"kind": "Education", "words": story.say("goal"), "steps": story.say("steps")}

    goal = story.keep("goal", actions.set_goal, case, **said(), set_on=SUNDAY)
    story.do(actions.rewrite_goal, goal, **said(), expected=1)
    facts = {"state": "paused", "on": SUNDAY, "words": story.say("why paused")}
    story.do(actions.review_goal, goal, **facts, expected=2)


def _help(story: Any, case: Any) -> None:
    facts = {"kind": "Health", "on": SUNDAY, "hours": Decimal(2)}
    story.keep("service", actions.record_service, case, **facts, note=story.say("help"))
    wrong = story.do(actions.record_service, case, **facts)
    story.do(actions.strike, wrong, reason=story.say("help in error"))


def _health(story: Any, case: Any) -> None:
    facts = {"kind": "mental", "on": SUNDAY}
    reason = story.say("appointment")
    story.keep("appointment", actions.make_appointment, case, **facts, reason=reason)
    other = story.do(actions.make_appointment, case, **facts, reason=story.say("other"))
    later = SUNDAY + timedelta(7)
    words = story.say("why moved")
    story.do(actions.settle_appointment, other, state="moved", on=later, words=words, expected=1)
    words = story.say("outcome")
    story.do(actions.settle_appointment, other, state="cancelled", words=words, expected=2)
    wrong = story.do(actions.make_appointment, case, **facts)
    story.do(actions.strike, wrong, reason=story.say("appointment in error"))
    _measures(story, case)


def _measures(story: Any, case: Any) -> None:
    tool = measures.tool("ASO")
    scores = {score.code: Decimal("2.5") for score in tool.scores}
    for kind in ("measure", "wrong_measure"):
        taken = measures.read(tool, scores, version=story.say("version"))
        facts = {"tool": "ASO", "on": SUNDAY, "taken": taken, "words": story.say("measure")}
        story.keep(kind, actions.record_measure, case, **facts)
    reason = story.say("measure in error")
    story.do(actions.strike, story.things["wrong_measure"], reason=reason)


def _counselling(story: Any, case: Any) -> None:
    counsels = _counsellor(story)
    facts = {"on": SUNDAY, "kind": "individual", "counsellor": counsels.member}
    for kind in ("counselling_session", "wrong_session"):
        notes = story.say("session")
        said = {"safety": "none", "notes": notes}
        story.keep(kind, actions.record_session, case, **facts, **said, told_by=counsels)
    reason = story.say("session in error")
    story.do(actions.strike, story.things["wrong_session"], reason=reason, told_by=counsels)


def _counsellor(story: Any) -> Reader:
    """Mali in the north; the south gets one who is not among those who try the doors."""
    world = story.world
    if story.team == world.team:
        return world.mali
    reader = world.join("prang", "counsellor", story.team, by=world.founder)
    del world.readers["prang"]
    return reader


def _afterwards(story: Any, case: Any) -> None:
    facts = {"start": "exit", "start_on": date(2026, 1, 10)}
    rows = story.do(actions.plan_follow_ups, case, **facts)
    story.things["follow_up"] = rows[0]
    facts = {"done_on": SUNDAY, "way": "visit", "reached": True, "found": ["safe", "unsafe"]}
    words = story.say("follow-up")
    story.do(actions.record_follow_up, rows[1], **facts, words=words, expected=1)
