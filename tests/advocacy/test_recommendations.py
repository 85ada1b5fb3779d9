"""Recommendations: who keeps them, what is refused, and how they are followed up."""

from datetime import date, timedelta

import pytest
from tests.advocacy.story import TEXT, a_recommendation, an_authority, as_stored, refused, turned

from romyen.advocacy import actions, queries
from romyen.advocacy.models import Recommendation, Turn
from romyen.audit.models import Entry
from romyen.partners import actions as partners
from romyen.rules.codes import check_code, kind_of


def test_an_analyst_keeps_a_recommendation_and_its_first_turn_says_proposed(world):
    ann = world.join("ann", "analyst", world.team, by=world.founder)
    kept = a_recommendation(world, by=ann, source_year=2025, in_charge=ann.id)
    stored = as_stored(kept)
    assert kind_of(check_code(stored.node.code)) == "recommendation"
    assert (stored.status, stored.turned_on, stored.version) == ("proposed", date(2025, 7, 1), 1)
    (turn,) = Turn.objects.all()
    assert (turn.status, turn.on, turn.recorded_by) == ("proposed", date(2025, 7, 1), ann.id)
    entry = Entry.objects.get(verb="recommendation.record")
    assert (entry.actor, entry.subjects.get().subject) == (ann.id, kept.pk)


def test_who_only_reads_is_denied_and_a_stranger_or_the_excluded_finds_nothing(world):
    kept = a_recommendation(world)
    world.exclude(world.prasit, kept.node)
    for who, code in (("arun", "RY-ACCESS-DENIED"), ("mali", "RY-ABSENT"), ("wit", "RY-ABSENT"),
                      ("dao", "RY-ABSENT"), ("prasit", "RY-ABSENT")):  # fmt: skip
        with refused(code):
            turned(world, kept, by=getattr(world, who))
        with refused(code):
            actions.edit(kept, expected=1, theme="labour", actor=getattr(world, who), now=world.now)
    assert queries.recommendation(world.arun, kept.pk, now=world.now) == kept
    for who in (world.dao, world.prasit, world.wit):
        with refused("RY-ABSENT"):
            queries.recommendation(who, kept.pk, now=world.now)
    assert as_stored(kept).version == 1


@pytest.mark.parametrize(
    ("facts", "code", "field"),
    [
        ({"source": "rumour"}, "RY-LIST-UNKNOWN", "source"),
        ({"theme": "weather"}, "RY-LIST-UNKNOWN", "theme"),
        ({"text": " \n "}, "RY-ADVOCACY-TEXT", "text"),
        ({"source_year": 2027}, "RY-ADVOCACY-YEAR", "source_year"),
        ({"source_year": 1989}, "RY-ADVOCACY-YEAR", "source_year"),
        ({"review_on": date(2026, 3, 1)}, "RY-ADVOCACY-REVIEW-PAST", "review_on"),
        ({"on": date(2026, 3, 3)}, "RY-ADVOCACY-FUTURE", "on"),
        ({"in_charge": "nobody"}, "RY-ADVOCACY-IN-CHARGE", "in_charge"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(world, facts, code, field):
    with refused(code, field):
        a_recommendation(world, **facts)
    assert not Recommendation.objects.exists()


def test_a_colleague_of_another_team_and_an_authority_that_is_gone_are_refused(world):
    with refused("RY-ADVOCACY-IN-CHARGE"):
        a_recommendation(world, in_charge=world.dao.id)
    authority = an_authority(world)
    kept = a_recommendation(world, owner=authority)
    who = {"actor": world.nok, "now": world.now}
    gone = partners.edit(authority, expected=1, name=authority.name, kind="NGO", country="TH",
                         province="10", contact="", active=False, **who)  # fmt: skip
    actions.edit(kept, expected=1, owner=gone, **who)
    with refused("RY-ADVOCACY-OWNER", "owner"):
        a_recommendation(world, owner=gone)


def test_turns_follow_each_other_and_an_end_takes_the_review_away(world):
    kept = a_recommendation(world, review_on=date(2026, 4, 1))
    turned(world, kept, review_on=date(2026, 5, 1))
    assert as_stored(kept).review_on == date(2026, 5, 1)
    turned(world, kept, status="done", on=date(2026, 3, 1), review_on=date(2026, 6, 1))
    stored = as_stored(kept)
    assert (stored.status, stored.review_on) == ("done", None)
    again = turned(world, kept, status="partly", on=date(2026, 3, 2), review_on=date(2026, 6, 1))
    assert [turn.status for turn in queries.turns(kept)] == [
        "partly",
        "done",
        "promised",
        "proposed",
    ]
    assert again.on == date(2026, 3, 2)


@pytest.mark.parametrize(
    ("facts", "code", "field"),
    [
        ({"status": "forgotten"}, "RY-LIST-UNKNOWN", "status"),
        ({"on": date(2026, 3, 3)}, "RY-ADVOCACY-FUTURE", "on"),
        ({"on": date(2025, 6, 30)}, "RY-ADVOCACY-EARLY", "on"),
        ({"evidence": " "}, "RY-ADVOCACY-EVIDENCE", "evidence"),
        ({"review_on": date(2026, 3, 1)}, "RY-ADVOCACY-REVIEW-PAST", "review_on"),
        ({"url": "javascript:alert(1)"}, "RY-ADVOCACY-URL", "url"),
        ({"url": "https://someone:secret@example.org/"}, "RY-ADVOCACY-URL", "url"),
        ({"url": "https://example.org/a b"}, "RY-ADVOCACY-URL", "url"),
        ({"url": "https://example.org/" + "a" * 500}, "RY-ADVOCACY-URL", "url"),
    ],
)
def test_a_turn_that_cannot_be_is_refused(world, facts, code, field):
    kept = a_recommendation(world)
    with refused(code, field):
        turned(world, kept, **facts)
    assert as_stored(kept).status == "proposed"


def test_an_address_alone_is_evidence(world):
    kept = a_recommendation(world)
    assert turned(world, kept, evidence="", url="https://example.org/act").url.endswith("/act")


def test_the_second_of_two_writers_gets_the_conflict(world):
    kept = a_recommendation(world)
    actions.edit(kept, expected=1, theme="labour", actor=world.nok, now=world.now)
    with refused("RY-EDIT-CONFLICT"):
        actions.edit(kept, expected=1, theme="judges", actor=world.nok, now=world.now)
    assert as_stored(kept).theme == "labour"


def test_a_review_that_is_over_may_stay_while_the_rest_is_corrected(world):
    kept = a_recommendation(world, review_on=date(2026, 3, 5))
    later = world.now + timedelta(days=30)
    who = {"actor": world.nok, "now": later}
    edited = actions.edit(kept, expected=1, text="Other words", review_on=date(2026, 3, 5), **who)
    assert edited.review_on == date(2026, 3, 5)
    with refused("RY-ADVOCACY-REVIEW-PAST"):
        actions.edit(kept, expected=2, review_on=date(2026, 3, 6), **who)


def test_reviews_stand_in_the_calendar_and_narrow_the_list_when_overdue(world):
    mine = a_recommendation(world, review_on=date(2026, 3, 9), in_charge=world.nok.id)
    other = a_recommendation(world, review_on=date(2026, 3, 12))
    since, until = world.now, world.now + timedelta(days=30)
    span = {"since": since, "until": until, "now": world.now}
    assert [due.code for due in queries.dues(world.nok, **span)] == [
        mine.node.code,
        other.node.code,
    ]
    (due,) = queries.dues(world.nok, **span, mine=True)
    assert (due.kind, due.at, due.mine) == ("review", date(2026, 3, 9), True)
    assert queries.dues(world.dao, **span) == []
    overdue = queries.Filters(status="overdue")
    assert queries.listed(world.nok, filters=overdue, now=world.now).rows == []
    later = world.now + timedelta(days=8)
    assert queries.listed(world.nok, filters=overdue, now=later).rows == [mine]
    assert mine.text == TEXT
