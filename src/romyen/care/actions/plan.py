"""The plan: goals in her own words, rewritten and reviewed, never silently overwritten."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from romyen import access
from romyen.access.models import Member
from romyen.care.actions.ground import new_part, require_member, require_over, require_partner, why
from romyen.care.models import Goal, GoalTurn
from romyen.care.words import kinds, listed
from romyen.cases.actions.ground import log, require_work
from romyen.cases.models import Case
from romyen.cases.versions import take_version
from romyen.partners.models import Partner
from romyen.rules.refusals import refuse
from romyen.rules.spans import local_day


def first_review(on: date) -> date:
    """When a goal set on that day is looked at again, unless somebody says otherwise."""
    days: int = listed("review_after").item("days").more["days"]
    return on + timedelta(days=days)


def set_goal(
    case: Case,
    *,
    kind: str,
    words: str,
    steps: str = "",
    member: Member | None = None,
    partner: Partner | None = None,
    set_on: date | None = None,
    review_on: date | None = None,
    actor: access.Actor,
    now: datetime,
) -> Goal:
    """Write down what she wants, in her own words; what is done towards it, and by whom.

    ``set_on`` is today and ``review_on`` thirty days later unless they are given.
    """
    with transaction.atomic():
        require_work(actor, case, now=now, verb="care.plan")
        on = set_on or local_day(now)
        require_over(on, field="set_on", now=now)
        goal: Goal = new_part(Goal, case, actor=actor, now=now, set_on=on, state_on=on)
        goal.review_on = _checked_review(on, review_on or first_review(on))
        _fill(goal, kind, words, steps, member, partner, actor, now)
        goal.save(force_insert=True)
        _turn(goal, GoalTurn.SET, on, actor, now, words=words, steps=steps)
        log(actor, "care.plan", case, now=now, goal=goal.pk, kind=kind)
    return goal


def rewrite_goal(
    goal: Goal,
    *,
    kind: str,
    words: str,
    steps: str = "",
    member: Member | None = None,
    partner: Partner | None = None,
    expected: int,
    actor: access.Actor,
    now: datetime,
) -> Goal:
    """Say it in other words, or change what is done and by whom. The former version stays."""
    with transaction.atomic():
        require_work(actor, goal.case, now=now, verb="care.plan")
        take_version(goal, expected)
        _fill(goal, kind, words, steps, member, partner, actor, now)
        goal.save(update_fields=["kind", "words", "steps", "member", "partner"])
        day = local_day(now)
        _turn(goal, GoalTurn.REWRITTEN, day, actor, now, words=words, steps=steps)
        log(actor, "care.plan", goal.case, now=now, goal=goal.pk, kind=kind, rewritten=True)
    return goal


def review_goal(
    goal: Goal,
    *,
    state: str,
    on: date,
    words: str = "",
    review_on: date | None = None,
    expected: int,
    actor: access.Actor,
    now: datetime,
) -> Goal:
    """Say how a goal stands: still open, reached, paused, replaced or given up, and why.

    Refuses a day before the goal was set (``RY-CARE-BEFORE-SET``), and a state that wants its
    reason without one (``RY-CARE-WHY``).
    """
    with transaction.atomic():
        require_work(actor, goal.case, now=now, verb="care.plan")
        item = listed("goal_states").item(state, field="state")
        require_over(on, field="on", now=now)
        if on < goal.set_on:
            raise refuse("RY-CARE-BEFORE-SET", field="on")
        said = why(words, field="words") if item.more.get("why") else words.strip()
        take_version(goal, expected)
        goal.state, goal.state_on = state, on
        goal.review_on = _next_review(state, on, review_on)
        access.seal(goal, actor=actor, now=now, why=said)
        goal.save(update_fields=["state", "state_on", "review_on", "why"])
        _turn(goal, GoalTurn.REVIEWED, on, actor, now, why=said)
        log(actor, "care.plan", goal.case, now=now, goal=goal.pk, state=state)
    return goal


def _next_review(state: str, on: date, review_on: date | None) -> date | None:
    """What goes on, or rests, is looked at again; what is over is not."""
    if state not in (Goal.OPEN, Goal.PAUSED):
        return None
    return _checked_review(on, review_on or first_review(on))


def _checked_review(on: date, review_on: date) -> date:
    if review_on <= on:
        raise refuse("RY-CARE-REVIEW", field="review_on")
    return review_on


def _fill(
    goal: Goal,
    kind: str,
    words: str,
    steps: str,
    member: Member | None,
    partner: Partner | None,
    actor: access.Actor,
    now: datetime,
) -> None:
    kinds().item(kind, field="kind")
    if not words.strip():
        raise refuse("RY-CARE-NO-WORDS", field="words")
    require_member(goal.case, member, field="member", now=now)
    require_partner(partner)
    goal.kind, goal.member, goal.partner = kind, member, partner
    access.seal(goal, actor=actor, now=now, words=words.strip(), steps=steps.strip())


def _turn(
    goal: Goal, turn: str, on: date, actor: access.Actor, now: datetime, **said: Any
) -> GoalTurn:
    row = GoalTurn(
        goal=goal,
        at=now,
        by=actor.id,
        turn=turn,
        number=goal.version,
        kind=goal.kind,
        state=goal.state,
        on=on,
        review_on=goal.review_on,
    )
    access.seal(row, actor=actor, now=now, **{name: text.strip() for name, text in said.items()})
    row.save(force_insert=True)
    return row
