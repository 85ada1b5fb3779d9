"""What may be done with a lead, by whom, and what stays of it."""

from datetime import date, timedelta

import pytest
from django.db import connection
from tests.leads.story import ACCOUNT, REASON, a_lead, a_station, as_stored, passed, refused

from romyen import access
from romyen.audit.models import Entry
from romyen.leads import actions, duties, queries
from romyen.leads.models import Duty, Lead, Receipt
from romyen.notices.models import Notice
from romyen.partners import actions as partner_actions


def opened(reader, lead, *fields, now):
    return access.reveal(reader, [lead], fields, purpose="assess", now=now)[lead.pk]


def test_three_facts_make_a_lead(world):
    lead = a_lead(world)
    assert lead.node.code.startswith("L-")
    assert (lead.status, lead.child, lead.contact_safe) == ("new", "unknown", "unknown")
    assert opened(world.arun, lead, "account", now=world.now) == {"account": ACCOUNT}
    assert Entry.objects.get(verb="lead.take_down").subjects.get().subject == lead.pk


def test_dao_of_another_team_cannot_tell_it_from_nothing(world):
    lead = a_lead(world)
    with refused("RY-ABSENT"):
        queries.lead(world.dao, lead.pk, now=world.now)
    with refused("RY-ABSENT"):
        actions.triage(lead, decision="follow", reason=REASON, actor=world.dao, now=world.now)
    with refused("RY-ABSENT"):
        a_lead(world, by=world.dao)
    assert queries.inbox(world.dao, now=world.now).rows == []


def test_prasit_is_excluded_and_sees_nothing(world):
    lead = a_lead(world, imminence="now")
    assert queries.inbox(world.prasit, now=world.now).urgent == [lead]
    world.exclude(world.prasit, lead.node)
    with refused("RY-ABSENT"):
        queries.lead(world.prasit, lead.pk, now=world.now)
    shown = queries.inbox(world.prasit, now=world.now)
    assert (shown.rows, shown.urgent, shown.older) == ([], [], "")
    with refused("RY-ABSENT"):
        actions.complete(lead, expected=1, child="no_child", actor=world.prasit, now=world.now)


def test_what_nok_typed_is_sealed_in_the_database(world):
    lead = a_lead(world, reporter="Auntie Somjai", contact="081 000 0000", place_detail="Blue door")
    unit = a_station(world)
    passed(world, lead, unit, officer="Sergeant Wichai", receipt_no="77/2569")
    with connection.cursor() as cursor:
        for table in ("leads_lead", "leads_receipt"):
            cursor.execute(f"SELECT * FROM {table}")  # noqa: S608
            raw = b"|".join(
                bytes(cell) if isinstance(cell, bytes | memoryview) else str(cell).encode()
                for row in cursor.fetchall()
                for cell in row
            )
            for typed in ("neighbour", "Somjai", "081 000", "Blue door", "Wichai", "77/2569"):
                assert typed.encode() not in raw
    assert str(as_stored(lead).account) == "•••"


def test_a_counsellor_holds_no_key_and_no_verb(world):
    lead = a_lead(world)
    with refused("RY-ABSENT"):
        queries.lead(world.mali, lead.pk, now=world.now)
    assert opened(world.mali, lead, "account", now=world.now)["account"] is access.CLOSED


@pytest.mark.parametrize(
    ("facts", "code", "field"),
    [
        ({"account": "  "}, "RY-LEAD-NO-ACCOUNT", "account"),
        ({"source": "rumour"}, "RY-LIST-UNKNOWN", "source"),
        ({"imminence": "soonish"}, "RY-LIST-UNKNOWN", "imminence"),
        ({"child": "?"}, "RY-LIST-UNKNOWN", "child"),
        ({"place": "9999"}, "RY-PLACE-UNKNOWN", "place"),
        ({"red_flags": ["DEBT", "WRONG"]}, "RY-LIST-UNKNOWN", "red_flags"),
        ({"exploitation": ["Wrong"]}, "RY-LIST-UNKNOWN", "exploitation"),
    ],
)
def test_what_does_not_fit_is_refused_beside_its_field(world, facts, code, field):
    with refused(code) as caught:
        a_lead(world, **facts)
    assert caught.value.field == field
    assert not Lead.objects.exists()
    assert not Entry.objects.filter(verb="lead.take_down").exists()


def test_it_was_not_received_tomorrow(world):
    with refused("RY-LEAD-FUTURE"):
        a_lead(world, received_at=world.now + timedelta(days=1))


def test_danger_now_tells_those_who_lead_the_team_and_starts_a_duty(world):
    lead = a_lead(world, by=world.arun, imminence="now")
    told = Notice.objects.filter(kind="lead.urgent", subject=lead.pk)
    assert {notice.recipient for notice in told} >= {world.nok.id, world.founder.id}
    assert world.dao.id not in {notice.recipient for notice in told}
    assert [one.deadline.clock.id for one in queries.duties(lead, now=world.now)] == ["INT-02"]


def test_a_quiet_lead_leaves_a_quiet_notice_and_none_for_its_writer(world):
    lead = a_lead(world)
    recipients = set(Notice.objects.filter(subject=lead.pk).values_list("recipient", "kind"))
    assert (world.founder.id, "lead.new") in recipients
    assert world.nok.id not in {recipient for recipient, _kind in recipients}
    assert not Duty.objects.exists()


def test_completing_keeps_what_is_not_named(world):
    lead = a_lead(world, reporter="A neighbour")
    facts = {
        "place": "500101",
        "child": "maybe_child",
        "red_flags": ["DEBT", "DOCS_TAKEN", "DEBT"],
        "exploitation": ["ForcedCriminalityScam", "ForcedLabour"],
    }
    actions.complete(lead, expected=1, **facts, actor=world.arun, now=world.now)
    fresh = as_stored(lead)
    assert fresh.red_flags == ["DOCS_TAKEN", "DEBT"]
    assert fresh.exploitation == ["ForcedLabour", "ForcedCriminalityScam"]
    assert (fresh.place, fresh.version, fresh.imminence) == ("500101", 2, "ongoing")
    plain = opened(world.nok, fresh, "account", "reporter", now=world.now)
    assert plain == {"account": ACCOUNT, "reporter": "A neighbour"}
    changed = Entry.objects.get(verb="lead.complete").detail.body
    assert "red_flags" in changed


def test_a_child_starts_the_duty_of_the_child_protection_act_once(world):
    lead = a_lead(world, child="yes_child")
    actions.complete(lead, expected=1, child="maybe_child", actor=world.nok, now=world.now)
    (owed,) = queries.duties(lead, now=world.now)
    assert owed.deadline.clock.id == "INT-03"
    assert owed.deadline.at_once
    assert owed.deadline.version.section == "29, 41"
    assert owed.deadline.version.confidence == "verified_in_source"


def test_later_danger_is_told_once(world):
    lead = a_lead(world)
    actions.complete(lead, expected=1, imminence="now", actor=world.nok, now=world.now)
    actions.complete(lead, expected=2, imminence="now", actor=world.nok, now=world.now)
    told = Notice.objects.filter(kind="lead.urgent", recipient=world.founder.id)
    assert told.count() == 1
    assert Duty.objects.get().key.startswith("INT-02/")


def test_the_second_writer_is_refused_and_nothing_is_lost(world):
    lead = a_lead(world)
    actions.complete(lead, expected=1, child="no_child", actor=world.nok, now=world.now)
    with refused("RY-EDIT-CONFLICT") as caught:
        actions.complete(lead, expected=1, child="unknown", actor=world.arun, now=world.now)
    assert caught.value.details == {"version": 2}
    assert as_stored(lead).child == "no_child"


def test_a_duty_is_done_with_a_note_and_once(world):
    lead = a_lead(world, imminence="now")
    duty = Duty.objects.get()
    with refused("RY-LEAD-REASON"):
        duties.do_duty(duty, note=" ", actor=world.arun, now=world.now)
    duties.do_duty(duty, note="Rang 191 at once.", actor=world.arun, now=world.now)
    with refused("RY-LEAD-DUTY-DONE"):
        duties.do_duty(duty, note="Again.", actor=world.nok, now=world.now)
    (owed,) = queries.duties(lead, now=world.now)
    assert owed.state.name == "met"
    assert opened(world.nok, owed.duty, "note", now=world.now) == {"note": "Rang 191 at once."}
    assert Entry.objects.filter(verb="lead.duty").count() == 1


def test_a_planned_visit_starts_the_question_to_partners(world):
    lead = a_lead(world)
    duties.plan_field_activity(lead, actor=world.wit, now=world.now)
    duties.plan_field_activity(lead, actor=world.wit, now=world.now)
    (owed,) = queries.duties(lead, now=world.now)
    assert owed.deadline.clock.id == "RES-02"
    assert owed.deadline.due == world.now + timedelta(hours=24)
    (late,) = queries.duties(lead, now=world.now + timedelta(hours=25))
    assert late.state.name == "missed"


def test_triage_has_a_reason_that_is_sealed(world):
    lead = a_lead(world)
    with refused("RY-LEAD-REASON"):
        actions.triage(lead, decision="follow", reason="", actor=world.nok, now=world.now)
    actions.triage(lead, decision="follow", reason=REASON, actor=world.nok, now=world.now)
    fresh = as_stored(lead)
    assert (fresh.status, fresh.decision, fresh.decided_by) == ("triaged", "follow", world.nok.id)
    plain = opened(world.arun, fresh, "decision_reason", now=world.now)
    assert plain == {"decision_reason": REASON}


def test_the_police_sign_for_it(world):
    lead, unit = a_lead(world), a_station(world)
    receipt = passed(world, lead, unit)
    fresh = as_stored(lead)
    assert (fresh.status, fresh.outcome) == ("passed", "police")
    plain = opened(world.arun, receipt, "officer", "receipt_no", now=world.now)
    assert plain == {"officer": "Captain at the desk", "receipt_no": "12/2569"}
    with refused("RY-LEAD-ENDED"):
        actions.triage(lead, decision="follow", reason=REASON, actor=world.nok, now=world.now)
    passed(world, lead, unit)
    assert Receipt.objects.count() == 2


def test_only_police_sign(world):
    lead = a_lead(world)
    clinic = partner_actions.record(
        name="Clinic", kind="HealthServiceOrganisation", actor=world.nok, now=world.now
    )
    with refused("RY-LEAD-NOT-POLICE"):
        passed(world, lead, clinic)
    with refused("RY-LEAD-NO-OFFICER"):
        passed(world, lead, a_station(world), officer="")


@pytest.mark.parametrize(
    ("day", "code"),
    [(date(2026, 3, 3), "RY-LEAD-FUTURE"), (date(2026, 3, 1), "RY-LEAD-PASSED-EARLY")],
)
def test_the_day_of_passing_on_can_be(world, day, code):
    with refused(code) as caught:
        passed(world, a_lead(world), a_station(world), passed_on=day)
    assert caught.value.field == "passed_on"


def test_a_lead_is_closed_with_a_reason(world):
    lead = a_lead(world)
    facts = {
        "outcome": "closed",
        "closing_reason": "too_little",
        "reason": "Nobody there any more.",
    }
    with refused("RY-LIST-UNKNOWN"):
        actions.close_lead(lead, **{**facts, "outcome": "police"}, actor=world.nok, now=world.now)
    actions.close_lead(lead, **facts, actor=world.nok, now=world.now)
    fresh = as_stored(lead)
    assert (fresh.status, fresh.closing_reason) == ("closed", "too_little")
    with refused("RY-LEAD-ENDED"):
        actions.close_lead(lead, **facts, actor=world.nok, now=world.now)
    with refused("RY-LEAD-ENDED"):
        passed(world, lead, a_station(world))


def test_a_case_comes_of_it_even_later(world):
    lead = a_lead(world)
    passed(world, lead, a_station(world))
    actions.became_case(lead, actor=world.arun, now=world.now)
    actions.became_case(lead, actor=world.arun, now=world.now)
    assert (as_stored(lead).status, as_stored(lead).outcome) == ("case", "case")
    passed(world, lead, Receipt.objects.get().unit)
    assert as_stored(lead).status == "case"
