"""Operations: planned, carried out on the day and before it, called off, blown."""

from datetime import date

from tests.gates.sweep.needs import (
    BUTTON,
    HER,
    LEAD,
    READING,
    anywhere,
    day,
    on,
    record,
)

from romyen.operations import actions
from romyen.operations.actions.papers import Arrested
from romyen.operations.actions.people import Met
from romyen.operations.actions.planning import Plan
from romyen.operations.models import Operation
from romyen.operations.whereabouts import Whereabouts

PLANNED, RAID = {"ref": "operation"}, {"ref": "raid"}
MET = on(RAID, person_ref="encounter")
PURPOSE = {"purpose": "record"}
YESTERDAY = date(2026, 3, 1)
ON = day("on", str(YESTERDAY))
PLAN = {**ON, "unit": "@police", "kind": "joint"}

ROUTES = {
    "operations:list?csv": anywhere("operation.read&list.export", query="?as=csv", **READING),
    "operations:list": anywhere("operation.read", **READING),
    "operations:leaks": anywhere("operation.read", **READING),
    "operations:plan": anywhere("operation.plan", typed=PLAN),
    "operations:plan?lead": record(
        "operation.plan", on={"lead": "lead"}, query="?lead={lead}", typed=PLAN
    ),
    "operations:of-lead": record("operation.read", on=LEAD, **READING),
    "operations:of-survivor": record("operation.read", on=HER, **READING),
    "operations:operation": record("operation.read", on=RAID, typed=PURPOSE, **READING),
    "operations:operation?planned": record("operation.read", on=PLANNED, typed=PURPOSE, **READING),
    "operations:edit": record("operation.plan", on=PLANNED, typed={"kind": "joint"}),
    "operations:carry-out": record("operation.record", on=PLANNED, typed={**ON, "unit": "@police"}),
    "operations:open-day": record("operation.record", on={"ref": "fresh_raid"}, **BUTTON),
    "operations:call-off": record("operation.plan", on=PLANNED),
    "operations:blow": record(
        "operation.record", on=PLANNED, typed=day("noticed_on", str(YESTERDAY))
    ),
    "operations:people": record("operation.read", on=RAID, typed=PURPOSE, **READING),
    "operations:add-people": record("operation.record", on=RAID, typed={"count": "3"}),
    "operations:person": record("operation.read", on=MET, typed=PURPOSE, **READING),
    "operations:outcome": record("operation.record", on=MET, typed={"outcome": "presumed"}),
    "operations:register": record("survivor.register", on=MET),
    "operations:add-arrest": record(
        "operation.record", on=RAID, typed={"women": "1", "men": "", "others": ""}
    ),
    "operations:edit-arrest": record(
        "operation.record",
        on=on(RAID, arrest_ref="arrest"),
        typed={"women": "2", "men": "", "others": ""},
    ),
    "operations:debrief": record("operation.record", on=RAID),
}


def tell(story):
    """Two plans, one of them called off, and three operations that took place."""
    story.things["operation"] = planned(story, "operation")
    off = planned(story, "called off")
    reason = story.say("why called off")
    story.do(actions.call_off, off, off_code="risk", reason=reason, expected=1)
    took_place(story)
    blown = planned(story, "blown")
    how = {"suspected": "lookout", "noticed_on": story.world.now.date()}
    story.do(actions.blow, blown, how=story.say("how it got out"), **how)
    papers(story, story.things["raid"])


def planned(story, kind):
    """A plan, every word of it a canary."""
    facts = Plan(
        kind="joint",
        roles=["interpreting"],
        whereabouts=there(story, f"{kind} planned place"),
        officer=story.say(f"{kind} officer"),
        order_no=story.say(f"{kind} order"),
        aim=story.say(f"{kind} aim"),
    )
    lead = story.things["source_lead"]
    made = story.do(actions.plan, facts, team=story.team, lead=lead)
    story.hide(made.node)
    return made


def there(story, place):
    return Whereabouts(
        on=YESTERDAY, province="50", unit=story.things["police"], place=story.say(place)
    )


def took_place(story):
    """One whose day stands open, with people; one whose day waits to be opened."""
    for kind in ("raid", "fresh_raid"):
        one = planned(story, kind)
        outcome = story.say(f"{kind} outcome")
        place = there(story, f"{kind} place")
        story.keep(kind, actions.carry_out, one, place, outcome=outcome, expected=1)
    # as if it had been recorded on the day itself, on which nobody had a role yet
    fresh = Operation.objects.filter(pk=story.things["fresh_raid"].pk)
    fresh.update(carried_on=None, province="", unit=None)
    people = [
        Met(
            name=story.say(f"met {n}"),
            words=story.say(f"told {n}"),
            sex="female",
            age="9--17",
            nationality="LA",
            outcome="possible",
        )
        for n in range(2)
    ]
    first, second = story.do(actions.meet, story.things["raid"], people)
    story.things["encounter"] = first
    name = story.say("registered from an operation")
    _second, her = story.do(actions.register, second, full_name=name)
    story.hide(her.node)


def papers(story, raid):
    facts = {name: story.say(f"arrest {name}") for name in ("names", "charges", "reference")}
    arrested = Arrested(men=2, notes=story.say("arrest notes"), **facts)
    story.keep("arrest", actions.record_arrest, raid, arrested)
    said = {name: story.say(f"debrief {name}") for name in ("went", "lessons", "agreed")}
    story.do(actions.debrief, raid, staff_care="yes", expected=0, **said)
