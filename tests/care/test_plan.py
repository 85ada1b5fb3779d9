"""The plan: her own words, who may read them, and nothing overwritten in silence."""

from datetime import date, timedelta

import pytest
from tests.care.story import TODAY, WISH, a_case, a_goal, a_partner, refused

from romyen import access
from romyen.audit.models import Entry
from romyen.care import actions
from romyen.care.models import Goal, GoalTurn

pytestmark = pytest.mark.django_db


def words_of(world, reader, row):
    return access.reveal(reader, [row], ["words"], purpose="care", now=world.now)[row.pk]["words"]


def test_a_goal_keeps_her_words_for_those_who_carry_the_plan_out(world):
    goal = a_goal(world, a_case(world), set_on=date(2026, 2, 1))
    assert (goal.state, goal.review_on) == ("open", date(2026, 3, 3))  # thirty days
    for reader in (world.nok, world.arun, world.mali):
        assert words_of(world, reader, goal) == WISH
    for reader in (world.wit, world.dao):
        assert words_of(world, reader, goal) is access.CLOSED
    entry = Entry.objects.filter(verb="care.plan").get()
    assert WISH not in str(entry.__dict__)


def test_who_may_plan(world):
    case = a_case(world)
    world.exclude(world.prasit, case.survivor.node)
    for reader in (world.arun, world.mali):
        a_goal(world, case, by=reader)
    for reader in (world.dao, world.again(world.prasit), world.wit):
        with refused("RY-ABSENT"):
            a_goal(world, case, by=reader)


@pytest.mark.parametrize(
    ("facts", "code", "field"),
    [
        ({"words": "  "}, "RY-CARE-NO-WORDS", "words"),
        ({"kind": "Luck"}, "RY-LIST-UNKNOWN", "kind"),
        ({"set_on": TODAY + timedelta(1)}, "RY-CARE-FUTURE", "set_on"),
        ({"review_on": TODAY}, "RY-CARE-REVIEW", "review_on"),
    ],
)
def test_a_goal_that_cannot_be_is_refused_beside_its_field(world, facts, code, field):
    with refused(code, field):
        a_goal(world, a_case(world), **facts)
    assert not Goal.objects.exists()


def test_a_colleague_of_another_team_and_a_partner_left_behind_are_refused(world):
    case, partner = a_case(world), a_partner(world)
    with refused("RY-CASE-MEMBER", "member"):
        a_goal(world, case, member=world.dao.member)
    partner.active = False
    with refused("RY-CARE-PARTNER", "partner"):
        a_goal(world, case, partner=partner)


def review(world, goal, state, on=TODAY, expected=None, **facts):
    return actions.review_goal(
        goal,
        state=state,
        on=on,
        expected=expected or goal.version,
        actor=world.nok,
        now=world.now,
        **facts,
    )


def test_every_version_of_a_goal_stays(world):
    goal = a_goal(world, a_case(world), set_on=date(2026, 2, 1))
    facts = {"kind": "Livelihood", "words": "I want to sew.", "expected": 1}
    actions.rewrite_goal(goal, **facts, actor=world.arun, now=world.now)
    review(world, goal, "reached")
    goal.refresh_from_db()
    assert (goal.version, goal.state, goal.reached_on) == (3, "reached", TODAY)
    assert goal.review_on is None
    turns = list(GoalTurn.objects.order_by("number"))
    assert [(t.number, t.turn, t.kind, t.state) for t in turns] == [
        (1, "set", "Education", "open"),
        (2, "rewritten", "Livelihood", "open"),
        (3, "reviewed", "Livelihood", "reached"),
    ]
    assert [words_of(world, world.nok, turn) for turn in turns[:2]] == [WISH, "I want to sew."]


def test_the_second_of_two_writers_is_told(world):
    goal = a_goal(world, a_case(world))
    other = Goal.objects.get(pk=goal.pk)
    facts = {"kind": "Health", "words": "Sleep well.", "expected": 1}
    actions.rewrite_goal(goal, **facts, actor=world.nok, now=world.now)
    with refused("RY-EDIT-CONFLICT"):
        actions.rewrite_goal(other, **facts, actor=world.arun, now=world.now)
    with refused("RY-EDIT-CONFLICT"):
        review(world, other, "reached", expected=1)
    assert GoalTurn.objects.count() == 2


@pytest.mark.parametrize("state", ["paused", "changed", "given_up"])
def test_what_stops_says_why(world, state):
    goal = a_goal(world, a_case(world))
    with refused("RY-CARE-WHY", "words"):
        review(world, goal, state)
    review(world, goal, state, words="She has found work.")
    assert Goal.objects.get().state == state


def test_reached_before_it_was_set_is_refused(world):
    goal = a_goal(world, a_case(world), set_on=date(2026, 2, 1))
    with refused("RY-CARE-BEFORE-SET", "on"):
        review(world, goal, "reached", on=date(2026, 1, 31))
    with refused("RY-CARE-FUTURE", "on"):
        review(world, goal, "reached", on=TODAY + timedelta(1))
    assert Goal.objects.get().version == 1


def test_a_goal_that_goes_on_is_looked_at_again_in_thirty_days(world):
    goal = a_goal(world, a_case(world))
    review(world, goal, "open")
    assert goal.review_on == TODAY + timedelta(30)
    with refused("RY-CARE-REVIEW", "review_on"):
        review(world, goal, "open", review_on=TODAY)
