"""Sealing and revealing with the right holders: ``keys`` knows how, the tree knows for whom."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from romyen import audit
from romyen.access.actors import Actor, Reader
from romyen.access.decisions import excluded_from, members_opening
from romyen.access.models import Assignment, Member, Node, holder_of
from romyen.access.nodes import ORGANISATION_ID
from romyen.access.roles import roles
from romyen.keys import columns as whole
from romyen.keys import sealing
from romyen.keys.columns import Column, Owned
from romyen.keys.compartments import LOCATION
from romyen.keys.founding import compartment_holders
from romyen.keys.models import Admission, Holder
from romyen.keys.sealing import CLOSED, Closed, Opened

__all__ = [
    "CLOSED",
    "Closed",
    "Column",
    "Opened",
    "compare",
    "found_keys",
    "holders_for",
    "place_of_keys",
    "reveal",
    "reveal_all",
    "seal",
]


class _Holders(dict[str, list[Holder]]):
    """Looks up the holders of a compartment when a new data key needs them, and not before."""

    def __init__(self, node_id: str, now: datetime) -> None:
        super().__init__()
        self._node_id = node_id
        self._now = now

    def __missing__(self, compartment: str) -> list[Holder]:
        node = Node.objects.get(pk=self._node_id)
        self[compartment] = holders_for(node, compartment, now=self._now)
        return self[compartment]


def holders_for(
    node: Node, compartment: str, *, shared: bool = True, now: datetime
) -> list[Holder]:
    """To whom a new data key of this record goes.

    The team's compartment, and those with whom a holder shared the record itself; where someone
    is excluded, the members who remain, one by one, instead of the team (design §4).

    A role alone brings nobody a key: whoever is named here was let in by a holder of the team's
    compartment. An administrator who hands out roles opens nothing by it. ``shared`` is False
    where what the record itself was shared for is about to end.
    """
    place = place_of_keys(node, compartment)
    admitted = _admitted(place, compartment)
    apart = shared and compartment != LOCATION
    let_in = _shared_with(node, compartment, admitted) if apart else set()
    opening = members_opening(node, compartment, now=now)
    if excluded_from(node).exists():
        return [holder_of(m) for m in opening if m.holder_id in admitted or m.pk in let_in]
    ours = compartment_holders([place]).get((place, compartment))
    alone = [holder_of(m) for m in opening if m.pk in let_in] if let_in else []
    return [ours, *alone] if ours else alone


def place_of_keys(node: Node, compartment: str) -> str:
    """Whose key pair seals this compartment of a record: its team's; a location is its own."""
    return node.id if compartment == LOCATION else node.team_id or node.id


def _admitted(place: str, compartment: str) -> set[str]:
    """The users' holders for whom a holder has wrapped the compartment of a team or shelter."""
    wrapped = Admission.objects.filter(
        compartment__team=place,
        compartment__compartment=compartment,
        compartment__retired_at=None,
    )
    return set(wrapped.values_list("member_id", flat=True))


def _shared_with(node: Node, compartment: str, admitted: set[str]) -> set[str]:
    """The members to whom a holder of the compartment gave a role on the record itself."""
    record = {node.id, node.parent_id} - {node.team_id, ORGANISATION_ID, None}
    opening = [code for code, role in roles().items() if compartment in role.compartments]
    assigned = Assignment.objects.filter(node__in=record, role__in=opening)
    given = list(assigned.values_list("member", "conferred_by"))
    if not given:
        return set()
    sharers = Member.objects.filter(pk__in={by for _, by in given}, holder__in=admitted)
    trusted = set(sharers.values_list("pk", flat=True))
    return {member for member, by in given if by in trusted}


def seal(instance: Any, *, actor: Actor, now: datetime, **values: str | None) -> None:
    """Seal ``values`` onto the sealed fields of ``instance``; the verb saves it.

    Anyone may put in. A new data key is granted to the record's holders and to recovery; an
    actor whose ring opens the present one reuses it.
    """
    holders = _Holders(instance.sealed_subject(), now)
    sealing.put(instance, values, holders=holders, sealer=actor.sealer, now=now)


def found_keys(
    nodes: Sequence[Node], compartments: Iterable[str], *, actor: Actor, now: datetime
) -> None:
    """Data keys for records of one team that are new in this transaction.

    What :func:`seal` would do for each, at once: new records have no walls of their own yet, so
    the holders of one are the holders of all.
    """
    for compartment in compartments if nodes else ():
        holders = holders_for(nodes[0], compartment, now=now)
        subjects = [node.pk for node in nodes]
        sealing.found_many(subjects, compartment, holders, sealer=actor.sealer, now=now)


def reveal(
    reader: Actor,
    instances: Iterable[Any],
    fields: Sequence[str],
    *,
    purpose: str,
    now: datetime,
) -> dict[Any, dict[str, Opened]]:
    """Open sealed ``fields`` to a Reader: {primary key: {field: text, None or CLOSED}}.

    One read entry names every subject and is committed before anything opens; so this is never
    called inside a transaction. An actor without keys gets CLOSED for everything.
    """
    rows = list(instances)
    if not isinstance(reader, Reader):
        return {row.pk: dict.fromkeys(fields, CLOSED) for row in rows}
    return sealing.take_out(
        rows, fields, ring=reader.ring, actor=reader.id, purpose=purpose, now=now
    )


def reveal_all(
    reader: Actor,
    *parts: tuple[Iterable[Any], Sequence[str]],
    purpose: str,
    now: datetime,
) -> list[dict[Any, dict[str, Opened]]]:
    """As :func:`reveal` for a whole page: each part is rows of one table and their fields.

    One read entry for all of them; the answers stand in the order of the parts.
    """
    full = [(list(rows), fields) for rows, fields in parts]
    if not isinstance(reader, Reader):
        return [{row.pk: dict.fromkeys(fields, CLOSED) for row in rows} for rows, fields in full]
    return sealing.take_out_all(full, ring=reader.ring, actor=reader.id, purpose=purpose, now=now)


def compare(reader: Actor, columns: Sequence[Column], *, verb: str, now: datetime) -> list[Owned]:
    """Open whole columns to find something in them; nothing of it is shown.

    One entry of ``verb`` says how many records were gone through, and no word of what was sought;
    what is shown of them afterwards goes through :func:`reveal`, with its own entry. Like that,
    never called inside a transaction.
    """
    if not isinstance(reader, Reader):
        return [[] for _ in columns]
    count = len({whose for column in columns for whose, _, _ in column.rows})
    audit.record_alone(actor=reader.id, verb=verb, details={"compared": count}, at=now)
    return whole.open_columns(columns, reader.ring)
