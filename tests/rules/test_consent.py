"""Consent: one purpose, one recipient, the right giver, until it ends."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from romyen.rules.births import Birth, minor_on
from romyen.rules.consent import (
    OURSELVES,
    STATE_WORDS,
    Claim,
    Consent,
    bases,
    consent_age,
    may_disclose,
    needs,
    standing,
)
from romyen.rules.days import PartialDay
from romyen.rules.lists import BadData, of
from romyen.rules.refusals import Refusal

ON = date(2026, 6, 1)
CLINIC, STRANGER = "clinic", "stranger"
PURPOSES = [item.code for item in of("survivors", "consent_purposes")]
AROUND = st.dates(ON - timedelta(days=40), ON + timedelta(days=40))
CONSENTS = st.lists(
    st.builds(
        Consent,
        purpose=st.sampled_from(["referral", "story"]),
        recipient=st.sampled_from([CLINIC, STRANGER, OURSELVES]),
        giver=st.sampled_from(["herself", "guardian", "both"]),
        given_on=AROUND,
        expires_on=st.none() | AROUND,
        withdrawn_on=st.none() | AROUND,
        guardian_conflict=st.booleans(),
    ),
    max_size=6,
)


def aged(years):
    return Birth.known(PartialDay(ON.year - years, 1, 1))


BIRTHS = st.none() | st.integers(1, 60).map(aged)


def given_(giver="herself", days_ago=10, **more):
    return Consent("referral", CLINIC, giver, ON - timedelta(days=days_ago), **more)


def stands(*consents, birth=None, purpose="referral", recipient=CLINIC):
    return standing(consents, purpose, recipient, ON, wanted=needs(birth, ON)).state


def test_consent_covers_its_purpose_and_recipient_only():
    assert stands(given_()) == "given"
    assert stands(given_(), purpose="story") == "none"
    assert stands(given_(), recipient=STRANGER) == "none"
    assert stands() == "none"


def test_consent_ends():
    assert stands(given_(expires_on=ON)) == "given"
    assert stands(given_(expires_on=ON - timedelta(days=1))) == "expired"
    assert stands(given_(withdrawn_on=ON)) == "withdrawn"
    assert stands(given_(withdrawn_on=ON + timedelta(days=1))) == "given"
    assert stands(given_(days_ago=-1)) == "none"


def test_withdrawing_ends_older_consents_too_and_only_a_later_one_counts():
    withdrawn = given_(days_ago=20, withdrawn_on=ON - timedelta(days=5))
    assert stands(given_(days_ago=30), withdrawn) == "withdrawn"
    assert stands(withdrawn, given_(days_ago=5)) == "withdrawn"
    assert stands(withdrawn, given_(days_ago=4)) == "given"


@pytest.mark.parametrize(
    ("years", "giver", "state"),
    [
        (8, "guardian", "given"),
        (8, "herself", "giver_missing"),
        (8, "both", "given"),
        (15, "herself", "given"),
        (15, "guardian", "giver_missing"),
        (15, "both", "given"),
        (19, "herself", "given"),
        (30, "herself", "given"),
        (30, "guardian", "giver_missing"),
    ],
)
def test_the_giver_fits_her_age(years, giver, state):
    assert stands(given_(giver), birth=aged(years)) == state


def test_a_guardian_in_conflict_never_counts():
    assert stands(given_("guardian", guardian_conflict=True)) == "guardian_in_conflict"
    child = aged(8)
    assert stands(given_("both", guardian_conflict=True), birth=child) == "guardian_in_conflict"
    assert stands(given_("both", guardian_conflict=True), birth=aged(15)) == "given"
    assert stands(given_("both", guardian_conflict=True)) == "given"


def test_doubt_about_the_tenth_birthday_asks_for_both():
    birth = Birth.estimated(9, 11, ON, "family")
    assert needs(birth, ON).voices == {"herself", "guardian"}
    assert stands(given_("herself"), birth=birth) == "giver_missing"
    assert stands(given_("herself"), given_("guardian"), birth=birth) == "given"


@given(st.integers(0, 30), st.integers(0, 4000))
def test_whoever_has_reached_the_age_of_consent_keeps_it(years, days):
    birth, later = aged(years), ON + timedelta(days=days)
    if consent_age(birth, ON) == "reached":
        assert consent_age(birth, later) == "reached"
        assert needs(birth, later).voices == {"herself"}
    assert consent_age(None, later) == ""


@given(CONSENTS, BIRTHS)
def test_given_means_that_a_live_matching_consent_says_so(consents, birth):
    found = standing(consents, "referral", CLINIC, ON, wanted=needs(birth, ON))
    live = [
        c for c in consents if (c.purpose, c.recipient) == ("referral", CLINIC) and c.holds_on(ON)
    ]
    if found.state == "given":
        assert found.which
        assert all(c in live and c.voices for c in found.which)
    if not live:
        assert found.state in ("none", "expired", "withdrawn")
    assert found.message


@given(CONSENTS, BIRTHS)
def test_withdrawing_everything_today_stops_every_sharing(consents, birth):
    ended = [
        Consent(c.purpose, c.recipient, c.giver, min(c.given_on, ON), c.expires_on, ON)
        for c in consents
    ]
    for purpose in ("referral", "story"):
        assert not may_disclose(ended, [], purpose, CLINIC, ON, wanted=needs(birth, ON)).allowed


@given(CONSENTS, BIRTHS)
def test_the_order_of_the_records_does_not_matter(consents, birth):
    ahead = standing(consents, "referral", CLINIC, ON, wanted=needs(birth, ON))
    behind = standing(consents[::-1], "referral", CLINIC, ON, wanted=needs(birth, ON))
    assert ahead.state == behind.state


@given(CONSENTS, BIRTHS)
def test_a_stranger_to_the_records_changes_nothing(consents, birth):
    extra = Consent("referral", "other", "herself", ON)
    one = standing(consents, "referral", CLINIC, ON, wanted=needs(birth, ON))
    assert one == standing([*consents, extra], "referral", CLINIC, ON, wanted=needs(birth, ON))


def disclosed(claim, *, purpose="referral", kind="police", birth=None, consents=()):
    known = {"wanted": needs(birth, ON), "minor": minor_on(birth, ON) != "no"}
    return may_disclose(consents, [claim], purpose, CLINIC, ON, **known, recipient_kind=kind)


def test_a_basis_needs_a_reason():
    assert not disclosed(Claim("danger_to_life", has_reason=False)).allowed
    found = disclosed(Claim("danger_to_life", has_reason=True))
    assert found.allowed
    assert found.basis.code == "danger_to_life"
    assert found.basis.urgent
    assert found.review_hours == 24


def test_reporting_abuse_of_a_child_reaches_officials_and_speaks_of_children():
    claim = Claim("child_abuse_report", has_reason=True)
    assert disclosed(claim, birth=aged(12)).allowed
    assert disclosed(claim, birth=None).allowed
    assert not disclosed(claim, birth=aged(30)).allowed
    assert not disclosed(claim, birth=aged(12), kind="ngo").allowed


def test_no_basis_opens_stories_photographs_or_statistics():
    for code in bases():
        for purpose in ("story", "photo", "media", "statistics", "research"):
            claim = Claim(code, has_reason=True)
            assert not disclosed(claim, purpose=purpose, birth=aged(12)).allowed


def test_consent_goes_before_a_basis():
    found = disclosed(Claim("danger_to_life", has_reason=True), consents=[given_()])
    assert found.allowed
    assert found.basis is None
    assert found.review_hours == 0


def test_an_unknown_basis_is_refused():
    with pytest.raises(Refusal):
        disclosed(Claim("convenience", has_reason=True))


def test_every_basis_names_its_ground_and_known_purposes():
    for code, basis in bases().items():
        assert basis.code == code
        assert basis.instrument
        assert basis.source
        assert basis.purposes <= set(PURPOSES)
        assert basis.section or basis.confidence == "design_proposal"
        assert basis.label("th") != basis.label("en")


def test_a_basis_without_source_stops_the_start(tmp_path):
    path = tmp_path / "bases.yaml"
    path.write_text(
        "format: romyen/lawful-bases@1\n"
        "bases: [{code: x, en: X, instrument: Y, confidence: design_proposal}]"
    )
    with pytest.raises(BadData, match="x"):
        bases(path)


def test_every_state_has_words():
    assert set(STATE_WORDS) >= {"given", "none", "expired", "withdrawn", "guardian_in_conflict"}
