"""From the tables back to records: what an export writes and a decision is shown."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from romyen import access
from romyen.access import CLOSED, Actor, Opened
from romyen.cases.models import Case
from romyen.exchange.htcds.record import Record
from romyen.exchange.models import Imported
from romyen.exchange.records import CaseFacts, Facts, joined, values_of
from romyen.exchange.records.facts import STORAGE
from romyen.exchange.records.facts import Said as Agreed
from romyen.rules.spans import local_day
from romyen.survivors.actions.taking_over import Kept
from romyen.survivors.models import Consent, Contact, Document, Identification, Name, Survivor
from romyen.survivors.particulars import SEALED, Particulars

_PARTS = (Name, Document, Contact)
_HER = (*SEALED, "unmapped")
_REST = ("identity", "narrative")

type Texts = Mapping[str, Opened]
type Said = dict[str, str]
type Parts = list[tuple[Any, Said]]
"""Rows of names, documents or contacts with what each says, in a steady order."""


@dataclass(frozen=True)
class Gathered:
    """One survivor's record and the facts behind it; None where the reader holds no key to a
    part of it. ``parts`` are the rows of names, documents and contacts.
    """

    survivor: Survivor
    record: Record | None
    facts: Facts | None = None
    parts: tuple[Parts, ...] = ()


@dataclass
class _Pages:
    """What the tables hold of many survivors, opened; by the survivor's id."""

    her: Mapping[Any, Texts]
    parts: list[dict[str, Parts]]
    steps: dict[str, Identification]
    consents: dict[str, list[Consent]]
    cases: dict[str, Case]
    closings: Mapping[Any, Texts]
    rests: Mapping[Any, Texts]
    closed: set[str]
    today: date


def gather(
    reader: Actor, survivors: Sequence[Survivor], *, purpose: str, now: datetime
) -> list[Gathered]:
    """The records of survivors whom the reader may see; one read entry names all of them.

    A fixed number of queries. Never called inside a transaction.
    """
    rows = [_living(model, survivors) for model in _PARTS]
    cases = _cases(reader, survivors, now)
    imported = Imported.objects.filter(survivor__in=survivors)
    her, *contents, closings, rests = access.reveal_all(
        reader,
        (survivors, _HER),
        *((some, ("content",)) for some in rows),
        ([case for case in cases.values() if case.closing], ("closing",)),
        (imported, _REST),
        purpose=purpose,
        now=now,
    )
    closed = {str(pk) for texts in (her, rests) for pk, row in texts.items() if _is_closed(row)}
    closed |= {
        str(row.survivor_id)
        for some, opened in zip(rows, contents, strict=True)
        for row in some
        if _is_closed(opened[row.pk])
    }
    closed |= {pk for pk, case in cases.items() if _is_closed(closings.get(case.pk, {}))}
    pages = _Pages(
        her=her,
        parts=[_by_survivor(some, o) for some, o in zip(rows, contents, strict=True)],
        steps={s.survivor_id: s for s in Identification.objects.filter(survivor__in=survivors)},
        consents=_storage_consents(survivors),
        cases=cases,
        closings=closings,
        rests=rests,
        closed=closed,
        today=local_day(now),
    )
    return [_gathered(one, pages) for one in survivors]


def _is_closed(texts: Texts) -> bool:
    return any(text is CLOSED for text in texts.values())


def _living(model: Any, survivors: Sequence[Survivor]) -> list[Any]:
    return list(model.objects.filter(survivor__in=survivors, removed_at=None).order_by("at"))


def _cases(reader: Actor, survivors: Sequence[Survivor], now: datetime) -> dict[str, Case]:
    """The newest case of each: HTCDS has room for one."""
    rows = Case.objects.filter(survivor__in=survivors).select_related("manager")
    seen = access.visible_to(reader, "case.read", rows.order_by("opened_at", "pk"), now=now)
    return {case.survivor_id: case for case in seen}


def _by_survivor(rows: Iterable[Any], opened: Mapping[Any, Texts]) -> dict[str, Parts]:
    """What parts say: the older first, those that came together by their words."""
    found: defaultdict[str, Parts] = defaultdict(list)
    for row in rows:
        text = opened[row.pk]["content"]
        if isinstance(text, str):
            found[row.survivor_id].append((row, json.loads(text)))
    return {pk: sorted(parts, key=_order) for pk, parts in found.items()}


def _order(part: tuple[Any, Said]) -> tuple[Any, list[str]]:
    row, said = part
    return row.at, [said["kind"], *(said.get(name, "") for name in ("text", "number", "value"))]


def _storage_consents(survivors: Sequence[Survivor]) -> dict[str, list[Consent]]:
    found: defaultdict[str, list[Consent]] = defaultdict(list)
    for row in Consent.objects.filter(survivor__in=survivors, purpose=STORAGE, partner=None):
        found[row.survivor_id].append(row)
    return found


def _gathered(survivor: Survivor, pages: _Pages) -> Gathered:
    pk = str(survivor.pk)
    if pk in pages.closed:
        return Gathered(survivor, None)
    parts = tuple(part.get(pk, []) for part in pages.parts)
    facts = _facts(survivor, parts, pages)
    rest = pages.rests.get(survivor.pk, {})
    values = joined(values_of(facts), map(_text, rest.values()))
    unmapped = json.loads(facts.kept.unmapped or "{}")
    record = Record.of({**values, "romyen_code": survivor.node.code}, unmapped)
    return Gathered(survivor, record, facts, parts)


def _facts(survivor: Survivor, parts: tuple[Parts, ...], pages: _Pages) -> Facts:
    pk, texts = str(survivor.pk), pages.her[survivor.pk]
    names, documents, contacts = (tuple(said for _, said in part) for part in parts)
    step, case = pages.steps.get(pk), pages.cases.get(pk)
    kept = Kept(
        particulars=Particulars.of(survivor, texts),
        code=survivor.node.code,
        names=names,
        documents=documents,
        contacts=contacts,
        status=step.status if step else "",
        organisation=step.organisation if step else "",
        unmapped=_text(texts["unmapped"]),
    )
    consent = _consent(pages.consents.get(pk, []), pages.today)
    return Facts(kept=kept, consent=consent, case=_case(case, pages) if case else None)


def _case(case: Case, pages: _Pages) -> CaseFacts:
    closing = pages.closings.get(case.pk, {}).get("closing")
    return CaseFacts(owner=case.manager.name, outcome=case.outcome, closing=_text(closing) or "")


def _consent(rows: Iterable[Consent], today: date) -> Agreed:
    """A consent that stands is a yes; one that was withdrawn or has run out, a no."""
    standing = [
        row.withdrawn_on is None and (row.expires_on is None or row.expires_on >= today)
        for row in rows
    ]
    if not standing:
        return ""
    return "TRUE" if any(standing) else "FALSE"


def _text(value: Opened) -> str | None:
    return value if isinstance(value, str) else None
