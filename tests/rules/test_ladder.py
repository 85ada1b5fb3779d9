"""The identification ladder: who decides what, what may follow, what it opens."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from romyen.rules.ladder import (
    STATUSES,
    Step,
    check_step,
    choices,
    current,
    from_htcds,
    identifies,
    opens_state_services,
    organisations,
    statuses,
    to_htcds,
)
from romyen.rules.lists import htcds
from romyen.rules.refusals import Refusal

TODAY = date(2026, 6, 1)
KINDS = [kind.code for kind in organisations()]
STEPS = st.builds(
    Step,
    status=st.sampled_from(STATUSES),
    organisation=st.sampled_from(KINDS),
    on=st.dates(TODAY - timedelta(days=30), TODAY + timedelta(days=3)),
    corrects=st.booleans(),
    has_reason=st.booleans(),
)


def step(status, organisation="mdt", days_ago=0, **more):
    return Step(status, organisation, TODAY - timedelta(days=days_ago), **more)


def refused(code, history, new):
    with pytest.raises(Refusal) as refusal:
        check_step(history, new, today=TODAY)
    assert refusal.value.code == code


def test_the_ladder_goes_up_and_not_down():
    possible, presumed = step("possible", "ngo", 9), step("presumed", "ngo", 8)
    assert check_step([possible], presumed, today=TODAY) is presumed
    identified = step("identified", "mdt", 3)
    assert check_step([possible, presumed], identified, today=TODAY)
    refused("RY-LADDER-MOVE", [presumed], step("possible", "ngo"))
    refused("RY-LADDER-MOVE", [identified], step("presumed", "ngo"))
    refused("RY-LADDER-MOVE", [identified], step("not_victim", "mdt"))


def test_someone_found_not_to_be_a_victim_can_be_screened_again():
    assert choices([step("not_victim")]) == ["possible", "presumed", "identified"]
    assert check_step([step("not_victim", days_ago=5)], step("possible", "ngo"), today=TODAY)


def test_a_first_step_may_be_any():
    assert choices([]) == list(STATUSES)


def test_an_ngo_presumes_and_does_not_identify():
    refused("RY-LADDER-ORGANISATION", [], step("identified", "ngo"))
    imported = step("identified", "ngo", imported=True)
    assert check_step([], imported, today=TODAY) is imported
    assert not opens_state_services([imported])
    assert not identifies("ngo")


def test_a_correction_needs_its_reason_and_something_to_correct():
    wrong = step("identified", "mdt", 5)
    refused("RY-LADDER-REASON", [wrong], step("presumed", "ngo", corrects=True))
    refused("RY-LADDER-MOVE", [], step("presumed", "ngo", corrects=True, has_reason=True))
    back = step("presumed", "ngo", 7, corrects=True, has_reason=True)
    assert check_step([wrong], back, today=TODAY) is back
    assert current([wrong, back]) is back


def test_days_follow_each_other_and_none_lies_ahead():
    refused("RY-LADDER-ORDER", [step("possible", days_ago=2)], step("presumed", days_ago=3))
    refused("RY-LADDER-FUTURE", [], step("possible", days_ago=-1))


def test_an_unknown_organisation_is_refused():
    refused("RY-LIST-UNKNOWN", [], step("identified", "neighbour"))


@pytest.mark.parametrize("kind", KINDS)
def test_only_team_police_and_ministry_open_full_state_services(kind):
    opens = kind in {"mdt", "police", "msdhs"}
    assert opens_state_services([step("identified", kind)]) == opens
    assert not opens_state_services([step("presumed", kind)])
    assert not opens_state_services([])


@given(st.lists(STEPS, max_size=6))
def test_whatever_is_let_through_keeps_the_rules(steps):
    history = []
    for new in steps:
        try:
            history.append(check_step(history, new, today=TODAY))
        except Refusal:
            continue
    for before, after in zip([None, *history], history, strict=False):
        assert after.on <= TODAY
        assert after.status != "identified" or identifies(after.organisation)
        if after.corrects:
            assert after.has_reason
        elif before is not None:
            assert after.status in choices([before])
            assert after.on >= before.on


@pytest.mark.parametrize("status", [item.code for item in htcds("vic_TraffickingStatus")])
@pytest.mark.parametrize(
    "organisation", [i.code for i in htcds("vic_TraffickingStatusDecisionMakingOrg")]
)
def test_htcds_values_come_back_as_they_were(status, organisation):
    ours, kind = from_htcds(status, organisation)
    assert to_htcds(Step(ours, kind, TODAY, imported=True)) == (status, organisation)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_ours_has_an_htcds_value(kind):
    for status in STATUSES:
        there = to_htcds(step(status, kind))
        assert there.status in htcds("vic_TraffickingStatus")
        assert there.organisation in htcds("vic_TraffickingStatusDecisionMakingOrg")


def test_unknown_htcds_values_are_refused():
    for pair in (("Maybe", "NGO"), ("ActualVictimOfTrafficking", "Church")):
        with pytest.raises(Refusal):
            from_htcds(*pair)
    assert from_htcds("PossibleVictimOfTrafficking", "") == ("possible", "other")


def test_every_status_has_words():
    assert [item.code for item in statuses()] == list(STATUSES)
