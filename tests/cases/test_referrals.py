"""What is passed on rests on her consent, or on a lawful basis that a second person reviews."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from tests.cases.story import (
    NAME,
    a_case,
    a_partner,
    consented,
    referred,
    refused,
)

from romyen import access
from romyen.access import people
from romyen.audit.models import Detail, Entry
from romyen.cases import actions, queries
from romyen.cases.models import Referral
from romyen.notices.models import Notice

REASON = "He knows where she sleeps."
DANGER = {"basis": "danger_to_life", "reason": REASON}


def lead_the_team(world, reader):
    people.assign(
        reader.member,
        "case_manager",
        world.team.node,
        purpose="covers",
        actor=world.lek,
        now=world.now,
    )
    return world.again(reader)


def review(world, referral, by, **facts):
    given = {"finding": "right", "words": "I would have done the same.", **facts}
    return actions.review_disclosure(referral, **given, actor=by, now=world.now)


def test_without_consent_nothing_is_passed_on(world):
    case, partner = a_case(world), a_partner(world)
    with refused("RY-CASE-NO-CONSENT", "basis"):
        referred(world, case, partner)
    assert not Referral.objects.exists()


@pytest.mark.parametrize(
    "facts",
    [
        {"withdrawn_on": date(2026, 3, 1)},
        {"expires_on": date(2026, 3, 1)},
        {"given_on": date(2026, 3, 3)},
        {"purpose": "statistics"},
    ],
    ids=["withdrawn", "expired", "not yet given", "another purpose"],
)
def test_a_consent_that_does_not_stand_carries_nothing(world, facts):
    case, partner = a_case(world), a_partner(world)
    consented(world, case, partner, **facts)
    with refused("RY-CASE-NO-CONSENT", "basis"):
        referred(world, case, partner)


def test_consent_is_for_one_recipient(world):
    case = a_case(world)
    consented(world, case, a_partner(world))
    with refused("RY-CASE-NO-CONSENT", "basis"):
        referred(world, case, a_partner(world, name="Another Clinic"))


def test_with_her_consent_the_chosen_facts_go_and_nobody_reviews(world):
    case, partner = a_case(world), a_partner(world)
    consent = consented(world, case, partner)
    referral = referred(world, case, partner, request="A check of her eyes.")
    assert (referral.consent_id, referral.basis, referral.review_due) == (consent.pk, "", None)
    assert not Notice.objects.filter(kind="disclosure.review").exists()


def test_a_guardian_in_conflict_gives_no_consent(world):
    case, partner = a_case(world, guardian_conflict="unsafe"), a_partner(world)
    consented(world, case, partner, giver="guardian")
    with refused("RY-CASE-NO-CONSENT", "basis"):
        referred(world, case, partner)


def test_a_lawful_basis_goes_at_once_and_waits_for_a_second_person(world):
    case, police = a_case(world), a_partner(world, kind="LawEnforcement")
    arun = lead_the_team(world, world.arun)
    referral = referred(world, case, police, **DANGER)
    assert referral.urgent
    assert referral.review_due == world.now + timedelta(hours=24)
    told = set(Notice.objects.filter(kind="disclosure.review").values_list("recipient", flat=True))
    assert world.nok.id not in told
    assert {arun.id, world.somsri.id} <= told
    actions.disclose(referral, actor=world.nok, now=world.now)  # the review delays nothing
    assert [one.pk for one in queries.reviews_waiting(arun, now=world.now)] == [referral.pk]
    assert queries.reviews_waiting(world.nok, now=world.now) == []
    with refused("RY-ACCESS-SELF"):
        review(world, referral, world.nok)
    review(world, referral, arun)
    assert queries.reviews_waiting(arun, now=world.now) == []
    with refused("RY-CASE-REVIEWED"):
        review(world, referral, world.somsri)
    kinds = [one.kind for one in queries.timeline(arun, case, now=world.now).happenings]
    assert {"referral", "disclosure", "review"} <= set(kinds)


def test_a_caseworker_does_not_review(world):
    case, police = a_case(world), a_partner(world, kind="LawEnforcement")
    referral = referred(world, case, police, **DANGER)
    with refused("RY-ACCESS-DENIED"):
        review(world, referral, world.arun)
    with refused("RY-CASE-REASON", "words"):
        review(world, referral, world.somsri, words=" ")


def test_a_referral_on_consent_is_no_matter_of_review(world):
    case, partner = a_case(world), a_partner(world)
    consented(world, case, partner)
    with refused("RY-CASE-REVIEWED"):
        review(world, referred(world, case, partner), world.somsri)


@pytest.mark.parametrize(
    ("facts", "code", "field"),
    [
        ({"basis": "danger_to_life", "reason": " "}, "RY-CASE-REASON", "reason"),
        ({"basis": "legal_claims", "reason": REASON}, "RY-CASE-BASIS-UNFIT", "basis"),
        ({"basis": "child_abuse_report", "reason": REASON}, "RY-CASE-BASIS-UNFIT", "basis"),
        ({"basis": "no_such_basis", "reason": REASON}, "RY-LIST-UNKNOWN", "basis"),
        ({**DANGER, "shown": []}, "RY-CASE-NO-FACTS", "shown"),
        ({**DANGER, "shown": ["everything"]}, "RY-LIST-UNKNOWN", "shown"),
        ({**DANGER, "service": "magic"}, "RY-LIST-UNKNOWN", "service"),
        ({**DANGER, "purpose": "story"}, "RY-LIST-UNKNOWN", "purpose"),
    ],
)
def test_what_is_missing_stands_beside_its_field(world, facts, code, field):
    case, partner = a_case(world, minor="no"), a_partner(world)
    with refused(code, field):
        referred(world, case, partner, **facts)


def test_the_duty_to_report_is_for_children_and_officials(world):
    police, clinic = a_partner(world, kind="LawEnforcement"), a_partner(world, name="Clinic")
    facts = {"basis": "child_abuse_report", "reason": REASON}
    assert referred(world, a_case(world, minor="presumed"), police, **facts).basis
    with refused("RY-CASE-BASIS-UNFIT"):
        referred(world, a_case(world, minor="yes"), clinic, **facts)


def test_the_sheet_opens_the_chosen_facts_only_with_one_read_entry(world):
    case, partner = a_case(world), a_partner(world)
    consented(world, case, partner)
    referral = referred(world, case, partner, request="A check of her eyes.")
    actions.disclose(referral, actor=world.nok, now=world.now)
    sheet = queries.sheet(world.nok, referral, now=world.now)
    assert sheet.survivor == {"full_name": NAME, "given_name": None, "family_name": None}
    assert (sheet.request, sheet.contacts) == ("A check of her eyes.", [])
    entry = Entry.objects.get(verb="sealed.read")
    subjects = set(entry.subjects.values_list("subject", flat=True))
    assert subjects == {case.pk, case.survivor_id}
    assert "birth" not in Detail.objects.get(entry=entry).body
    assert Entry.objects.filter(verb="case.disclose").count() == 1


def test_withdrawing_stops_the_sheet(world):
    case, partner = a_case(world), a_partner(world)
    consent = consented(world, case, partner)
    referral = referred(world, case, partner)
    consent.withdrawn_on = date(2026, 3, 2)
    consent.save()
    with refused("RY-CASE-NO-CONSENT"):
        actions.disclose(referral, actor=world.nok, now=world.now)
    assert not Entry.objects.filter(verb="case.disclose").exists()


def test_a_referral_is_answered_step_by_step(world):
    case, partner = a_case(world), a_partner(world)
    consented(world, case, partner)
    referral = referred(world, case, partner)

    def answer(state, expected):
        return actions.answer_referral(
            referral, state=state, expected=expected, actor=world.arun, now=world.now
        )

    with refused("RY-CASE-REFERRAL-STATE", "state"):
        answer("done", 1)
    referral.refresh_from_db()
    answer("accepted", 1)
    answer("done", 2)
    assert Referral.objects.get(pk=referral.pk).state == "done"


def test_the_database_holds_no_referral_without_ground(world):
    case, partner = a_case(world), a_partner(world)
    with pytest.raises(IntegrityError), transaction.atomic():
        Referral.objects.create(
            case=case, partner=partner, made_at=world.now, made_by="x", state_at=world.now
        )


def test_a_counsellor_reads_and_does_not_refer(world):
    case, partner = a_case(world), a_partner(world)
    with refused("RY-ACCESS-DENIED"):
        referred(world, case, partner, by=world.mali, **DANGER)


def test_the_reason_is_sealed(world):
    case, police = a_case(world), a_partner(world, kind="LawEnforcement")
    referral = referred(world, case, police, **DANGER)
    assert str(referral.reason) == "•••"
    opened = access.reveal(world.somsri, [referral], ["reason"], purpose="review", now=world.now)
    assert opened[referral.pk]["reason"] == REASON
