"""Reading operations: the list, one operation, the people met, what leaked."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from romyen import access
from romyen.access import Actor, Team
from romyen.operations.models import Arrest, Debrief, Encounter, Leak, Operation
from romyen.operations.words import OPEN, ages_of_children, words
from romyen.rules.refusals import refuse

PER_PAGE = 25
PEOPLE_PER_PAGE = 200
MOST_LEAKS = 100
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Filters:
    """What of the list is wanted: codes and a team's id, or empty for everything."""

    state: str = ""
    team: str = ""


@dataclass
class Page:
    """One page of operations, the latest plan first; ``older`` continues it."""

    rows: list[Operation]
    older: str = ""


def operations(actor: Actor, *, now: datetime) -> QuerySet[Operation]:
    """The operations that the actor may read."""
    rows = Operation.objects.select_related("node__team", "unit", "lead__node")
    return access.visible_to(actor, "operation.read", rows, now=now)


def operation(actor: Actor, ref: str, *, now: datetime) -> Operation:
    """One operation, or ``RY-ABSENT``."""
    return access.one(operations(actor, now=now), ref)


def operation_for(actor: Actor, ref: str, verb: str, *, now: datetime) -> Operation:
    """One operation on which the actor does ``verb``: no form is shown that may not be sent."""
    found = operation(actor, ref, now=now)
    access.require(actor, verb, found.node, now=now)
    return found


def page(actor: Actor, *, filters: Filters | None = None, older: str = "", now: datetime) -> Page:
    """A page of the list; the number of queries does not grow with the operations.

    Each row knows ``people``, ``children`` and ``arrested``. Nothing sealed is opened.
    """
    wanted = filters or Filters()
    found = counted(Operation.objects.select_related("node__team"))
    found = _narrow(found, wanted).order_by("-planned_at", "-node")
    if older:
        found = found.filter(_before(older))
    rows = access.first_visible(actor, "operation.read", found, most=PER_PAGE + 1, now=now)
    more = rows[PER_PAGE - 1] if len(rows) > PER_PAGE else None
    return Page(rows[:PER_PAGE], _mark(more) if more else "")


def counted(found: QuerySet[Operation]) -> QuerySet[Operation]:
    """With ``people``, ``children`` and ``arrested`` of each: whole numbers, for lists and sums."""
    met = Encounter.objects.filter(operation=OuterRef("pk")).order_by().values("operation")
    taken = Arrest.objects.filter(operation=OuterRef("pk")).order_by().values("operation")
    children = Count("pk", filter=Q(age__in=ages_of_children()))
    arrested = Sum("women") + Sum("men") + Sum("others")
    return found.annotate(
        people=Coalesce(Subquery(met.annotate(n=Count("pk")).values("n")), 0),
        children=Coalesce(Subquery(met.annotate(n=children).values("n")), 0),
        arrested=Coalesce(Subquery(taken.annotate(n=arrested).values("n")), 0),
    )


def _narrow(found: QuerySet[Operation], wanted: Filters) -> QuerySet[Operation]:
    if wanted.state:
        found = found.filter(state=words("states").item(wanted.state).code)
    return found.filter(team=wanted.team) if wanted.team else found


def _mark(row: Operation) -> str:
    """Where a page ends: planned at (microseconds since 1970) and id."""
    return f"{(row.planned_at - _EPOCH) // timedelta(microseconds=1)}.{row.pk}"


def _before(mark: str) -> Q:
    """Everything older than a mark; what is no mark refuses with ``RY-BAD-INPUT``."""
    moment, dot, pk = mark.partition(".")
    if not (dot and moment.isascii() and moment.isdigit() and len(moment) <= 17):
        raise refuse("RY-BAD-INPUT")
    at = _EPOCH + timedelta(microseconds=int(moment))
    return Q(planned_at__lte=at) & (Q(planned_at__lt=at) | Q(node__lt=pk))


def teams(actor: Actor, verb: str = "operation.plan", *, now: datetime) -> list[Team]:
    """The teams in which the actor does ``verb``, by name."""
    found = access.visible_to(actor, verb, Team.objects.select_related("node"), now=now)
    return list(found.order_by("name"))


def of_lead(actor: Actor, lead_ref: str, *, now: datetime) -> list[Operation]:
    """The operations that came from a lead and that the actor may read."""
    found = operations(actor, now=now).filter(lead=lead_ref)
    return list(found.order_by("-planned_at", "-node"))


def of_survivor(actor: Actor, survivor_ref: str, *, now: datetime) -> list[Encounter]:
    """Where a survivor was met, as far as the actor may read the operation."""
    met = Encounter.objects.filter(survivor=survivor_ref)
    found = access.visible_to(actor, "operation.read", met, now=now)
    return list(found.select_related("operation__node").order_by("-at", "-pk"))


# --- the people met


@dataclass
class People:
    """Some of the people met in an operation, and the counts of all of them.

    ``counts``: {"group": {code: n}, "outcome": {code: n}}; ``after`` continues the rows.
    """

    rows: list[Encounter]
    total: int = 0
    children: int = 0
    counts: dict[str, dict[str, int]] = field(default_factory=dict)
    after: int = 0


def people(found: Operation, *, group: str = "", outcome: str = "", after: int = 0) -> People:
    """The people met by number; the operation was read through :func:`operation`. Two queries."""
    met = found.encounters.order_by("number")
    wanted = met.filter(number__gt=after)
    if group:
        wanted = wanted.filter(group=words("groups").item(group).code)
    if outcome:
        wanted = wanted.filter(outcome=words("outcomes").item(outcome).code)
    rows = list(wanted.select_related("survivor__node")[: PEOPLE_PER_PAGE + 1])
    more = rows[PEOPLE_PER_PAGE - 1].number if len(rows) > PEOPLE_PER_PAGE else 0
    return _counted(People(rows[:PEOPLE_PER_PAGE], after=more), found)


def counts(found: Operation) -> People:
    """The counts alone: nobody's row is read."""
    return _counted(People([]), found)


def _counted(page: People, found: Operation) -> People:
    child = Q(age__in=ages_of_children())
    sums = found.encounters.order_by().values("group", "outcome")
    page.counts = {"group": {}, "outcome": {}}
    told: Any = sums.annotate(n=Count("pk"), children=Count("pk", filter=child))
    for row in told:
        page.total += row["n"]
        page.children += row["children"]
        for name, by in page.counts.items():
            by[row[name]] = by.get(row[name], 0) + row["n"]
    return page


def person(actor: Actor, ref: str, person_ref: str, *, now: datetime) -> Encounter:
    """One person met in one operation, or ``RY-ABSENT``."""
    found = operation(actor, ref, now=now)
    rows = found.encounters.select_related("survivor__node", "operation__node__team")
    one = access.one(rows, person_ref)
    one.operation = found
    return one


def next_open(one: Encounter) -> Encounter | None:
    """The next person by number about whom nothing was decided yet, beginning anew at the end."""
    waiting = Encounter.objects.filter(operation=one.operation_id, outcome=OPEN).exclude(pk=one.pk)
    after = waiting.filter(number__gt=one.number).order_by("number").first()
    return after or waiting.order_by("number").first()


def beside(one: Encounter) -> tuple[str, str]:
    """The ids of the person before and after, by number; empty at the ends."""
    near = Encounter.objects.filter(
        operation=one.operation_id, number__in=(one.number - 1, one.number + 1)
    )
    found: dict[int, str] = dict(near.values_list("number", "pk"))
    return found.get(one.number - 1, ""), found.get(one.number + 1, "")


# --- papers


@dataclass
class Papers:
    """What hangs on an operation apart from the people."""

    arrests: list[Arrest]
    leaks: list[Leak]
    debrief: Debrief | None

    def parts(self) -> list[tuple[list[Any], tuple[str, ...]]]:
        """The rows and their sealed fields, for ``access.reveal_all``."""
        debriefs = [self.debrief] if self.debrief else []
        return [
            (self.arrests, ("names", "charges", "reference", "notes")),
            (self.leaks, ("words",)),
            (debriefs, ("went", "lessons", "agreed")),
        ]


def papers(found: Operation) -> Papers:
    """Arrests, leaks and the debrief; the operation was read through :func:`operation`."""
    return Papers(
        list(found.arrests.order_by("at", "pk")),
        list(found.leaks.order_by("-noticed_on", "-at", "-pk")),
        found.debriefs.first(),
    )


def arrest(actor: Actor, ref: str, arrest_ref: str, *, now: datetime) -> Arrest:
    """One entry of arrests of one operation, or ``RY-ABSENT``."""
    found = operation(actor, ref, now=now)
    one = access.one(found.arrests.all(), arrest_ref)
    one.operation = found
    return one


def leaks(actor: Actor, *, now: datetime) -> list[Leak]:
    """The leak register: what got out, over every operation that the actor may read."""
    found = access.visible_to(actor, "operation.read", Leak.objects.all(), now=now)
    newest = found.select_related("operation__node__team").order_by("-noticed_on", "-at", "-pk")
    return list(newest[:MOST_LEAKS])
