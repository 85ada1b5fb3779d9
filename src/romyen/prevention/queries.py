"""Reading sessions: the list, one session, what lies ahead."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import get_language

from romyen import access
from romyen.access import Actor, Member, Team
from romyen.prevention.models import Answers, Session
from romyen.prevention.words import words
from romyen.rules.dues import MOST, Due
from romyen.rules.refusals import refuse
from romyen.rules.spans import local_day

PER_PAGE = 25
LIGHT = ("node", "node__code", "node__kind", "node__parent", "node__team", "on", "kind", "topics",
         "place", "venue", "reach", "disclosures")  # fmt: skip


@dataclass(frozen=True)
class Filters:
    """What of the list is wanted: codes, or empty for everything."""

    kind: str = ""
    province: str = ""


@dataclass
class Listed:
    """One page of sessions, the latest first; ``older`` continues it."""

    rows: list[Session]
    older: str = ""


def sessions(actor: Actor, *, now: datetime) -> QuerySet[Session]:
    """The sessions that the actor may read."""
    found = Session.objects.select_related("node", "partner")
    return access.visible_to(actor, "session.read", found, now=now)


def session(actor: Actor, ref: str, *, now: datetime) -> Session:
    """One session, or ``RY-ABSENT``."""
    return access.one(sessions(actor, now=now), ref)


def session_for(actor: Actor, ref: str, *, now: datetime) -> Session:
    """One session that the actor may change."""
    found = session(actor, ref, now=now)
    access.require(actor, "session.record", found.node, now=now)
    return found


def listed(
    actor: Actor, *, filters: Filters | None = None, older: str = "", now: datetime
) -> Listed:
    """A page of the list; the number of queries does not grow with the sessions."""
    wanted = filters or Filters()
    found = Session.objects.select_related("node").only(*LIGHT).order_by("-on", "-node")
    if wanted.kind:
        found = found.filter(kind=words("kinds").item(wanted.kind).code)
    if wanted.province:
        found = found.filter(place__startswith=wanted.province[:2])
    if older:
        found = found.filter(_before(older))
    rows = access.first_visible(actor, "session.read", found, most=PER_PAGE + 1, now=now)
    more = len(rows) > PER_PAGE
    last = rows[PER_PAGE - 1] if more else None
    mark = f"{last.on.toordinal()}.{last.pk}" if last else ""
    return Listed(rows[:PER_PAGE], mark)


def _before(mark: str) -> Q:
    """Everything before a mark; what is no mark refuses with ``RY-BAD-INPUT``."""
    ordinal, dot, pk = mark.partition(".")
    if not (dot and ordinal.isascii() and ordinal.isdigit() and 0 < int(ordinal[:7]) < 10**6):
        raise refuse("RY-BAD-INPUT")
    on = date.fromordinal(int(ordinal))
    return Q(on__lte=on) & (Q(on__lt=on) | Q(node__lt=pk))


def answers(session: Session) -> list[Answers]:
    """What its groups answered, by stage. The session was read through ``session``."""
    return list(session.answers.order_by("stage"))


def teams(actor: Actor, *, now: datetime) -> list[Team]:
    """The teams for which the actor may record a session."""
    found = access.visible_to(actor, "session.record", Team.objects.select_related("node"), now=now)
    return list(found.order_by("name"))


def colleagues(teams: list[Team], *, now: datetime) -> list[Member]:
    """Who may have held a session of these teams, by name."""
    found = {
        member.pk: member
        for team in teams
        for member in access.who_can("session.read", team.node, now=now)
    }
    return sorted(found.values(), key=lambda member: (member.name, member.pk))


def dues(actor: Actor, *, since: datetime, until: datetime, now: datetime) -> list[Due]:
    """The sessions that lie ahead, from ``since`` until before ``until``, for the calendar."""
    days = {"on__gte": max(local_day(since), local_day(now)), "on__lt": local_day(until)}
    ahead = Session.objects.filter(**days).select_related("node").order_by("on", "node")
    seen = access.first_visible(actor, "session.read", ahead, most=MOST, now=now)
    return [_due(session, actor) for session in seen]


def _due(session: Session, actor: Actor) -> Due:
    what = words("kinds").label(session.kind, get_language() or "en")
    href = reverse("prevention:session", args=[session.pk])
    mine = actor.id in session.facilitators
    return Due(session.pk, "session", session.on, what, session.node.code, href, mine)
