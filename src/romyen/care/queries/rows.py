"""The rows of one case's care, still sealed. The case was read through ``cases.queries.case``."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Max, Min, Model, Q, QuerySet

from romyen import access
from romyen.care.models import (
    Appointment,
    FollowUp,
    Goal,
    GoalTurn,
    Measure,
    Service,
    Session,
)
from romyen.cases.models import Case
from romyen.rules.spans import local_day

_STATES = (Goal.OPEN, Goal.PAUSED, Goal.REACHED, Goal.CHANGED, Goal.GIVEN_UP)


def part[M: Model](
    actor: access.Actor, rows: QuerySet[M], case_ref: str, ref: str, *, now: datetime
) -> M:
    """One row of a case's care, or ``RY-ABSENT``; what may be done with it is asked apart."""
    mine = rows.filter(case_id=case_ref).select_related("case__node", "case__survivor__node")
    return access.one(access.visible_to(actor, "case.read", mine, now=now), ref)


def goals(case: Case) -> list[Goal]:
    """The goals of a case: those under way first, each group in the order in which it was set."""
    rows = Goal.objects.filter(case=case).select_related("member", "partner")
    return sorted(rows.order_by("set_on", "at"), key=lambda row: _STATES.index(row.state))


def turns(goal: Goal) -> list[GoalTurn]:
    """The versions of a goal, newest first."""
    return list(goal.turns.select_related("goal").order_by("-number"))


def services(case: Case) -> list[Service]:
    """What was done for her, newest first."""
    rows = Service.objects.filter(case=case).select_related("partner", "goal")
    return list(rows.order_by("-on", "-at"))


def appointments(case: Case) -> list[Appointment]:
    """Appointments: those to come first, the nearest on top; then the rest, newest first."""
    rows = Appointment.objects.filter(case=case).select_related("partner", "companion")
    ordered = list(rows.order_by("-on", "-hour", "-at"))
    waiting = [row for row in ordered if row.state == Appointment.PLANNED and not row.void_at]
    return [*reversed(waiting), *(row for row in ordered if row not in waiting)]


def measures(case: Case) -> list[Measure]:
    """Measurements, newest first."""
    return list(Measure.objects.filter(case=case).order_by("-on", "-at"))


def sessions(case: Case) -> list[Session]:
    """Counselling sessions, newest first."""
    rows = Session.objects.filter(case=case).select_related("counsellor")
    return list(rows.order_by("-on", "-at"))


def follow_ups(case: Case) -> list[FollowUp]:
    """Follow-ups by the day on which they are due; those replaced at the end."""
    rows = FollowUp.objects.filter(case=case).order_by("due_on", "at")
    return sorted(rows, key=lambda row: row.state == FollowUp.REPLACED)


@dataclass(frozen=True)
class Summary:
    """What a reader of care learns without opening anything: counts and days."""

    open_goals: int
    reached_goals: int
    next_review: date | None
    next_appointment: date | None
    last_service: date | None
    services: int
    sessions: int
    last_session: date | None
    next_follow_up: date | None


def summary(case: Case, *, now: datetime) -> Summary:
    """Counts and days of a case's care. Five small queries, however much there is."""
    today = local_day(now)
    open_ones = Q(state=Goal.OPEN)
    goals = Goal.objects.filter(case=case).aggregate(
        open=Count("pk", filter=open_ones),
        reached=Count("pk", filter=Q(state=Goal.REACHED)),
        review=Min("review_on"),
    )
    planned = Appointment.objects.filter(
        case=case, void_at=None, state=Appointment.PLANNED, on__gte=today
    )
    given = Service.objects.filter(case=case, void_at=None)
    given_ = given.aggregate(last=Max("on"), count=Count("pk"))
    held = Session.objects.filter(case=case, void_at=None)
    held_ = held.aggregate(last=Max("on"), count=Count("pk"))
    waiting = FollowUp.objects.filter(case=case, state=FollowUp.PLANNED)
    return Summary(
        open_goals=goals["open"],
        reached_goals=goals["reached"],
        next_review=goals["review"],
        next_appointment=planned.aggregate(next=Min("on"))["next"],
        last_service=given_["last"],
        services=given_["count"],
        sessions=held_["count"],
        last_session=held_["last"],
        next_follow_up=waiting.aggregate(next=Min("due_on"))["next"],
    )
