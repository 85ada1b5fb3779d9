"""What shelters add to a case's time line and to the calendar."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext

from romyen import access
from romyen.access import Actor
from romyen.cases.models import Case
from romyen.cases.queries.timeline import Happening
from romyen.rules import places
from romyen.rules.dues import Due
from romyen.rules.spans import BANGKOK, local_day
from romyen.shelters.models import Shelter, Stay
from romyen.shelters.queries.incidents import visible
from romyen.shelters.words import LICENCE_DAYS, label, language


def happenings(reader: Actor, case: Case, *, most: int, now: datetime) -> list[Happening]:
    """Arrivals and exits of a case. Who may not read the house learns its province. One query."""
    if not access.decide(reader, "case.read", case.node, now=now):
        return []
    rows = Stay.objects.filter(case=case).select_related("shelter__node")
    found: list[Happening] = []
    for row in rows.order_by("-arrived_on", "-placed_at")[:most]:
        found += _told(reader, row, now)
    return found


def _told(reader: Actor, row: Stay, now: datetime) -> Iterator[Happening]:
    knows = bool(access.decide(reader, "shelter.read", row.shelter.node, now=now))
    at = datetime.combine(row.arrived_on, row.arrived_at, BANGKOK) if row.arrived_at else None
    came = gettext("Arrived in %(house)s") if knows else gettext("Arrived in a shelter")
    yield _happening("stay", row, at or row.arrived_on, row.placed_by, came, knows)
    if row.left_on:
        left = gettext("Left %(house)s") if knows else gettext("Left a shelter")
        yield _happening("exit", row, row.left_on, row.ended_by, left, knows)


def _happening(kind: str, row: Stay, at: Any, by: str, title: str, knows: bool) -> Happening:
    province = places.place(row.shelter.province).name(language())
    text = label("exit_reasons", row.exit_reason) if kind == "exit" else province
    said = {"title": title % {"house": row.shelter.name} if knows else title, "text": text}
    if knows:
        said["href"] = reverse("shelters:shelter", args=[row.shelter_id])
    return Happening(kind, at, by, row, said)


def dues(reader: Actor, *, since: datetime, until: datetime, now: datetime) -> list[Due]:
    """Ends of licences, sixty days before and on the day, and follow-ups. Two queries."""
    first, last = local_day(since), local_day(until)
    return [*_licences(reader, first, last, now), *_follow_ups(reader, first, last, now)]


def _licences(reader: Actor, first: date, last: date, now: datetime) -> Iterator[Due]:
    ahead = timedelta(days=LICENCE_DAYS)
    ending = Shelter.objects.filter(
        active=True, licence_until__gte=first, licence_until__lte=last + ahead
    ).select_related("node")
    for one in access.visible_to(reader, "shelter.read", ending, now=now):
        if one.licence_until is None:
            continue
        warned = one.licence_until - ahead
        if first <= warned <= last:
            what = gettext("The licence of a shelter ends in 60 days")
            yield _due(one, "licence", warned, what, f"{one.pk}-60")
        if one.licence_until <= last:
            what = gettext("The licence of a shelter ends")
            yield _due(one, "licence", one.licence_until, what, one.pk)


def _follow_ups(reader: Actor, first: date, last: date, now: datetime) -> Iterator[Due]:
    waiting = visible(reader, now=now).filter(
        followed_at=None, follow_up_on__gte=first, follow_up_on__lte=last
    )
    for one in waiting:
        href = reverse("shelters:incident", args=[one.shelter_id, one.pk])
        what = gettext("Follow-up of an incident")
        code = one.shelter.node.code
        yield Due(one.pk, "follow_up", one.follow_up_on or first, what, code, href)


def _due(shelter: Shelter, kind: str, at: date, what: str, key: str) -> Due:
    href = reverse("shelters:shelter", args=[shelter.pk])
    return Due(key, kind, at, what, shelter.node.code, href)
