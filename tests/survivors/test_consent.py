"""Consent: for one purpose and recipient, withdrawn at once, a guardian in conflict silent."""

from datetime import date, timedelta

import pytest

from romyen import access
from romyen.partners.models import Partner
from romyen.rules.births import Birth
from romyen.rules.days import PartialDay
from romyen.rules.refusals import Refusal
from romyen.survivors import actions, queries
from romyen.survivors.ages import age_for_rules
from romyen.survivors.particulars import Particulars

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)


@pytest.fixture
def clinic(world):
    return Partner.objects.create(
        name="Hill Clinic", kind="HealthServiceOrganisation", created_at=world.now, created_by="x"
    )


@pytest.fixture
def small_boy(world):
    """Seven years old: a guardian has to consent."""
    born = Birth.known(PartialDay(2018, 6))
    return actions.register(
        Particulars(birth=born), team=world.team.node, actor=world.nok, now=world.now
    )


def state(world, person, purpose="interview", recipient="ourselves", on=DAY):
    found = queries.survivor(world.nok, person.pk, now=world.now)
    age = age_for_rules(world.nok, found, now=world.now)
    return queries.standing(found, age, purpose=purpose, recipient=recipient, on=on).state


def given(world, person, **how):
    wanted = {
        "purpose": "interview",
        "giver": "herself",
        "way": "signed",
        "given_on": date(2026, 3, 1),
        "actor": world.nok,
        "now": world.now,
    }
    return actions.give_consent(person, **{**wanted, **how})


def refused(code, field, act, *args, **kwargs):
    with pytest.raises(Refusal) as caught:
        act(*args, **kwargs)
    assert (caught.value.code, caught.value.field) == (code, field)


def test_it_stands_for_its_purpose_and_recipient_only(world, malee, agreed, clinic):
    assert state(world, malee) == "given"
    assert state(world, malee, purpose="story") == "none"
    assert state(world, malee, recipient=clinic.pk) == "none"
    given(world, malee, purpose="referral", partner=clinic)
    assert state(world, malee, purpose="referral", recipient=clinic.pk) == "given"
    assert state(world, malee, purpose="referral") == "none"


def test_withdrawn_it_stops_at_once(world, malee, agreed):
    actions.withdraw_consent(agreed, actor=world.arun, now=world.now)
    assert state(world, malee) == "withdrawn"
    refused(
        "RY-SURVIVOR-CONSENT-OVER",
        "",
        actions.withdraw_consent,
        agreed,
        actor=world.nok,
        now=world.now,
    )


def test_it_ends_with_its_last_day(world, malee):
    given(world, malee, expires_on=DAY)
    assert state(world, malee) == "given"
    assert state(world, malee, on=DAY + timedelta(days=1)) == "expired"


def test_a_guardian_in_conflict_never_counts(world, small_boy):
    given(world, small_boy, giver="guardian", guardian="his uncle")
    assert state(world, small_boy) == "given"
    actions.flag_guardian_conflict(
        small_boy,
        "suspected",
        detail="the uncle may have brought him",
        expected=1,
        actor=world.arun,
        now=world.now,
    )
    assert state(world, small_boy) == "guardian_in_conflict"


def test_a_conflict_needs_its_reason(world, small_boy):
    refused(
        "RY-SURVIVOR-REASON",
        "detail",
        actions.flag_guardian_conflict,
        small_boy,
        "unsafe",
        detail=" ",
        expected=1,
        actor=world.nok,
        now=world.now,
    )


def test_a_child_under_ten_cannot_consent_alone(world, small_boy):
    given(world, small_boy)
    assert state(world, small_boy) == "giver_missing"


@pytest.mark.parametrize(
    ("how", "code", "field"),
    [
        ({"given_on": date(2026, 3, 3)}, "RY-SURVIVOR-CONSENT-FUTURE", "given_on"),
        ({"expires_on": date(2026, 2, 28)}, "RY-SURVIVOR-CONSENT-EXPIRY", "expires_on"),
        ({"giver": "guardian"}, "RY-SURVIVOR-CONSENT-GUARDIAN", "guardian"),
        ({"purpose": "everything"}, "RY-LIST-UNKNOWN", "purpose"),
        ({"way": "nod"}, "RY-LIST-UNKNOWN", "way"),
        ({"language": "Burmese"}, "RY-LIST-UNKNOWN", "language"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(world, malee, how, code, field):
    refused(code, field, given, world, malee, **how)
    assert not malee.consents.exists()


def test_mali_the_counsellor_records_no_consent(world, malee):
    refused("RY-ACCESS-DENIED", "", given, world, malee, actor=world.mali)


def test_who_holds_no_key_still_learns_where_consent_stands(world, malee, agreed):
    found = queries.survivor(world.mali, malee.pk, now=world.now)
    asked = {"purpose": "interview", "recipient": "ourselves", "on": DAY}
    age = age_for_rules(access.stranger(), found, now=world.now)
    assert queries.standing(found, age, **asked).state == "given"
