"""Cases: one, one's own, those of a member, a survivor or a lead."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Model, Q, QuerySet

from romyen import access
from romyen.access.models import Member
from romyen.cases.models import Case, Link
from romyen.cases.queries.clocks import Running, nearest_in
from romyen.rules.codes import check_code
from romyen.rules.refusals import Refusal, refuse
from romyen.survivors import queries as her
from romyen.survivors.models import Survivor

PAGE = 25
_LISTED = (
    "node", "node__code", "node__kind", "node__parent", "node__team", "manager", "manager__name",
    "opened_on", "opened_at", "status", "closed_on",
)  # fmt: skip
_LOADED = (
    "node", "node__code", "node__kind", "node__parent", "node__team",
    "manager", "opened_on", "status",
    "survivor", *(f"survivor__{name}" for name in her.NAMES),
)  # fmt: skip


def _cases(actor: access.Actor, *, now: datetime) -> QuerySet[Case]:
    whole = Case.objects.select_related("node", "survivor__node", "manager")
    return access.visible_to(actor, "case.read", whole, now=now)


def case(actor: access.Actor, ref: str, *, now: datetime) -> Case:
    """One case, or ``RY-ABSENT``."""
    return access.one(_cases(actor, now=now), ref)


def by_code(actor: access.Actor, code: str, *, now: datetime) -> Case:
    """The case with this code, or ``RY-ABSENT``; a mistyped code refuses beside its field."""
    try:
        checked = check_code(code)
    except Refusal as slip:
        raise refuse(slip.code, field="code") from None
    found = _cases(actor, now=now).filter(node__code=checked).first()
    if found is None:
        raise refuse("RY-ABSENT")
    return found


def managers(actor: access.Actor, *, now: datetime) -> list[Member]:
    """The members whose open cases the actor may hand over, by name."""
    cases = Case.objects.filter(status="open")
    mine = access.visible_to(actor, "case.hand_over", cases, now=now)
    return list(Member.objects.filter(pk__in=mine.values("manager")).order_by("name", "pk"))


def part[M: Model](
    actor: access.Actor, rows: QuerySet[M], case_ref: str, ref: str, *, now: datetime
) -> M:
    """One row of a case (an event, a deadline, a note …), or ``RY-ABSENT``."""
    mine = rows.filter(case_id=case_ref).select_related("case__node", "case__survivor")
    return access.one(access.visible_to(actor, "case.read", mine, now=now), ref)


@dataclass(frozen=True)
class Listed:
    """One page of cases, newest first; ``older`` leads to the next (empty: none)."""

    rows: list[Case]
    older: str


def all_cases(
    actor: access.Actor,
    *,
    status: str = "open",
    before: str = "",
    size: int = PAGE,
    now: datetime,
) -> Listed:
    """The cases that the actor may read, by code only; newest first.

    ``before`` is the ``older`` of the page before; one that makes no sense starts anew.
    """
    rows = Case.objects.select_related("node", "manager").only(*_LISTED)
    rows = rows.filter(status=status) if status else rows
    rows = _after(rows, before).order_by("-opened_on", "-opened_at", "pk")
    found = access.first_visible(actor, "case.read", rows, most=size + 1, now=now)
    last = found[size - 1] if len(found) > size else None
    older = f"{last.opened_on}_{last.opened_at.isoformat()}_{last.pk}" if last else ""
    return Listed(found[:size], older)


def _after(rows: QuerySet[Case], mark: str) -> QuerySet[Case]:
    day, moment, ref = (*mark.split("_", 2), "", "", "")[:3]
    try:
        on, at = date.fromisoformat(day), datetime.fromisoformat(moment)
    except ValueError:
        return rows
    if at.tzinfo is None:
        return rows
    that_day = Q(opened_at__lt=at) | Q(opened_at=at, pk__gt=ref)
    return rows.filter(Q(opened_on__lt=on) | that_day, opened_on__lte=on)


def cases_of(actor: access.Actor, member: str, *, now: datetime) -> QuerySet[Case]:
    """The open cases that a member manages, as far as the actor may hand them over."""
    mine = Case.objects.select_related("node", "survivor__node").filter(status="open")
    return access.visible_to(
        actor, "case.hand_over", mine.filter(manager=member).order_by("opened_on", "pk"), now=now
    )


def chosen(actor: access.Actor, refs: list[str], *, now: datetime) -> QuerySet[Case]:
    """Of the cases with these ids the open ones that the actor may hand over."""
    mine = Case.objects.select_related("node", "survivor__node", "manager")
    mine = mine.filter(status="open", pk__in=refs).order_by("opened_on", "pk")
    return access.visible_to(actor, "case.hand_over", mine, now=now)


@dataclass(frozen=True)
class Load:
    """One case of one's own caseload: the name, the nearest deadline, how many tasks wait."""

    case: Case
    name: access.Opened
    nearest: Running | None
    tasks: int


def caseload(reader: access.Actor, *, now: datetime) -> list[Load]:
    """One's own open cases with names: one read entry lists the survivors.

    People work by name (design §8); every other list shows codes. The number of queries does
    not grow with the caseload.
    """
    cases = _own(reader, now=now)
    survivors = [one.survivor for one in cases]
    names = her.names(reader, survivors, purpose="caseload", now=now) if cases else {}
    return _loads(cases, names, now=now)


def caseload_by_code(reader: access.Actor, *, now: datetime) -> list[Load]:
    """The same without names; nothing is opened."""
    return _loads(_own(reader, now=now), {}, now=now)


def _own(reader: access.Actor, *, now: datetime) -> list[Any]:
    waiting = Count("tasks", filter=Q(tasks__done_at=None, tasks__dropped_at=None))
    rows = Case.objects.filter(manager=reader.id, status="open")
    rows = rows.select_related("node", "survivor").only(
        *_LOADED, *(f"survivor__{n}" for n in her.NAMES)
    )
    mine = access.visible_to(reader, "case.read", rows, now=now)
    return list(mine.annotate(waiting=waiting).order_by("opened_on", "pk"))


def _loads(cases: list[Any], names: dict[str, access.Opened], *, now: datetime) -> list[Load]:
    nearest = nearest_in([one.pk for one in cases], now=now)
    loads = [
        Load(one, names.get(one.survivor_id), nearest.get(one.pk), one.waiting) for one in cases
    ]
    return sorted(loads, key=_urgency)


def _urgency(load: Load) -> tuple[bool, float]:
    """The nearest deadline first; cases without one at the end."""
    due = load.nearest.row.due_at.timestamp() if load.nearest else 0.0
    return load.nearest is None, due


def name_of(
    reader: access.Actor, survivor: Survivor, *, purpose: str, now: datetime
) -> access.Opened:
    """A survivor's name, opened for a purpose: one read entry."""
    return her.names(reader, [survivor], purpose=purpose, now=now)[str(survivor.pk)]


def of_survivor(actor: access.Actor, survivor_ref: str, *, now: datetime) -> list[Case]:
    """The cases of a survivor; ``RY-ABSENT`` unless the actor may read her record."""
    survivor = her.survivor(actor, survivor_ref, now=now)
    return list(_cases(actor, now=now).filter(survivor=survivor).order_by("-opened_at"))


def of_lead(actor: access.Actor, lead_ref: str, *, now: datetime) -> list[Case]:
    """The cases that a lead became; none where the actor may read none."""
    return list(_cases(actor, now=now).filter(lead=lead_ref).order_by("-opened_at"))


def links_of(actor: access.Actor, case: Case, *, now: datetime) -> list[tuple[Link, Case]]:
    """The cases of her family, those that the actor may read."""
    links = list(Link.objects.filter(Q(first=case) | Q(second=case)).order_by("at"))
    if not links:
        return []
    others = {link.second_id if link.first_id == case.pk else link.first_id: link for link in links}
    seen = _cases(actor, now=now).filter(pk__in=others)
    return [(others[one.pk], one) for one in seen]


def able(case_or_node: Any, *, now: datetime) -> list[Member]:
    """The members who may work on a case: for choosing a manager or someone for a task."""
    return access.who_can("case.work", getattr(case_or_node, "node", case_or_node), now=now)
