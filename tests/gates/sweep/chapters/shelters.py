"""Shelters: a house with a sealed address, who stays there, what happened in it."""

from datetime import date, timedelta
from typing import Any

from tests.gates.sweep.needs import (
    BUTTON,
    CASE,
    NOT_TWICE,
    READING,
    Needs,
    anywhere,
    day,
    on,
    record,
)

from romyen.access import approvals, people
from romyen.access.models import Assignment
from romyen.shelters import actions as shelters
from romyen.shelters.models import Location
from romyen.survivors import actions as survivors

SHELTER = {"ref": "shelter"}
STAY = {"ref": "stay"}
INCIDENT = on(SHELTER, incident_ref="incident")
ARRIVED = date(2026, 2, 1)

ROUTES: dict[str, Needs] = {
    "shelters:list": anywhere("shelter.read", **READING),
    "shelters:list?after": anywhere(
        "shelter.read", query="?after={after}", on={"after": "shelter"}, filters=True, **READING
    ),
    "shelters:list?csv": anywhere("shelter.read&list.export", query="?as=csv", **READING),
    "shelters:found": anywhere("shelter.keep"),
    "shelters:of-case": record("shelter.read", on=CASE, **READING),
    "shelters:place": record("stay.record", on={"ref": "unplaced"}, **READING),
    "shelters:place-in": record("stay.record", on={"ref": "unplaced", "shelter_ref": "shelter"}),
    "shelters:leave": record("stay.record", on=STAY),
    "shelters:end": record("stay.record", on=STAY),
    "shelters:move": record("stay.record", on=STAY, **READING),
    "shelters:move-to": record("stay.record", on=on(STAY, shelter_ref="full_shelter")),
    "shelters:shelter": record("shelter.read", on=SHELTER, **READING),
    "shelters:edit": record("shelter.keep", on=SHELTER),
    "shelters:beds": record("shelter.keep", on=SHELTER),
    "shelters:retire-bed": record("shelter.keep", on=on(SHELTER, bed_ref="free_bed"), **BUTTON),
    "shelters:sealed": record("shelter.locate", on=SHELTER, **READING),
    "shelters:write-sealed": record("shelter.keep", on={"ref": "full_shelter"}),
    "shelters:rewrite-sealed": record("shelter.locate", on=SHELTER),
    "shelters:keepers": record("shelter.locate|shelter.keep", on=SHELTER, **READING),
    "shelters:ask-to-open": record(
        "shelter.open_location", on=SHELTER, typed=day("until", "2026-3-9")
    ),
    "shelters:open-to": record(
        "shelter.open_location", on=SHELTER, typed={"approval": "@opening"}, **BUTTON, **NOT_TWICE
    ),
    "shelters:close-to": record("shelter.keep", on=on(SHELTER, member_ref="keeper"), **BUTTON),
    "shelters:record-incident": record(
        "incident.record", on=SHELTER, typed=day("follow_up_on", "2026-3-9")
    ),
    "shelters:incident": record("shelter.read", on=INCIDENT, **READING),
    "shelters:follow-up": record("incident.record", on=INCIDENT),
    "access:who_can?shelter": record("shelter.read", on=SHELTER, **READING),
}


def tell(story: Any) -> None:
    """Two houses: one with an address that few know, one that is full."""
    house(story, "shelter", capacity=4, licence_until=date(2026, 12, 31))
    house(story, "full_shelter", capacity=1)
    beds = story.do(shelters.add_beds, story.things["shelter"], ["A1", "A2"])
    story.things |= {"bed": beds[0], "free_bed": beds[1]}
    address(story)
    stays(story)
    incidents(story)


def house(story: Any, kind: str, **facts: Any) -> None:
    facts |= {"name": f"House {kind}", "kind": "ours", "province": "50"}
    made = story.keep(kind, shelters.found_shelter, story.team.node, **facts)
    story.hide(made.node)


def address(story: Any) -> None:
    """Founder writes it down; a colleague of the team knows it for a week, another soon will."""
    world, where = story.world, story.things["shelter"]
    said = {name: story.say(f"shelter {name}") for name in Location.FIELDS}
    made = story.do(shelters.found_location, where, told_by=world.founder, **said)
    again = {"telephone": story.say("shelter telephone, again"), "expected": 1}
    world.again(world.founder)
    story.do(shelters.edit_location, made, told_by=world.founder, **again)
    trusted(story)
    here = story.team == world.team
    keeper, next_one = (world.nok, world.arun) if here else (world.somsri, world.dao)
    asked = opening(story, keeper.member, world.founder)
    story.do(shelters.open_to, asked, told_by=world.founder)
    with_keys(world, keeper)
    story.lead_by = world.readers["nok" if here else "founder"]
    story.things |= {
        "keeper": keeper.member,
        "opening": opening(story, next_one.member, story.lead_by),
    }


def trusted(story: Any) -> None:
    """Pim is the second person in both teams."""
    world, node = story.world, story.team.node
    if not Assignment.objects.filter(member=world.pim.member, node=node).exists():
        people.assign(
            world.pim.member,
            "data_protection_officer",
            node,
            purpose="second person",
            actor=world.lek,
            now=world.now,
        )
        world.again(world.pim)


def opening(story: Any, member: Any, by: Any) -> Any:
    until = story.world.now.date() + timedelta(days=7)
    how = {"purpose": "brings a new resident", "until": until, "told_by": by}
    asked = story.do(shelters.ask_to_open, story.things["shelter"], member, **how)
    return story.do(approvals.give, asked, told_by=story.world.pim)


def with_keys(world: Any, reader: Any) -> None:
    """The same person after the next sign-in: with the key that was wrapped."""
    from romyen.access.installation import reader_of
    from world import PASSPHRASE

    name = next(name for name, one in world.readers.items() if one.id == reader.id)
    reader.member.refresh_from_db()
    world.readers[name] = reader_of(reader.member, PASSPHRASE)


def resident(story: Any, kind: str) -> Any:
    her = story.do(survivors.register, story.particulars(kind), team=story.team.node)
    story.hide(her.node)
    return story.a_case(kind, her)


def stays(story: Any) -> None:
    case, house, full = (story.things[k] for k in ("case", "shelter", "full_shelter"))
    before = story.do(shelters.place, case, full, arrived_on=date(2026, 1, 10))
    how = {"left_on": ARRIVED, "reason": "left", "expected": 1}
    story.do(shelters.end_stay, before, words=story.say("exit"), **how)
    bed = story.things["bed"]
    stay = story.keep("stay", shelters.place, case, house, bed=bed, arrived_on=ARRIVED)
    away = {"began_on": date(2026, 2, 10), "until_on": date(2026, 2, 12), "reason": "family"}
    story.do(shelters.record_leave, stay, words=story.say("leave"), **away)
    story.do(shelters.place, resident(story, "resident"), full, arrived_on=ARRIVED)
    story.do(
        shelters.place,
        resident(story, "one_more"),
        full,
        arrived_on=ARRIVED,
        confirmed=["full"],
        over_reason=story.say("over capacity"),
    )
    resident(story, "unplaced")


def incidents(story: Any) -> None:
    facts = {"on": date(2026, 2, 20), "kind": "medical", "cases": [story.things["case"]]}
    for kind in ("followed", "incident"):
        said = {name: story.say(f"incident {name}") for name in ("words", "health", "done")}
        where = story.things["shelter"]
        story.keep(
            kind, shelters.record_incident, where, follow_up_on=date(2026, 3, 5), **said, **facts
        )
    words = story.say("follow-up")
    story.do(shelters.record_follow_up, story.things["followed"], words=words)
