"""Putting in and taking out: data keys, grants, and the values they seal.

Anyone may put in: a writer who cannot open the current data key makes a new version and forgets
it. Only holders take out, and only after the read is on the log.
"""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import pyrage
from django.db import models

from romyen import audit
from romyen.keys import chain, crypto, kept
from romyen.keys.fields import FORMAT, MASK, Sealed, SealedField, place
from romyen.keys.models import DataKey, Grant, Holder, RecoveryKey
from romyen.keys.rings import Ring
from romyen.rules.refusals import refuse

MOST_IDS = 20_000
DENSE = 16
"""Keys that lie nearer together than this on average are asked for by their first and last."""


class Closed:
    """What a reader sees of a value that no key of theirs opens: false, and prints as •••."""

    def __bool__(self) -> bool:
        return False

    def __str__(self) -> str:
        return MASK

    __repr__ = __str__


CLOSED = Closed()
type Opened = str | Closed | None


@dataclass
class Sealer:
    """One actor's act of putting in: remembers the data keys it made or opened, in memory only.

    ``ring`` is None for whoever holds no keys (import, tip line, intake).
    """

    actor_id: str
    ring: Ring | None = None
    fresh: dict[tuple[str, str], tuple[int, bytes]] = field(default_factory=dict)

    def data_key(
        self, subject: str, compartment: str, holders: Mapping[str, Sequence[Holder]], now: datetime
    ) -> tuple[int, bytes]:
        """The id and bytes of the data key that new values of this subject go under.

        ``holders`` by compartment is asked only when a new data key is needed.
        """
        known = self.fresh.get((subject, compartment))
        if known is None:
            known = self._open_current(subject, compartment) or self._found(
                subject, compartment, holders[compartment], now
            )
            self.fresh[subject, compartment] = known
        return known

    def _open_current(self, subject: str, compartment: str) -> tuple[int, bytes] | None:
        if self.ring is None:
            return None
        grants = Grant.objects.filter(
            data_key__subject=subject,
            data_key__compartment=compartment,
            data_key__retired_at=None,
            holder__in=self.ring.holder_ids(),
        ).order_by("-data_key__version")
        grant = grants.first()
        return (grant.data_key_id, open_grant(grant, self.ring)) if grant else None

    def _found(
        self, subject: str, compartment: str, holders: Sequence[Holder], now: datetime
    ) -> tuple[int, bytes]:
        if not holders:
            raise refuse("RY-KEYS-NO-HOLDER", compartment=compartment)
        same = DataKey.objects.filter(subject=subject, compartment=compartment)
        last = same.aggregate(models.Max("version"))["version__max"] or 0
        data_key = DataKey.objects.create(
            subject=subject, compartment=compartment, version=last + 1, founded_at=now
        )
        secret = crypto.new_key()
        grants = [
            grant_to(data_key, secret, holder, by=self.actor_id, now=now) for holder in holders
        ]
        grants += recovery_grants(data_key, secret, by=self.actor_id, now=now)
        Grant.objects.bulk_create(grants)
        return data_key.pk, secret


def grant_context(data_key: DataKey, holder_id: str) -> bytes:
    """What a grant is bound to: the data key, its version and the holder."""
    parts = ("grant", data_key.subject, data_key.compartment, str(data_key.version), holder_id)
    return "|".join(parts).encode()


def grant_to(data_key: DataKey, secret: bytes, holder: Holder, *, by: str, now: datetime) -> Grant:
    """A data key wrapped for a holder whose chain was checked (not saved)."""
    public = bytes(chain.trusted(holder).public)
    wrapped = crypto.wrap(secret, public, grant_context(data_key, holder.id))
    return Grant(data_key=data_key, holder=holder, wrapped=wrapped, granted_by=by, at=now)


def recovery_grants(data_key: DataKey, secret: bytes, *, by: str, now: datetime) -> list[Grant]:
    """A data key encrypted to each recovery identity in force (not saved).

    age binds no context, so the hash of the context travels inside.
    """
    return [
        Grant(
            data_key=data_key,
            recovery=recovery,
            wrapped=_to_recovery(secret, data_key, recovery),
            granted_by=by,
            at=now,
        )
        for recovery in _recoveries()
    ]


def _recoveries() -> list[RecoveryKey]:
    """The recovery identities in force; refuses when there is none."""
    found = list(RecoveryKey.objects.filter(retired_at=None))
    if not found:
        raise refuse("RY-KEYS-NO-RECOVERY")
    return found


def _recipient(recovery: RecoveryKey) -> Any:
    return pyrage.x25519.Recipient.from_str(chain.trusted_recovery(recovery).recipient)


def _to_recovery(secret: bytes, data_key: DataKey, recovery: RecoveryKey) -> bytes:
    return _wrapped_to(_recipient(recovery), secret, data_key, recovery)


def _wrapped_to(recipient: Any, secret: bytes, data_key: DataKey, recovery: RecoveryKey) -> bytes:
    bound = hashlib.sha256(grant_context(data_key, recovery.recipient)).digest()
    wrapped: bytes = pyrage.encrypt(secret + bound, [recipient])
    return wrapped


def found_many(
    subjects: Sequence[str],
    compartment: str,
    holders: Sequence[Holder],
    *,
    sealer: Sealer,
    now: datetime,
) -> None:
    """The first data keys of subjects that are new in this transaction, each its own.

    Two inserts, however many subjects; every chain is checked once. The sealer remembers them.
    """
    if not holders:
        raise refuse("RY-KEYS-NO-HOLDER", compartment=compartment)
    publics = [(holder, bytes(chain.trusted(holder).public)) for holder in holders]
    recoveries = [(row, _recipient(row)) for row in _recoveries()]
    keys = DataKey.objects.bulk_create(
        DataKey(subject=subject, compartment=compartment, version=1, founded_at=now)
        for subject in subjects
    )
    grants: list[Grant] = []
    for key in keys:
        secret, said = crypto.new_key(), {"data_key": key, "granted_by": sealer.actor_id, "at": now}
        for holder, public in publics:
            wrapped = crypto.wrap(secret, public, grant_context(key, holder.id))
            grants.append(Grant(holder=holder, wrapped=wrapped, **said))
        for row, recipient in recoveries:
            wrapped = _wrapped_to(recipient, secret, key, row)
            grants.append(Grant(recovery=row, wrapped=wrapped, **said))
        sealer.fresh[key.subject, compartment] = (key.pk, secret)
    Grant.objects.bulk_create(grants)


def open_grant(grant: Grant, ring: Ring) -> bytes:
    """The data key that a grant wraps; raises ``RY-KEYS-TAMPERED`` when it was moved or changed."""
    holder_id = str(grant.holder_id)
    context = grant_context(grant.data_key, holder_id)
    try:
        return crypto.unwrap(bytes(grant.wrapped), ring.key_of(holder_id), context)
    except crypto.Unopened as error:
        raise refuse("RY-KEYS-TAMPERED", data_key=grant.data_key_id) from error


def sealed_fields(model: type[models.Model]) -> dict[str, SealedField]:
    """The sealed fields of a model, by name."""
    return {f.name: f for f in model._meta.concrete_fields if isinstance(f, SealedField)}


def put(
    instance: Any,
    values: Mapping[str, str | None],
    *,
    holders: Mapping[str, Sequence[Holder]],
    sealer: Sealer,
    now: datetime,
) -> None:
    """Seal ``values`` onto ``instance`` (the caller saves).

    ``holders`` names, per compartment, to whom a new data key is granted. Empty and None clear
    the field. The instance must have its primary key already.
    """
    fields = sealed_fields(type(instance))
    for name, text in values.items():
        sealed = fields[name]
        if not text:
            setattr(instance, name, None)
            continue
        subject = instance.sealed_subject()
        key_id, secret = sealer.data_key(subject, sealed.compartment, holders, now)
        at = place(instance._meta.db_table, sealed.attname, str(instance.pk), key_id)
        body = crypto.encrypt(secret, crypto.pad(text.encode()), at)
        setattr(instance, name, FORMAT + key_id.to_bytes(8) + body)


def take_out(
    instances: Iterable[Any],
    fields: Sequence[str],
    *,
    ring: Ring,
    actor: str,
    purpose: str,
    now: datetime,
) -> dict[Any, dict[str, Opened]]:
    """Open the sealed ``fields`` of ``instances``, by primary key, after logging the read.

    One read entry names every subject; it is committed before anything opens. Values that the
    ring holds no key for come back as ``CLOSED``. Two queries, however many instances.
    """
    parts = [(list(instances), fields)]
    return take_out_all(parts, ring=ring, actor=actor, purpose=purpose, now=now)[0]


def take_out_all(
    parts: Sequence[tuple[list[Any], Sequence[str]]],
    *,
    ring: Ring,
    actor: str,
    purpose: str,
    now: datetime,
) -> list[dict[Any, dict[str, Opened]]]:
    """As :func:`take_out` for rows of several tables at once: one read entry for a whole page."""
    full = [(rows, fields) for rows, fields in parts if rows]
    if full:
        audit.record_alone(
            actor=actor,
            verb="sealed.read",
            subjects=sorted({row.sealed_subject() for rows, _ in full for row in rows}),
            purpose=purpose,
            details={"fields": {rows[0]._meta.db_table: sorted(names) for rows, names in full}},
            at=now,
        )
    return _decrypt(parts, ring)


def decrypt_rows(
    rows: list[Any], fields: Sequence[str], ring: Ring
) -> dict[Any, dict[str, Opened]]:
    """Decrypt without logging: for ``take_out`` and for writers who compare what they hold."""
    return _decrypt([(rows, fields)], ring)[0]


def _decrypt(
    parts: Sequence[tuple[list[Any], Sequence[str]]], ring: Ring
) -> list[dict[Any, dict[str, Opened]]]:
    sealed = [
        {row.pk: {name: getattr(row, name) for name in fields} for row in rows}
        for rows, fields in parts
    ]
    values = [v for part in sealed for row in part.values() for v in row.values() if v]
    secrets = open_data_keys({value.data_key_id for value in values}, ring) if values else {}
    return [
        {pk: {n: _open_value(v, secrets) for n, v in row.items()} for pk, row in part.items()}
        for part in sealed
    ]


def open_data_keys(
    ids: Iterable[int], ring: Ring, compartments: Collection[str] = ()
) -> dict[int, bytes]:
    """The data keys among ``ids`` that the ring opens.

    Which grants stand is asked every time. Of many, those that this person has unwrapped before
    are not unwrapped again (``kept``). ``compartments``, where the caller knows of which they are,
    make the question for many shorter.
    """
    wanted = list(ids)
    if len(wanted) < kept.MANY:
        grants = Grant.objects.filter(data_key__in=wanted, holder__in=ring.holder_ids())
        return _unwrapped(grants, ring)
    known = kept.recall(ring)
    standing: dict[int, int] = {}
    for grant, key in _standing(wanted, ring, compartments):
        if key not in standing or grant in known:
            standing[key] = grant
    missing = [grant for grant in standing.values() if grant not in known]
    secrets = {key: known[grant] for key, grant in standing.items() if grant in known}
    for some in _in_parts(missing):
        secrets |= _unwrapped(Grant.objects.filter(pk__in=some), ring, known)
    if missing:
        kept.keep(ring, known)
    return secrets


def _standing(
    keys: list[int], ring: Ring, compartments: Collection[str]
) -> Iterator[tuple[int, int]]:
    """(grant, data key) of every grant to this ring; the keys of a whole team lie together."""
    grants = Grant.objects.filter(holder__in=ring.holder_ids())
    first, last = min(keys), max(keys)
    if compartments and last - first < DENSE * len(keys):
        near = grants.filter(data_key__gte=first, data_key__lte=last)
        near = near.filter(data_key__compartment__in=compartments)
        wanted = set(keys)
        rows = near.values_list("pk", "data_key_id").iterator()
        yield from ((grant, key) for grant, key in rows if key in wanted)
        return
    for some in _in_parts(keys):
        yield from grants.filter(data_key__in=some).values_list("pk", "data_key_id")


def _in_parts(ids: list[int]) -> Iterator[list[int]]:
    """SQLite takes 32,766 values in one statement."""
    return (ids[at : at + MOST_IDS] for at in range(0, len(ids), MOST_IDS))


def _unwrapped(
    grants: models.QuerySet[Grant], ring: Ring, known: dict[int, bytes] | None = None
) -> dict[int, bytes]:
    """The data keys of these grants, each once; ``known`` remembers them by grant."""
    secrets: dict[int, bytes] = {}
    for grant in grants.select_related("data_key"):
        if grant.data_key_id not in secrets:
            secrets[grant.data_key_id] = open_grant(grant, ring)
            if known is not None:
                known[grant.pk] = secrets[grant.data_key_id]
    return secrets


def _open_value(value: Sealed | None, secrets: Mapping[int, bytes]) -> Opened:
    if value is None:
        return None
    secret = secrets.get(value.data_key_id)
    if secret is None:
        return CLOSED
    at = place(value.table, value.column, value.row, value.data_key_id)
    try:
        return crypto.unpad(crypto.decrypt(secret, value.body, at)).decode()
    except crypto.Unopened as error:
        raise refuse("RY-KEYS-TAMPERED", data_key=value.data_key_id) from error
