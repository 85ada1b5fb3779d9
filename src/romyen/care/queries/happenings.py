"""What care adds to a case's time line: days and codes, nothing sealed. One query."""

from datetime import datetime
from types import SimpleNamespace
from typing import Any

from django.db.models import CharField, F, QuerySet, Value
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from romyen import access
from romyen.care.models import Appointment, FollowUp, GoalTurn, Service, Session
from romyen.care.words import label
from romyen.cases.models import Case
from romyen.cases.queries.timeline import Happening


def happenings(reader: access.Actor, case: Case, *, most: int, now: datetime) -> list[Happening]:
    """Goals set and reached, services, sessions (the day alone), appointments kept, follow-ups."""
    if not access.decide(reader, "care.read", case.node, now=now):
        return []
    first, *rest = _kinds(case)
    rows = first.union(*rest, all=True).order_by("-day", "-key")[:most]
    return [_happening(case, *row) for row in rows]


def _kinds(case: Case) -> list[QuerySet[Any, Any]]:
    """One SELECT for each kind of thing, all with the same five columns."""
    turns = GoalTurn.objects.filter(goal__case=case)
    hers = {"case": case}
    fresh = {**hers, "void_at": None}
    return [
        _rows(turns.filter(turn=GoalTurn.SET), "care_goal", "on", "kind"),
        _rows(
            turns.filter(turn=GoalTurn.REVIEWED, state="reached"), "care_goal_reached", "on", "kind"
        ),
        _rows(Service.objects.filter(**fresh), "care_service", "on", "kind"),
        _rows(Session.objects.filter(**fresh), "care_session", "on", ""),
        _rows(Appointment.objects.filter(state="kept", **fresh), "care_appointment", "on", ""),
        _rows(FollowUp.objects.filter(state="done", **hers), "care_follow_up", "done_on", ""),
    ]


def _rows(rows: QuerySet[Any], kind: str, day: str, code: str) -> QuerySet[Any, Any]:
    said = F(code) if code else Value("", output_field=CharField())
    rows = rows.order_by().annotate(
        sort=Value(kind, output_field=CharField()), day=F(day), key=F("pk"), said=said
    )
    return rows.values_list("sort", "day", "key", "by", "said")


def _happening(case: Case, kind: str, day: Any, key: str, by: str, code: str) -> Happening:
    title, route = _TOLD[kind]
    said: dict[str, Any] = {"title": gettext(title), "href": reverse(route, args=[case.pk])}
    if code:
        said["text"] = label("kinds", code)
    return Happening(kind, day, by, SimpleNamespace(pk=key), said)


_TOLD = {
    "care_goal": (_("A goal was set"), "care:of-case"),
    "care_goal_reached": (_("A goal was reached"), "care:of-case"),
    "care_service": (_("Help was given"), "care:services"),
    "care_session": (_("A counselling session"), "care:of-case"),
    "care_appointment": (_("An appointment was kept"), "care:appointments"),
    "care_follow_up": (_("A follow-up was made"), "care:follow-ups"),
}
