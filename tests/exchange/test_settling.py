"""A known row came with other content: a key holder decides, line by line."""

import dataclasses

import pytest
from tests.exchange.tables import MALEE, table

from romyen.cases.models import Case
from romyen.exchange import queries
from romyen.exchange.actions import settle
from romyen.exchange.gathering import gather
from romyen.exchange.htcds.record import Record
from romyen.exchange.marks import content_mark
from romyen.exchange.models import Difference
from romyen.rules.refusals import Refusal
from romyen.survivors import actions as of_her
from romyen.survivors.models import Consent, Contact, Identification, Survivor
from romyen.survivors.particulars import Particulars

pytestmark = pytest.mark.django_db


def now_recorded(world):
    [one] = gather(
        world.nok, list(Survivor.objects.select_related("node")), purpose="x", now=world.now
    )
    return one


def decided(world, difference, choose, by=None):
    """Nok decides; ``choose(ours, theirs)`` gives the values that shall stand."""
    difference = queries.difference(world.nok, difference.pk, now=world.now)
    both = queries.versions(world.nok, difference, now=world.now)
    values = choose(both.ours.record.values, both.theirs.values)
    return settle(
        difference,
        ours=both.ours,
        theirs=both.theirs,
        chosen=Record.of(values, both.theirs.unmapped),
        expected=content_mark(both.ours.record),
        actor=by or world.nok,
        now=world.now,
    )


@pytest.fixture
def differing(world, bring):
    """Malee is here, and a new version of her row waits."""

    def make(**changed):
        bring(table(MALEE))
        row = {**MALEE, **changed}
        assert bring(table({k: v for k, v in row.items() if v is not None})).waiting == 1
        return Difference.objects.select_related("survivor__node").get()

    return make


NEWS = {
    "prs_FirstName": "Malee Ann",
    "prs_MobilePhone": "0899999999",
    "prs_MaritalStatus": "Single",
    "vic_TraffickingStatus": "ActualVictimOfTrafficking",
    "vic_TraffickingStatusDecisionMakingOrg": "Police",
    "cas_Status": "Closed",
    "cas_ReasonForCaseClosure": "home again",
    "con_Consent": "FALSE",
    "Favourite food": "durian",
}


def test_theirs_changes_file_case_and_rest(world, bring, differing):
    difference = differing(**NEWS)
    decided(world, difference, lambda ours, theirs: {**ours, **theirs})
    difference.refresh_from_db()
    assert difference.decision == "theirs"
    said = now_recorded(world).record
    for name, value in NEWS.items():
        if name in said.values:
            assert said.values[name] == value
    assert said.unmapped == {"Favourite food": "durian"}
    assert set(NEWS) - set(said.values) == {"Favourite food"}
    assert [s.status for s in Identification.objects.all()] == ["possible", "identified"]
    assert Consent.objects.get().withdrawn_on is not None
    assert Contact.objects.filter(removed_at=None).count() == 1
    assert Case.objects.get().status == "closed"
    assert bring(table({**MALEE, **NEWS})).unchanged == 1


def test_ours_stays_and_is_not_asked_again(world, bring, differing):
    difference = differing(prs_FirstName="Someone")
    before = now_recorded(world).record
    both = queries.versions(world.nok, difference, now=world.now)
    settle(
        difference,
        ours=both.ours,
        theirs=both.theirs,
        chosen=both.ours.record,
        expected=content_mark(both.ours.record),
        actor=world.nok,
        now=world.now,
    )
    assert now_recorded(world).record == before
    assert Survivor.objects.get().version == 1
    assert bring(table({**MALEE, "prs_FirstName": "Someone"})).unchanged == 1


def test_a_mixture_of_both(world, differing):
    difference = differing(prs_FirstName="Mali", prs_MobilePhone="0899999999")
    decided(world, difference, lambda ours, theirs: {**ours, "prs_FirstName": "Mali"})
    difference.refresh_from_db()
    values = now_recorded(world).record.values
    assert (values["prs_FirstName"], values["prs_MobilePhone"]) == ("Mali", "0812345678")
    assert difference.decision == "both"


def test_what_we_know_beyond_the_file_stays(world, differing):
    difference = differing(prs_FirstName="Mali")
    survivor = Survivor.objects.select_related("node").get()
    known = now_recorded(world).facts.kept.particulars
    of_her.edit(
        survivor,
        dataclasses.replace(known, interpreter=True, languages=("shn", "tsq")),
        expected=1,
        actor=world.nok,
        now=world.now,
    )
    decided(world, difference, lambda ours, theirs: {**ours, "prs_FirstName": "Mali"})
    kept = now_recorded(world).facts.kept.particulars
    assert (kept.given_name, kept.interpreter, kept.languages) == ("Mali", True, ("shn", "tsq"))


def test_two_deciders_and_an_edit_in_between(world, differing):
    difference = differing(prs_FirstName="Mali")
    both = queries.versions(world.nok, difference, now=world.now)
    seen = content_mark(both.ours.record)
    of_her.edit(
        Survivor.objects.select_related("node").get(),
        Particulars(given_name="Edited"),
        expected=1,
        actor=world.arun,
        now=world.now,
    )
    how = {"theirs": both.theirs, "actor": world.nok, "now": world.now, "expected": seen}
    with pytest.raises(Refusal, match="RY-EDIT-CONFLICT"):
        settle(difference, ours=both.ours, chosen=both.theirs, **how)
    fresh = now_recorded(world)
    with pytest.raises(Refusal, match="RY-EDIT-CONFLICT"):
        settle(difference, ours=fresh, chosen=both.theirs, **how)
    how |= {"ours": fresh, "expected": content_mark(fresh.record)}
    settle(difference, chosen=fresh.record, **how)
    with pytest.raises(Refusal, match="RY-HTCDS-DECIDED"):
        settle(difference, chosen=both.theirs, **how)


def test_strangers_and_excluded_people_find_nothing(world, differing):
    difference = differing(prs_FirstName="Mali")
    world.exclude(world.prasit, difference.survivor.node)
    for reader in (world.dao, world.prasit, world.lek):
        assert not queries.differences(reader, now=world.now).exists()
        with pytest.raises(Refusal, match="RY-ABSENT"):
            queries.difference(reader, difference.pk, now=world.now)
    assert queries.difference(world.arun, difference.pk, now=world.now) == difference


def test_a_case_opens_closes_and_reopens_by_the_file(world, bring):
    bare = {k: v for k, v in MALEE.items() if k != "cas_Status"}
    bring(table(bare))
    assert not Case.objects.exists()
    for status, state in (("Active", "open"), ("Closed", "closed"), ("FollowUp", "open")):
        bring(table({**bare, "cas_Status": status}))
        waiting = Difference.objects.select_related("survivor__node").get(decided_at=None)
        decided(world, waiting, lambda ours, theirs: {**ours, **theirs})
        assert Case.objects.get().status == state
        assert now_recorded(world).record.values["cas_Status"] == status
