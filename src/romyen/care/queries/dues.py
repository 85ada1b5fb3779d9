"""What care adds to the calendar. It names nobody and no illness. One query."""

from datetime import date, datetime, time
from typing import Any

from django.db.models import CharField, F, Q, QuerySet, TimeField, Value
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from romyen import access
from romyen.care.models import Appointment, FollowUp, Goal
from romyen.rules.dues import MOST, Due
from romyen.rules.spans import BANGKOK, Moment, local_day

_SAID = {
    "goal_review": (_("A goal is to be looked at again"), "care:of-case"),
    "appointment": (_("An appointment"), "care:appointments"),
    "follow_up": (_("A follow-up"), "care:follow-ups"),
}


def dues(
    reader: access.Actor, *, since: datetime, until: datetime, now: datetime, mine: bool = False
) -> list[Due]:
    """Reviews of goals, appointments and follow-ups, from ``since`` until before ``until``.

    Follow-ups of closed cases too. ``mine``: of cases that the reader manages, and what is the
    reader's to do. A source of ``settings.ROMYEN_DUES``.
    """
    first, *rest = (
        _rows(access.visible_to(reader, "care.read", rows, now=now), since, until, *columns)
        for rows, *columns in _kinds(reader, mine=mine)
    )
    found = first.union(*rest, all=True).order_by("day", "clock", "key")[:MOST]
    return sorted((_due(reader, *row) for row in found), key=lambda due: due.order)


def _kinds(reader: access.Actor, *, mine: bool) -> list[tuple[Any, ...]]:
    """The rows of each kind, its code, and its columns for the day, the hour and the person."""
    goals = Goal.objects.filter(case__status="open", state__in=(Goal.OPEN, Goal.PAUSED))
    visits = Appointment.objects.filter(
        case__status="open", state=Appointment.PLANNED, void_at=None
    )
    waiting = FollowUp.objects.filter(state=FollowUp.PLANNED)
    kinds: list[tuple[Any, ...]] = [
        (goals, "goal_review", "review_on", "", "member_id"),
        (visits, "appointment", "on", "hour", "companion_id"),
        (waiting, "follow_up", "due_on", "", ""),
    ]
    if not mine:
        return kinds
    return [(rows.filter(_own(reader, rest[-1])), *rest) for rows, *rest in kinds]


def _own(reader: access.Actor, person: str) -> Q:
    managed = Q(case__manager=reader.id)
    return managed | Q(**{person: reader.id}) if person else managed


def _rows(
    rows: QuerySet[Any],
    since: datetime,
    until: datetime,
    kind: str,
    day: str,
    hour: str,
    person: str,
) -> QuerySet[Any, Any]:
    between = {f"{day}__gte": local_day(since), f"{day}__lt": local_day(until)}
    nobody = Value("", output_field=CharField())
    found = rows.filter(**between).order_by()
    found = found.annotate(
        sort=Value(kind, output_field=CharField()),
        day=F(day),
        clock=F(hour) if hour else Value(None, output_field=TimeField()),
        key=F("pk"),
        person=F(person) if person else nobody,
    )
    told: QuerySet[Any, Any] = found.values_list(
        "sort", "day", "clock", "key", "person", "case_id", "case__manager_id", "case__node__code"
    )
    return told


def _due(
    reader: access.Actor,
    kind: str,
    day: date,
    clock: time | None,
    key: str,
    person: str | None,
    case: str,
    manager: str,
    code: str,
) -> Due:
    words, route = _SAID[kind]
    at: Moment = datetime.combine(day, clock, BANGKOK) if clock else day
    href = reverse(route, args=[case])
    own = reader.id in (person, manager)
    return Due(key, kind, at, gettext(words), code, href, mine=own)
