"""What happens in the stories of care: mild, fictional."""

from datetime import date, timedelta
from decimal import Decimal

from tests.cases.story import a_case, a_partner, refused

from romyen.care import actions
from romyen.rules import measures

__all__ = ["WISH", "a_case", "a_goal", "a_measure", "a_partner", "a_session", "an_appointment",
           "answers", "followed", "given", "refused"]  # fmt: skip

WISH = "I want to finish school and learn to sew."
TODAY = date(2026, 3, 2)


def a_goal(world, case, by=None, **facts):
    said = {"kind": "Education", "words": WISH, "steps": "Ask the school.", **facts}
    return actions.set_goal(case, **said, actor=by or world.nok, now=world.now)


def given(world, case, by=None, **facts):
    said = {"kind": "Health", "on": date(2026, 3, 1), **facts}
    return actions.record_service(case, **said, actor=by or world.nok, now=world.now)


def an_appointment(world, case, by=None, **facts):
    said = {"kind": "mental", "on": TODAY + timedelta(days=3), "reason": "Sleep.", **facts}
    return actions.make_appointment(case, **said, actor=by or world.nok, now=world.now)


def answers(value=1, **changes):
    """Twenty answers; ``item_3=None`` leaves the third out."""
    changed = {int(name.removeprefix("item_")): one for name, one in changes.items()}
    return {n: changed.get(n, value) for n in range(1, 21)}


def a_measure(world, case, by=None, on=TODAY, value=1, **facts):
    tool = measures.tool(facts.pop("tool", "PCL-5"))
    taken = facts.pop("taken", None) or measures.count(tool, answers(value))
    return actions.record_measure(
        case, tool=tool.code, on=on, taken=taken, actor=by or world.nok, now=world.now, **facts
    )


def low_mood(alarm, total=12):
    return measures.read(measures.tool("PHQ-9"), {"total": Decimal(total)}, alarm=alarm)


def a_session(world, case, by=None, **facts):
    said = {"on": TODAY, "kind": "individual", "safety": "none", "notes": "She drew a tree."}
    said = {**said, "counsellor": world.mali.member, **facts}
    return actions.record_session(case, **said, actor=by or world.mali, now=world.now)


def followed(world, case, by=None, start_on=TODAY):
    return actions.plan_follow_ups(
        case, start="closure", start_on=start_on, actor=by or world.nok, now=world.now
    )
