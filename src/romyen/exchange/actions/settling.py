"""A known record came with other content: a key holder decides, line by line."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, replace
from datetime import datetime
from typing import Any

from django.db import transaction

from romyen import access, audit
from romyen.access import Reader
from romyen.cases import actions as of_cases
from romyen.cases.models import Case
from romyen.exchange.actions.owners import owners_of
from romyen.exchange.gathering import Gathered, Parts
from romyen.exchange.htcds.record import Record
from romyen.exchange.marks import content_mark, remember
from romyen.exchange.models import Difference, Imported, Mark
from romyen.exchange.records import CaseFacts, Facts, facts_of, rest_of, values_of
from romyen.exchange.records.facts import STORAGE
from romyen.rules.ladder import choices
from romyen.rules.refusals import refuse
from romyen.rules.spans import local_day
from romyen.survivors import actions as of_her
from romyen.survivors.actions.taking_over import IMPORTED, Kept, check_kept, keep_unmapped
from romyen.survivors.models import Consent, Survivor
from romyen.survivors.particulars import Particulars

OURS, THEIRS, BOTH = "ours", "theirs", "both"
REOPENED = "new_facts"
WHY = "HTCDS"
"""The reason that stands beside a step or a turn which a file brought."""


def settle(
    difference: Difference,
    *,
    ours: Gathered,
    theirs: Record,
    chosen: Record,
    expected: str,
    actor: Reader,
    now: datetime,
) -> Difference:
    """Make ``chosen`` what is recorded of her, through the verbs of her file and case.

    ``ours`` and ``theirs`` are the two versions as they stand now; ``expected`` is the content
    mark of ours as the actor saw it when deciding. Refuses with
    ``RY-HTCDS-DECIDED``, ``RY-EDIT-CONFLICT``, or as the verbs do: then nothing was changed.
    """
    if ours.record is None or ours.facts is None:
        raise refuse("RY-KEYS-CLOSED")
    survivor = ours.survivor
    with transaction.atomic():
        access.require(actor, "survivor.edit", survivor.node, now=now)
        if content_mark(ours.record) != expected:
            raise refuse("RY-EDIT-CONFLICT", version=survivor.version)
        decision = _decision(ours.record, theirs, chosen)
        _take(difference, decision, actor, now)
        if decision != OURS:
            _Change(ours, actor, now).to(chosen)
        remember(
            Mark(survivor=survivor, kind=Mark.CONTENT, mark=content_mark(record))
            for record in (theirs, chosen)
        )
        audit.record(
            actor=actor.id,
            verb="exchange.settle",
            subject=survivor.pk,
            details={"difference": difference.pk, "decision": decision},
            at=now,
        )
    return difference


def _decision(ours: Record, theirs: Record, chosen: Record) -> str:
    if (chosen.values, chosen.unmapped) == (ours.values, ours.unmapped):
        return OURS
    return THEIRS if content_mark(chosen) == content_mark(theirs) else BOTH


def _take(difference: Difference, decision: str, actor: Reader, now: datetime) -> None:
    waiting = Difference.objects.filter(pk=difference.pk, decided_at=None)
    if not waiting.update(decided_at=now, decided_by=actor.id, decision=decision):
        raise refuse("RY-HTCDS-DECIDED")


class _Change:
    """The steps from one version to another; ``facts`` follows what the tables come to say."""

    def __init__(self, ours: Gathered, actor: Reader, now: datetime) -> None:
        if ours.record is None or ours.facts is None:
            raise refuse("RY-KEYS-CLOSED")
        self.survivor: Survivor = ours.survivor
        self.facts: Facts = ours.facts
        self.old: Facts = facts_of(ours.record)
        self.parts = ours.parts
        self.how: dict[str, Any] = {"actor": actor, "now": now}

    def to(self, chosen: Record) -> None:
        """Change what differs, then keep what the tables cannot say."""
        new = facts_of(chosen)
        check_kept(replace(new.kept, code=""), now=self.how["now"])
        self._particulars(new.kept.particulars)
        self._parts(new.kept)
        self._standing(new.kept)
        self._consent(new)
        if new.case is not None:
            self._case(new.case)
        if new.kept.unmapped != self.old.kept.unmapped:
            keep_unmapped(self.survivor, new.kept.unmapped, **self.how)
        self._rest(chosen)

    def _keep(self, **kept: Any) -> None:
        self.facts = replace(self.facts, kept=replace(self.facts.kept, **kept))

    def _particulars(self, new: Particulars) -> None:
        """Change only what differs: our record may know more than a file can say."""
        old = self.old.kept.particulars
        changed = {
            field.name: getattr(new, field.name)
            for field in fields(Particulars)
            if getattr(new, field.name) != getattr(old, field.name)
        }
        if changed:
            whole = replace(self.facts.kept.particulars, **changed)
            of_her.edit(self.survivor, whole, expected=self.survivor.version, **self.how)
            self._keep(particulars=whole)

    def _parts(self, new: Kept) -> None:
        kinds: tuple[tuple[str, Callable[..., Any]], ...] = (
            ("names", of_her.add_name),
            ("documents", of_her.add_document),
            ("contacts", of_her.add_contact),
        )
        for (kind, add), rows in zip(kinds, self.parts, strict=True):
            old_ones, new_ones = getattr(self.old.kept, kind), getattr(new, kind)
            left = self._take_away(rows, _more(old_ones, new_ones))
            added = _more(new_ones, old_ones)
            for said in added:
                add(self.survivor, **said, **self.how)
            self._keep(**{kind: (*left, *added)})

    def _take_away(self, rows: Parts, gone: list[Mapping[str, str]]) -> list[Mapping[str, str]]:
        """Remove the rows that say what is gone; what the others say."""
        left: list[Mapping[str, str]] = []
        for row, said in rows:
            match = next((one for one in gone if one.items() <= said.items()), None)
            if match is None:
                left.append(said)
                continue
            gone.remove(match)
            of_her.remove(row, **self.how)
        return left

    def _standing(self, new: Kept) -> None:
        old = self.old.kept
        told: dict[str, Any] = {"status": new.status, "organisation": new.organisation}
        if not new.status or told == {"status": old.status, "organisation": old.organisation}:
            return
        history = [past.step for past in self.survivor.identifications.all()]
        of_her.identify(
            self.survivor,
            **told,
            on=max([local_day(self.how["now"]), *(step.on for step in history)]),
            basis=IMPORTED,
            corrects=new.status not in choices(history),
            reason=WHY,
            imported=True,
            **self.how,
        )
        self._keep(**told)

    def _consent(self, new: Facts) -> None:
        if new.consent == self.old.consent:
            return
        if new.consent == "TRUE":
            of_her.give_consent(
                self.survivor,
                purpose=STORAGE,
                giver="herself",
                way=IMPORTED,
                given_on=local_day(self.how["now"]),
                **self.how,
            )
            self.facts = replace(self.facts, consent="TRUE")
        elif self.facts.consent == "TRUE" and new.consent == "FALSE":
            for consent in self._standing_consents():
                of_her.withdraw_consent(consent, **self.how)
            self.facts = replace(self.facts, consent="FALSE")

    def _standing_consents(self) -> Iterable[Consent]:
        return Consent.objects.filter(
            survivor=self.survivor, purpose=STORAGE, partner=None, withdrawn_on=None
        ).select_related("survivor__node")

    def _case(self, new: CaseFacts) -> None:
        """Open, close or reopen. Who manages it is never changed by a file."""
        rows = Case.objects.filter(survivor=self.survivor).select_related("node", "manager")
        case = rows.order_by("opened_at", "pk").last()
        if case is None:
            case = self._open(new)
        elif self.old.case and new.closed == self.old.case.closed:
            return
        if new.closed and case.is_open:
            day = new.closed_on or max(case.opened_on, local_day(self.how["now"]))
            of_cases.close_case(
                case,
                outcome=new.outcome,
                closed_on=day,
                words=new.closing,
                expected=case.version,
                **self.how,
            )
        elif not new.closed and not case.is_open:
            of_cases.reopen(case, reason=REOPENED, words=WHY, expected=case.version, **self.how)
        told = CaseFacts(
            owner=case.manager.name,
            outcome=case.outcome,
            closing=new.closing if new.closed else "",
        )
        self.facts = replace(self.facts, case=told)

    def _open(self, new: CaseFacts) -> Case:
        team = self.survivor.node.team
        if team is None:
            raise refuse("RY-ABSENT")
        manager = owners_of(team, **self.how).of(new.owner)
        return of_cases.open_case(
            self.survivor, manager=manager, opened_on=new.opened_on, **self.how
        )

    def _rest(self, chosen: Record) -> None:
        row = Imported.objects.filter(pk=self.survivor.pk).first() or Imported(
            survivor=self.survivor, at=self.how["now"], by=self.how["actor"].id
        )
        rest: dict[str, Any] = dict(rest_of(chosen.values, values_of(self.facts)))
        access.seal(row, **self.how, **rest)
        row.save()


def _more(
    one: tuple[Mapping[str, str], ...], other: tuple[Mapping[str, str], ...]
) -> list[Mapping[str, str]]:
    """What the one has and the other has not, as often as it has it more."""
    ones, others = (Counter(tuple(sorted(said.items())) for said in some) for some in (one, other))
    return [dict(said) for said in (ones - others).elements()]
