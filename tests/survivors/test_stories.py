"""Nok registers Malee; Arun is on the team, Mali counsels, Dao is a stranger, Prasit excluded."""

from datetime import date, timedelta

import pytest
from django.db import connection
from tests.survivors.cast import MALEE

from romyen.access import CLOSED
from romyen.audit.models import Entry
from romyen.rules.births import Birth
from romyen.rules.days import PartialDay
from romyen.rules.refusals import Refusal
from romyen.survivors import actions, queries
from romyen.survivors.models import Survivor
from romyen.survivors.particulars import Particulars, SafeContact

pytestmark = pytest.mark.django_db


def refused(code, act, *args, **kwargs):
    with pytest.raises(Refusal) as caught:
        act(*args, **kwargs)
    assert caught.value.code == code
    return caught.value


def test_nothing_has_to_be_known(world):
    nameless = actions.register(Particulars(), team=world.team.node, actor=world.nok, now=world.now)
    assert nameless.node.code.startswith("S-")
    assert (nameless.name_known, nameless.minor, nameless.age_band) == (False, "presumed", "")
    shown = queries.names(world.nok, [nameless], purpose="care", now=world.now)
    assert shown == {nameless.pk: None}


def test_arun_on_the_team_opens_what_nok_registered(world, malee):
    found = queries.survivor(world.arun, malee.pk, now=world.now)
    opened = queries.file(world.arun, found, purpose="care", now=world.now)
    assert opened.called == "มาลี ใจดี"
    assert opened.birth == MALEE.birth
    assert Particulars.of(found, opened.opened) == MALEE
    assert (found.minor, found.age_band, found.gender) == ("yes", "9--17", "Feminine")


def test_a_read_is_on_the_log_once_with_its_purpose(world, malee):
    queries.file(world.arun, malee, purpose="care", now=world.now)
    entry = Entry.objects.get(verb="sealed.read")
    assert (entry.actor, entry.purpose) == (world.arun.id, "care")
    assert [row.subject for row in entry.subjects.all()] == [malee.pk]


def test_dao_of_another_team_finds_nothing(world, malee):
    refused("RY-ABSENT", queries.survivor, world.dao, malee.pk, now=world.now)
    assert queries.of_team(world.dao, now=world.now).rows == []
    refused(
        "RY-ABSENT",
        actions.raise_alert,
        malee,
        kind="allergy",
        actor=world.dao,
        now=world.now,
    )


def test_prasit_cannot_tell_that_she_exists(world, malee):
    world.exclude(world.prasit, malee.node)
    absent = refused("RY-ABSENT", queries.survivor, world.prasit, "nobody", now=world.now)
    hidden = refused("RY-ABSENT", queries.survivor, world.prasit, malee.pk, now=world.now)
    assert str(absent) == str(hidden)
    assert queries.of_team(world.prasit, now=world.now).rows == []
    assert queries.by_code(world.prasit, malee.node.code, now=world.now) is None
    assert queries.by_code(world.nok, malee.node.code, now=world.now) == malee


def test_mali_opens_name_and_care_but_not_the_narrative(world, malee):
    actions.raise_alert(
        malee, kind="self_harm", text="not alone at night", actor=world.nok, now=world.now
    )
    actions.identify(
        malee,
        status="presumed",
        organisation="ngo",
        on=date(2026, 3, 1),
        basis="screening",
        words="account of the first talk",
        actor=world.nok,
        now=world.now,
    )
    seen = queries.first(world.mali, malee, now=world.now)
    assert [(warned.kind, warned.text) for warned in seen.alerts] == [
        ("self_harm", "not alone at night")
    ]
    opened = queries.file(world.mali, malee, purpose="care", now=world.now)
    assert opened.called == "มาลี ใจดี"
    assert [row["words"] for row in opened.steps.values()] == [CLOSED]
    by_arun = queries.first(world.arun, malee, now=world.now)
    assert [(warned.kind, warned.closed) for warned in by_arun.alerts] == [("", True)]


def test_a_lowered_alert_leaves_the_top_and_keeps_its_reason(world, malee):
    alert = actions.raise_alert(
        malee, kind="threat", text="a car outside", actor=world.nok, now=world.now
    )
    refused(
        "RY-SURVIVOR-REASON", actions.lower_alert, alert, reason=" ", actor=world.nok, now=world.now
    )
    actions.lower_alert(alert, reason="the car was a neighbour's", actor=world.nok, now=world.now)
    assert queries.first(world.nok, malee, now=world.now).alerts == []
    refused(
        "RY-SURVIVOR-LOWERED",
        actions.lower_alert,
        alert,
        reason="again",
        actor=world.nok,
        now=world.now,
    )
    alert.refresh_from_db()
    assert alert.lowered_identity is not None


def test_a_birth_in_the_future_is_refused_beside_its_field(world):
    unborn = Particulars(birth=Birth.known(PartialDay(2026, 3, 3)))
    refusal = refused(
        "RY-BIRTH-FUTURE",
        actions.register,
        unborn,
        team=world.team.node,
        actor=world.nok,
        now=world.now,
    )
    assert refusal.field == "birth"
    assert not Survivor.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        (Particulars(gender="girl"), "gender"),
        (Particulars(nationalities=("TH", "Siam")), "nationalities"),
        (Particulars(languages=("Thai",)), "languages"),
        (Particulars(exploitation=("Slavery!",)), "exploitation"),
    ],
)
def test_unknown_codes_are_refused_beside_their_field(world, wrong, field):
    refusal = refused(
        "RY-LIST-UNKNOWN",
        actions.register,
        wrong,
        team=world.team.node,
        actor=world.nok,
        now=world.now,
    )
    assert refusal.field == field


def test_the_second_of_two_editors_is_told(world, malee):
    by_nok = Particulars(full_name="มาลี ใจดี", given_name="Mali")
    by_arun = Particulars(full_name="มาลี ใจงาม", given_name="Malee")
    actions.edit(malee, by_nok, expected=1, actor=world.nok, now=world.now)
    refusal = refused(
        "RY-EDIT-CONFLICT",
        actions.edit,
        malee,
        by_arun,
        expected=1,
        actor=world.arun,
        now=world.now,
    )
    assert refusal.details == {"version": 2}
    now_there = queries.survivor(world.arun, malee.pk, now=world.now)
    opened = queries.file(world.arun, now_there, purpose="correction", now=world.now)
    assert opened.opened["given_name"] == "Mali"
    actions.edit(now_there, by_arun, expected=2, actor=world.arun, now=world.now)


def test_names_papers_and_contacts_are_added_and_taken_off(world, malee):
    who = {"actor": world.arun, "now": world.now}
    actions.add_name(malee, kind="nickname", text="ပန်းလေး", **who)
    paper = actions.add_document(
        malee, kind="passport", number="MA123456", expires=date(2027, 1, 1), keeper="police", **who
    )
    actions.add_contact(malee, kind="line", value="malee.flower", safe="no", **who)
    opened = queries.file(world.nok, malee, purpose="care", now=world.now)
    assert opened.names[0].said == {"kind": "nickname", "text": "ပန်းလေး"}
    assert opened.documents[0].said["expires"] == "2027-01-01"
    assert opened.contacts[0].said["safe"] == "no"
    actions.remove(paper, **who)
    opened = queries.file(world.nok, malee, purpose="care", now=world.now)
    assert (len(opened.names), len(opened.documents)) == (1, 0)


def test_safe_contact_stands_first(world, malee):
    rules = SafeContact(not_before="18:00", say="you are from the clinic")
    actions.set_safe_contact(malee, rules, expected=1, actor=world.nok, now=world.now)
    found = queries.survivor(world.mali, malee.pk, now=world.now)
    shown = queries.first(world.mali, found, now=world.now).safe_contact
    assert SafeContact.from_text(str(shown)) == rules
    refusal = refused(
        "RY-SURVIVOR-HOURS",
        actions.set_safe_contact,
        malee,
        SafeContact(not_after="26:00"),
        expected=2,
        actor=world.nok,
        now=world.now,
    )
    assert refusal.field == "not_after"


def test_entered_in_error_leaves_the_lists_and_stays_readable(world, malee):
    refused("RY-ACCESS-DENIED", actions.void, malee, reason="x", actor=world.arun, now=world.now)
    actions.void(malee, reason="the same person twice", actor=world.nok, now=world.now)
    assert queries.of_team(world.nok, now=world.now).rows == []
    kept = queries.survivor(world.arun, malee.pk, now=world.now)
    opened = queries.file(world.arun, kept, purpose="review", now=world.now)
    assert opened.opened["void_reason"] == "the same person twice"
    refused(
        "RY-SURVIVOR-VOID",
        actions.add_name,
        kept,
        kind="alias",
        text="Lek",
        actor=world.nok,
        now=world.now,
    )


def test_the_ladder_is_climbed_by_those_who_may(world, malee):
    told = {"on": date(2026, 3, 1), "basis": "screening", "actor": world.nok, "now": world.now}
    actions.identify(malee, status="presumed", organisation="ngo", **told)
    refused(
        "RY-LADDER-ORGANISATION",
        actions.identify,
        malee,
        status="identified",
        organisation="ngo",
        **told,
    )
    actions.identify(
        malee, status="identified", organisation="mdt", **{**told, "basis": "interview"}
    )
    malee.refresh_from_db()
    assert malee.status == "identified"
    assert [step.number for step in malee.identifications.all()] == [1, 2]
    tomorrow = {**told, "on": world.now.date() + timedelta(days=1)}
    refused(
        "RY-LADDER-FUTURE",
        actions.identify,
        malee,
        status="not_victim",
        organisation="mdt",
        **tomorrow,
    )


def test_the_raw_database_holds_no_plaintext(world, malee):
    who = {"actor": world.nok, "now": world.now}
    actions.add_contact(malee, kind="address", value="99 Canary Lane", **who)
    actions.raise_alert(malee, kind="pregnancy", text="canary of care", **who)
    secrets = ["มาลี", "Malee", "2010-05-17", "Canary Lane", "canary of care", "pregnancy"]
    dump = "\n".join(str(row) for row in _everything())
    assert malee.node.code in dump
    assert [secret for secret in secrets if secret in dump] == []


def _everything():
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - names of our own tables
            for row in cursor.fetchall():
                yield [
                    bytes(v).decode("utf-8", "replace") if isinstance(v, bytes | memoryview) else v
                    for v in row
                ]


def test_a_list_and_a_page_take_a_fixed_number_of_queries(world, malee, django_assert_num_queries):
    for hours in (1, 2, 3):
        later = world.now + timedelta(hours=hours)
        actions.register(MALEE, team=world.team.node, actor=world.nok, now=later)
    reader = world.again(world.arun)
    assert reader.facts
    with django_assert_num_queries(1):
        page = queries.of_team(reader, size=3, now=world.now)
    assert len(page.rows) == 3
    rest = queries.of_team(reader, before=page.older, size=3, now=world.now)
    assert [row.pk for row in rest.rows] == [malee.pk]
    assert rest.older == ""
