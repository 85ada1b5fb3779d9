"""Files that another system kept: many at once, whole, each checked as a single one would be."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import transaction

from romyen import access
from romyen.access import Actor, Node
from romyen.rules.codes import check_code, new_code
from romyen.rules.ladder import Step, check_step
from romyen.rules.namekeys import text_of
from romyen.rules.spans import local_day
from romyen.survivors.actions.opening import locked, may, written
from romyen.survivors.listed import listed
from romyen.survivors.models import Consent, Contact, Document, Identification, Name, Survivor
from romyen.survivors.particulars import Particulars, tidy

VERBS = ("survivor.register", "survivor.edit", "survivor.identify", "survivor.consent")
IMPORTED = "imported"


@dataclass(frozen=True, kw_only=True)
class Kept:
    """What another system kept of one person. Parts are the contents of their rows.

    ``status`` and ``organisation`` are the standing identification, without its day;
    ``agreed`` the purposes that she agreed to, as far as this organisation is the recipient.
    Both are dated with the day on which they are taken over, which is all that is known.
    """

    particulars: Particulars
    code: str = ""
    names: tuple[Mapping[str, str], ...] = ()
    documents: tuple[Mapping[str, str], ...] = ()
    contacts: tuple[Mapping[str, str], ...] = ()
    status: str = ""
    organisation: str = ""
    agreed: tuple[str, ...] = ()
    unmapped: str | None = None


def check_kept(kept: Kept, *, now: datetime) -> Kept:
    """The same, or the refusal that the verb for a single fact would give."""
    today = local_day(now)
    kept.particulars.check(today)
    for kind, parts in _parts(kept).items():
        for part in parts:
            listed(f"{kind}_kinds").item(part["kind"], field="kind")
    if kept.status:
        check_step([], _step(kept, now), today=today)
    for purpose in kept.agreed:
        listed("consent_purposes").item(purpose, field="purpose")
    return replace(kept, code=check_code(kept.code)) if kept.code else kept


def _parts(kept: Kept) -> dict[str, tuple[Mapping[str, str], ...]]:
    return {"name": kept.names, "document": kept.documents, "contact": kept.contacts}


def _step(kept: Kept, now: datetime) -> Step:
    on = local_day(now)
    return Step(kept.status, kept.organisation, on, imported=True)  # type: ignore[arg-type]


def take_over(files: Sequence[Kept], *, team: Node, actor: Actor, now: datetime) -> list[Survivor]:
    """Begin a file for each, in the order given; all of them or none.

    Every one was through :func:`check_kept`. A ``code`` that is given is taken over; whoever
    calls has seen that it is free. The caller writes the entry of each: it knows more of it.
    """
    with transaction.atomic():
        for verb in VERBS:
            access.require(actor, verb, team, now=now)
        nodes = _nodes(files, team, now)
        access.found_keys(nodes, ("identity", "narrative"), actor=actor, now=now)
        made = [_survivor(kept, node, actor, now) for kept, node in zip(files, nodes, strict=True)]
        Survivor.objects.bulk_create(made)
        pairs = list(zip(made, files, strict=True))
        _fill_in(Name, pairs, actor, now)
        _fill_in(Document, pairs, actor, now)
        _fill_in(Contact, pairs, actor, now)
        _identify(pairs, actor, now)
        _agree(pairs, actor, now)
    return made


def _nodes(files: Sequence[Kept], team: Node, now: datetime) -> list[Node]:
    fresh = _fresh_codes(sum(not kept.code for kept in files))
    codes = [kept.code or next(fresh) for kept in files]
    nodes = [access.planned_node("survivor", team, now=now, code=code) for code in codes]
    return Node.objects.bulk_create(nodes)


def _fresh_codes(count: int) -> Any:
    """Codes that no node has; with 27 thousand million codes the first nearly always fit."""
    while True:
        codes = {new_code("survivor") for _ in range(count)}
        if not Node.objects.filter(kind="survivor", code__in=codes).exists():
            return iter(codes)


def _survivor(kept: Kept, node: Node, actor: Actor, now: datetime) -> Survivor:
    survivor = Survivor(
        node=node,
        registered_at=now,
        registered_by=actor.id,
        status=kept.status,
        **kept.particulars.coarse(local_day(now)),
    )
    sealed = {**kept.particulars.sealed(), "unmapped": kept.unmapped}
    access.seal(survivor, actor=actor, now=now, **sealed)
    return survivor


def _fill_in[P: (Name, Document, Contact)](
    model: type[P],
    pairs: Iterable[tuple[Survivor, Kept]],
    actor: Actor,
    now: datetime,
) -> None:
    kind = model._meta.model_name or ""
    rows: list[P] = []
    for survivor, kept in pairs:
        for content in _parts(kept)[kind]:
            part = model(survivor=survivor, at=now, by=actor.id)
            said = {name: tidy(text) for name, text in content.items() if tidy(text)}
            text = json.dumps(said, ensure_ascii=False)
            beside = {"name_keys": text_of([said.get("text")])} if model is Name else {}
            access.seal(part, actor=actor, now=now, content=text, **beside)
            rows.append(part)
    model._default_manager.bulk_create(rows)


def _identify(pairs: Iterable[tuple[Survivor, Kept]], actor: Actor, now: datetime) -> None:
    Identification.objects.bulk_create(
        Identification(
            survivor=survivor,
            at=now,
            by=actor.id,
            number=1,
            status=kept.status,
            organisation=kept.organisation,
            on=local_day(now),
            basis=IMPORTED,
            imported=True,
        )
        for survivor, kept in pairs
        if kept.status
    )


def _agree(pairs: Iterable[tuple[Survivor, Kept]], actor: Actor, now: datetime) -> None:
    Consent.objects.bulk_create(
        Consent(
            survivor=survivor,
            at=now,
            by=actor.id,
            purpose=purpose,
            giver="herself",
            way=IMPORTED,
            given_on=local_day(now),
        )
        for survivor, kept in pairs
        for purpose in kept.agreed
    )


def keep_unmapped(
    survivor: Survivor, unmapped: str | None, *, actor: Actor, now: datetime
) -> Survivor:
    """Replace what an import brought and no field takes."""
    with transaction.atomic():
        may(actor, "survivor.edit", survivor, now=now)
        row = locked(survivor)
        row.refuse_if_over()
        access.seal(row, actor=actor, now=now, unmapped=unmapped)
        row.save(update_fields=["unmapped"])
        written(actor, "survivor.unmapped", row, now=now)
    return row
