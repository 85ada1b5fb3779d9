"""Notes by compartment, people with sealed identities, families, and bytes that say nothing."""

from datetime import datetime, time, timedelta

import pytest
from django.db import connection
from tests.cases.story import (
    NAME,
    NOTE,
    a_case,
    a_partner,
    consented,
    happened,
    referred,
    refused,
)

from romyen import access
from romyen.cases import actions, panels, queries
from romyen.cases.models import Note, Person
from romyen.rules.spans import BANGKOK, local_day


def note(world, case, kind="case", by=None, **more):
    return actions.add_note(
        case, kind=kind, text=more.pop("text", NOTE), actor=by or world.nok, now=world.now, **more
    )


def person(world, case, **facts):
    given = {"role": "suspect", "name": "Uncle Black", "contact": "", "known": "Drives a van."}
    return actions.add_person(case, **{**given, **facts}, actor=world.nok, now=world.now)


def read(reader, case, now):
    rows = list(queries.notes(case))
    opened = queries.read_notes(reader, rows, purpose="work", now=now)
    return {row.kind: opened[row.pk] for row in rows}


def test_a_health_note_is_closed_to_the_caseworker_by_its_key(world):
    case = a_case(world)
    for kind in Note.COLUMNS:
        note(world, case, kind, by=world.mali)
    assert read(world.mali, case, world.now) == {
        "health": NOTE,
        "case": access.CLOSED,
        "legal": access.CLOSED,
    }
    assert read(world.arun, case, world.now) == {
        "health": access.CLOSED,
        "case": NOTE,
        "legal": NOTE,
    }


def test_a_note_is_corrected_by_another_and_never_changed(world):
    case = a_case(world)
    first = note(world, case)
    second = note(world, case, text="It was the kitchen.", corrects=first)
    assert second.corrects_id == first.pk
    assert read(world.nok, case, world.now)
    with refused("RY-BAD-INPUT"):
        note(world, case, "legal", corrects=first)
    with refused("RY-BAD-INPUT"):
        note(world, a_case(world), corrects=first)
    with refused("RY-CASE-REASON", "text"):
        note(world, case, text="  ")


def test_a_person_is_sealed_and_edited_by_one_at_a_time(world):
    case = a_case(world)
    added = person(world, case, in_conflict=True)
    opened = queries.read_people(world.mali, [added], purpose="work", now=world.now)[added.pk]
    assert opened == {"name": "Uncle Black", "contact": None, "known": access.CLOSED}
    change = {"role": "guardian", "name": "Uncle Grey", "actor": world.nok, "now": world.now}
    actions.edit_person(added, expected=1, **change)
    with refused("RY-EDIT-CONFLICT"):
        actions.edit_person(Person.objects.get(pk=added.pk), expected=1, **change)
    actions.remove_person(added, actor=world.nok, now=world.now)
    assert queries.people(case) == []


@pytest.mark.parametrize(
    ("facts", "code", "field"),
    [
        ({"name": " "}, "RY-CASE-PERSON-NAME", "name"),
        ({"role": "villain"}, "RY-LIST-UNKNOWN", "role"),
    ],
)
def test_what_a_person_needs(world, facts, code, field):
    case = a_case(world)
    with refused(code, field):
        person(world, case, **facts)


def test_a_family_is_shown_to_whoever_may_read_both(world):
    case, sister = a_case(world), a_case(world)
    for one, other in ((case, sister), (sister, case)):
        link = actions.link_cases(one, other, kind="siblings", actor=world.nok, now=world.now)
    [(found, other)] = queries.links_of(world.arun, case, now=world.now)
    assert (found.pk, other.pk) == (link.pk, sister.pk)
    world.exclude(world.arun, sister.survivor.node)
    assert queries.links_of(world.again(world.arun), case, now=world.now) == []
    with refused("RY-CASE-LINK-SELF", "other"):
        actions.link_cases(case, case, kind="siblings", actor=world.nok, now=world.now)
    actions.unlink_cases(link, actor=world.nok, now=world.now)
    assert queries.links_of(world.nok, case, now=world.now) == []


def test_tasks_are_given_to_someone_who_may_do_them(world):
    case = a_case(world)

    def add(**facts):
        return actions.add_task(case, **facts, actor=world.nok, now=world.now)

    with refused("RY-CASE-TASK-EMPTY", "words"):
        add()
    with refused("RY-CASE-MEMBER", "assigned"):
        add(title="home_visit", assigned=world.dao.member)
    with refused("RY-LIST-UNKNOWN", "title"):
        add(title="dance")
    task = add(words="Bring her slippers.", assigned=world.arun.member)
    assert [one.pk for one in queries.tasks_of(world.arun, now=world.now)] == [task.pk]
    actions.finish_task(task, expected=1, actor=world.arun, now=world.now)
    assert queries.tasks_of(world.arun, now=world.now) == []
    with refused("RY-CASE-SETTLED"):
        actions.drop_task(task, reason="x", expected=2, actor=world.nok, now=world.now)


def rows_of_every_table():
    tables = connection.introspection.table_names()
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - names from the database
            for row in cursor.fetchall():
                yield table, row


def raw(value):
    return bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()


def test_the_bytes_of_the_database_say_nothing(world):
    case, partner = a_case(world), a_partner(world)
    consented(world, case, partner)
    happened(world, case, "removed_to_safety", detail="canary-detail")
    note(world, case, "health", text="canary-note")
    person(world, case, name="canary-name", contact="canary-contact", known="canary-known")
    referred(world, case, partner, request="canary-request")
    actions.add_task(case, words="canary-task", actor=world.nok, now=world.now)
    actions.close_case(
        case,
        outcome="other",
        closed_on=world.now.date(),
        words="canary-closing",
        expected=1,
        actor=world.nok,
        now=world.now,
    )
    bytes_of_all = b"\n".join(raw(value) for _, row in rows_of_every_table() for value in row)
    assert case.node.code.encode() in bytes_of_all  # the scan can find something
    assert b"canary-" not in bytes_of_all
    assert NAME.encode() not in bytes_of_all


def test_a_task_is_late_from_the_first_hour_of_the_next_day_in_bangkok(world):
    case = a_case(world)
    due = local_day(world.now)
    task = actions.add_task(case, words="Call", due_on=due, actor=world.nok, now=world.now)
    midnight = datetime.combine(due + timedelta(days=1), time(), tzinfo=BANGKOK)
    hours = (midnight - timedelta(hours=1), midnight + timedelta(hours=1))
    assert [panels.task(task, hour)["late"] for hour in hours] == [False, True]


def test_what_waits_stands_first_then_the_five_that_were_done_last(world):
    case = a_case(world)
    made = [
        actions.add_task(case, words=str(number), actor=world.nok, now=world.now)
        for number in range(7)
    ]
    for hours, task in enumerate(made[:6], start=1):
        at = world.now + timedelta(hours=hours)
        actions.finish_task(task, expected=task.version, actor=world.nok, now=at)
    shown = [task.pk for task in queries.tasks(case)]
    assert shown == [made[6].pk, *(task.pk for task in reversed(made[1:6]))]


def test_a_note_that_stays_closed_says_why_and_offers_no_correction(world):
    case = a_case(world)
    note(world, case, "case", by=world.nok)
    pages = {
        who: world.client(getattr(world, who))
        .post(f"/cases/{case.pk}/notes", {"purpose": "care"})
        .text
        for who in ("nok", "mali")
    }
    assert "This part is not open to your role." in pages["mali"]
    assert f"/cases/{case.pk}/notes/" not in pages["mali"]
    assert "not open to your role" not in pages["nok"]
    assert f"/cases/{case.pk}/notes/" in pages["nok"]
