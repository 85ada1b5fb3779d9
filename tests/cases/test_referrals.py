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
from romyen.access import people, walls
from romyen.audit.models import Detail, Entry
from romyen.cases import actions, queries
from romyen.cases.lawful import age_for
from romyen.cases.models import Referral
from romyen.notices.models import Notice
from romyen.rules.births import Birth
from romyen.rules.days import PartialDay
from romyen.survivors import actions as survivorwork
from romyen.survivors.models import Survivor
from romyen.survivors.particulars import Particulars

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


def test_an_entry_in_error_is_passed_on_to_nobody(world):
    case, partner = a_case(world), a_partner(world)
    consented(world, case, partner)
    referral = referred(world, case, partner)
    survivorwork.void(case.survivor, reason="twice", actor=world.nok, now=world.now)
    case.survivor.refresh_from_db()
    with refused("RY-SURVIVOR-VOID"):
        referred(world, case, partner)
    with refused("RY-SURVIVOR-VOID"):
        actions.disclose(referral, actor=world.nok, now=world.now)


def of_age(world, years):
    """A case of someone so old, with her birth sealed."""
    born = Birth.known(PartialDay(2026 - years, 1, 15))
    her = survivorwork.register(
        Particulars(birth=born), team=world.team.node, actor=world.nok, now=world.now
    )
    return actions.open_case(her, manager=world.nok.member, actor=world.nok, now=world.now)


def births_read():
    """Who had a birth opened for the consent rule, and whose."""
    found = Entry.objects.filter(verb="sealed.read", purpose="consent_rule")
    return [(one.actor, [row.subject for row in one.subjects.all()]) for one in found]


def test_a_birth_is_opened_only_for_a_child_so_young_and_that_is_a_reading(world):
    partner = a_partner(world)
    grown, small = of_age(world, 14), of_age(world, 8)
    for case in (grown, small):
        consented(world, case, partner)
    assert referred(world, grown, partner, age=age_for(world.nok, grown, now=world.now)).consent_id
    assert births_read() == []
    opened = age_for(world.nok, small, now=world.now)
    assert births_read() == [(world.nok.id, [small.survivor_id])]
    for age in (opened, None):  # her word alone; the guardian's is missing
        with refused("RY-CASE-NO-CONSENT"):
            referred(world, small, partner, age=age)
    with refused("RY-ABSENT"):
        age_for(world.dao, small, now=world.now)


def test_who_turned_ten_since_consents_alone_once_her_birth_is_opened(world):
    partner, case = a_partner(world), of_age(world, 11)
    Survivor.objects.filter(pk=case.survivor_id).update(consent_age="under")
    case.survivor.refresh_from_db()
    consented(world, case, partner)
    with refused("RY-CASE-NO-CONSENT"):
        referred(world, case, partner)
    assert referred(world, case, partner, age=age_for(world.nok, case, now=world.now)).consent_id


def test_the_duty_to_report_asks_whether_she_is_a_child_today(world):
    """Registered at seventeen, two years ago: what was a duty then is none now."""
    police, case = a_partner(world, kind="LawEnforcement"), of_age(world, 19)
    Survivor.objects.filter(pk=case.survivor_id).update(minor="yes")
    case.survivor.refresh_from_db()
    age = age_for(world.nok, case, "child_abuse_report", now=world.now)
    with refused("RY-CASE-BASIS-UNFIT"):
        referred(world, case, police, basis="child_abuse_report", reason=REASON, age=age)
    assert births_read() == [(world.nok.id, [case.survivor_id])]


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


def test_whoever_may_refer_looks_over_what_someone_else_passed_on(world):
    """Also in a team with one case manager there is a second person: Arun, a caseworker."""
    case, police = a_case(world), a_partner(world, kind="LawEnforcement")
    referral = referred(world, case, police, **DANGER)
    with refused("RY-ACCESS-DENIED"):
        review(world, referral, world.mali)  # holds no key to the reason
    with refused("RY-CASE-REASON", "words"):
        review(world, referral, world.arun, words=" ")
    assert review(world, referral, world.arun).reviewed_by == world.arun.id


def test_where_nobody_else_may_review_a_trustee_is_let_in_to_this_record(world):
    """Dao works in another team, and Wit investigates: neither may. Somsri shares the one case."""
    case, police = a_case(world), a_partner(world, kind="LawEnforcement")
    referral = referred(world, case, police, **DANGER)
    assert world.wit.id not in {one.pk for one in queries.reviewers(referral, now=world.now)}
    with refused("RY-ABSENT"):
        review(world, referral, world.dao)
    walls.share(
        world.dao.member,
        "legal_officer",
        case.node,
        purpose="second person",
        actor=world.somsri,
        now=world.now,
    )
    dao = world.again(world.dao)
    opened = access.reveal(dao, [referral], ["reason"], purpose="review", now=world.now)
    assert opened[referral.pk]["reason"] == REASON
    assert review(world, referral, dao).reviewed_by == dao.id


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
