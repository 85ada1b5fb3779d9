"""Reading recommendations: the list, one of them, its turns, what has to be looked at again."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext

from romyen import access
from romyen.access import Actor, Member, Team
from romyen.advocacy.models import Recommendation, Turn
from romyen.advocacy.words import ALL, OPEN_ONES, OVERDUE, open_statuses, words
from romyen.rules.dues import MOST, Due
from romyen.rules.refusals import refuse
from romyen.rules.spans import local_day

PER_PAGE = 25
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Filters:
    """What of the list is wanted: a status or ``open``, ``overdue``, ``all``; a theme or none."""

    status: str = OPEN_ONES
    theme: str = ""


@dataclass
class Listed:
    """One page of the list, the newest first; ``older`` continues it."""

    rows: list[Recommendation]
    older: str = ""


def recommendations(actor: Actor, *, now: datetime) -> QuerySet[Recommendation]:
    """The recommendations that the actor may read."""
    found = Recommendation.objects.select_related("node", "owner")
    return access.visible_to(actor, "recommendation.read", found, now=now)


def recommendation(actor: Actor, ref: str, *, now: datetime) -> Recommendation:
    """One of them, or ``RY-ABSENT``."""
    return access.one(recommendations(actor, now=now), ref)


def recommendation_for(actor: Actor, ref: str, *, now: datetime) -> Recommendation:
    """One that the actor may change."""
    found = recommendation(actor, ref, now=now)
    access.require(actor, "recommendation.record", found.node, now=now)
    return found


def listed(
    actor: Actor, *, filters: Filters | None = None, older: str = "", now: datetime
) -> Listed:
    """A page of the list; the number of queries does not grow with it."""
    found = Recommendation.objects.select_related("node", "owner")
    found = _narrow(found.order_by("-recorded_at", "-node"), filters or Filters(), now)
    if older:
        found = found.filter(_before(older))
    rows = access.first_visible(actor, "recommendation.read", found, most=PER_PAGE + 1, now=now)
    more = len(rows) > PER_PAGE
    return Listed(rows[:PER_PAGE], _mark(rows[PER_PAGE - 1]) if more else "")


def _narrow(
    found: QuerySet[Recommendation], wanted: Filters, now: datetime
) -> QuerySet[Recommendation]:
    if wanted.theme:
        found = found.filter(theme=words("themes").item(wanted.theme).code)
    if wanted.status == OVERDUE:
        return found.filter(review_on__lt=local_day(now))
    if wanted.status == OPEN_ONES:
        return found.filter(status__in=open_statuses())
    if wanted.status == ALL:
        return found
    return found.filter(status=words("statuses").item(wanted.status).code)


def _mark(row: Recommendation) -> str:
    """Where a page ends: recorded at (microseconds since 1970) and id."""
    return f"{(row.recorded_at - _EPOCH) // timedelta(microseconds=1)}.{row.pk}"


def _before(mark: str) -> Q:
    """Everything older than a mark; what is no mark refuses with ``RY-BAD-INPUT``."""
    moment, dot, pk = mark.partition(".")
    if not (dot and moment.isascii() and moment.isdigit() and len(moment) <= 17):
        raise refuse("RY-BAD-INPUT")
    at = _EPOCH + timedelta(microseconds=int(moment))
    return Q(recorded_at__lte=at) & (Q(recorded_at__lt=at) | Q(node__lt=pk))


def turns(kept: Recommendation) -> list[Turn]:
    """What became of it, the latest first. It was read through ``recommendation``."""
    return list(kept.turns.order_by("-on", "-recorded_at", "-pk"))


def teams(actor: Actor, *, now: datetime) -> list[Team]:
    """The teams for which the actor keeps recommendations."""
    found = Team.objects.select_related("node")
    return list(access.visible_to(actor, "recommendation.record", found, now=now).order_by("name"))


def colleagues(teams: list[Team], *, now: datetime) -> list[Member]:
    """Who may have a recommendation of these teams in charge, by name."""
    found = {
        member.pk: member
        for team in teams
        for member in access.who_can("recommendation.read", team.node, now=now)
    }
    return sorted(found.values(), key=lambda member: (member.name, member.pk))


def dues(
    actor: Actor, *, since: datetime, until: datetime, now: datetime, mine: bool = False
) -> list[Due]:
    """The days on which a recommendation has to be looked at again, for the calendar."""
    days = {"review_on__gte": local_day(since), "review_on__lt": local_day(until)}
    found = Recommendation.objects.filter(**days).select_related("node")
    if mine:
        found = found.filter(in_charge=actor.id)
    found = found.order_by("review_on", "node")
    seen = access.first_visible(actor, "recommendation.read", found, most=MOST, now=now)
    return [_due(row, actor) for row in seen]


def _due(row: Recommendation, actor: Actor) -> Due:
    what = gettext("Look at a recommendation again")
    href = reverse("advocacy:recommendation", args=[row.pk])
    mine = row.in_charge == actor.id
    at = row.review_on or row.turned_on
    return Due(row.pk, "review", at, what, row.node.code, href, mine)
