"""Reading leads: the inbox, one lead, what hangs on it."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from django.db.models import Q, QuerySet

from romyen import access
from romyen.access import Actor, Team
from romyen.leads.models import Duty, Lead, Receipt
from romyen.leads.words import DANGER_NOW, OPEN, book, words
from romyen.rules import clocks
from romyen.rules.clocks import Deadline, State
from romyen.rules.refusals import refuse

PER_PAGE = 25
MOST_URGENT = 5
OPEN_ONES, ALL = "open", "all"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

_SHOWN = (
    "node", "node__code", "node__kind", "node__parent", "node__team", "node__created_at",
    "source", "place", "imminence", "child", "received_at", "status", "decision",
)  # fmt: skip


@dataclass(frozen=True)
class Filters:
    """What of the inbox is wanted: codes, or empty for everything."""

    status: str = OPEN_ONES
    imminence: str = ""
    province: str = ""


@dataclass
class Inbox:
    """One page of leads, newest first; ``older`` continues it. ``urgent`` stands above."""

    rows: list[Lead]
    older: str = ""
    urgent: list[Lead] = field(default_factory=list)


def leads(actor: Actor, *, now: datetime) -> QuerySet[Lead]:
    """The leads that the actor may read."""
    return access.visible_to(actor, "lead.read", Lead.objects.select_related("node"), now=now)


def lead(actor: Actor, ref: str, *, now: datetime) -> Lead:
    """One lead, or ``RY-ABSENT``."""
    return access.one(leads(actor, now=now), ref)


def lead_for(actor: Actor, ref: str, verb: str, *, now: datetime) -> Lead:
    """One lead on which the actor does ``verb``: nobody is shown a form that they may not send."""
    found = lead(actor, ref, now=now)
    access.require(actor, verb, found.node, now=now)
    return found


def inbox(
    actor: Actor,
    *,
    filters: Filters | None = None,
    older: str = "",
    size: int = PER_PAGE,
    now: datetime,
) -> Inbox:
    """A page of the inbox; the number of queries does not grow with the leads.

    Nothing sealed is loaded. ``older`` is the mark of the page before.
    """
    wanted = filters or Filters()
    light = Lead.objects.select_related("node").only(*_SHOWN).order_by("-received_at", "-node")
    found = _narrow(light, wanted)
    if older:
        found = found.filter(_before(older))
    rows = access.first_visible(actor, "lead.read", found, most=size + 1, now=now)
    more = rows[size - 1] if len(rows) > size else None
    alarming = [] if older else urgent(actor, light, now=now)
    return Inbox(rows[:size], _mark(more) if more else "", alarming)


def urgent(actor: Actor, light: QuerySet[Lead], *, now: datetime) -> list[Lead]:
    """The latest open leads that say someone is in danger now."""
    now_in_danger = light.filter(imminence=DANGER_NOW, status__in=OPEN)
    return access.first_visible(actor, "lead.read", now_in_danger, most=MOST_URGENT, now=now)


def _narrow(found: QuerySet[Lead], wanted: Filters) -> QuerySet[Lead]:
    if wanted.status == OPEN_ONES:
        found = found.filter(status__in=OPEN)
    elif wanted.status != ALL:
        found = found.filter(status=words("statuses").item(wanted.status).code)
    if wanted.imminence:
        found = found.filter(imminence=words("imminence").item(wanted.imminence).code)
    if wanted.province:
        found = found.filter(place__startswith=wanted.province[:2])
    return found


def _mark(row: Lead) -> str:
    """Where a page ends: received at (microseconds since 1970) and id."""
    return f"{(row.received_at - _EPOCH) // timedelta(microseconds=1)}.{row.pk}"


def _before(mark: str) -> Q:
    """Everything older than a mark; what is no mark refuses with ``RY-BAD-INPUT``."""
    moment, dot, pk = mark.partition(".")
    if not (dot and moment.isascii() and moment.isdigit() and len(moment) <= 17):
        raise refuse("RY-BAD-INPUT")
    at = _EPOCH + timedelta(microseconds=int(moment))
    return Q(received_at__lte=at) & (Q(received_at__lt=at) | Q(node__lt=pk))


def receipts(lead: Lead) -> list[Receipt]:
    """What the police signed for, newest first. The lead was read through ``lead``."""
    return list(lead.receipts.select_related("unit").order_by("-passed_on", "-recorded_at"))


@dataclass(frozen=True)
class Owed:
    """A duty with its deadline by the law, and how it stands."""

    duty: Duty
    deadline: Deadline
    state: State


def duties(lead: Lead, *, now: datetime) -> list[Owed]:
    """What is owed because of a lead, open ones first. The lead was read through ``lead``."""
    owed = [_owed(duty, now) for duty in lead.duties.order_by("began_at", "key")]
    return sorted(owed, key=lambda one: one.duty.done_at is not None)


def duty(actor: Actor, ref: str, duty_ref: str, *, now: datetime) -> Owed:
    """One duty of one lead, or ``RY-ABSENT``."""
    mine = Duty.objects.filter(lead=lead(actor, ref, now=now)).select_related("lead__node")
    return _owed(access.one(mine, duty_ref), now)


def _owed(duty: Duty, now: datetime) -> Owed:
    deadline = book().again(duty.key, duty.event, duty.began_at)
    return Owed(duty, deadline, clocks.state(deadline, met_on=duty.done_at, now=now))


def teams(actor: Actor, *, now: datetime) -> list[Team]:
    """The teams for which the actor may write a lead down; the one that takes in comes first."""
    found = access.visible_to(actor, "lead.record", Team.objects.select_related("node"), now=now)
    return list(found.order_by("-intake", "name"))
