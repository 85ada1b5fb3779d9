"""Bringing a file in: batch by batch, each row whole or not at all.

What was reported as imported was committed before; a run that breaks off is simply begun again,
because rows that are here already are known by their marks.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import batched
from typing import Any

from django.db import transaction

from romyen import access, audit
from romyen.access import Actor, Node
from romyen.cases.actions import taking_over as of_cases
from romyen.cases.models import Case
from romyen.exchange.actions.known import Known, recognise
from romyen.exchange.actions.owners import Owners, owners_of
from romyen.exchange.htcds import Conflict, Mapped, Outcome, Source
from romyen.exchange.htcds.record import Record
from romyen.exchange.marks import Marks, marks_of, remember
from romyen.exchange.models import Difference, Imported
from romyen.exchange.records import Facts, facts_of, rest_of, values_of
from romyen.exchange.records.apart import apart
from romyen.exchange.records.facts import FIELDS
from romyen.notices.actions import notify
from romyen.rules.refusals import Refusal
from romyen.survivors.actions import taking_over as of_her
from romyen.survivors.models import Survivor

BATCH = 100
"""Rows in one transaction. A stop loses at most the work on these, and no row by half."""

FIRST = 3
"""Rows that the report shows as they were read."""

type Watch = Callable[["Report"], bool]


@dataclass
class Report:
    """What became of a file: counts, conflicts, and the rows that have to be mended.

    ``waiting`` rows are known, say something else, and wait for a key holder.
    """

    source: Source
    rows: int = 0
    imported: int = 0
    refused: int = 0
    unchanged: int = 0
    waiting: int = 0
    conflicts: list[Conflict] = field(default_factory=list)
    to_mend: list[Outcome] = field(default_factory=list)
    first: list[Record] = field(default_factory=list)
    stopped: bool = False

    @property
    def done(self) -> int:
        """Rows that have been dealt with."""
        return self.imported + self.refused + self.unchanged + self.waiting

    @property
    def whole(self) -> bool:
        """Whether nothing is left for a person to do."""
        return not (self.refused or self.waiting or self.stopped)

    @property
    def counts(self) -> dict[str, int]:
        """The counts by name."""
        names = ("rows", "imported", "refused", "unchanged", "waiting")
        return {name: getattr(self, name) for name in names}


@dataclass(frozen=True)
class _New:
    """A row that will become a record."""

    outcome: Outcome
    record: Record
    marks: Marks
    facts: Facts
    case: of_cases.Kept | None


def bring_in(
    source: Source,
    *,
    team: Node,
    dry_run: bool = False,
    watch: Watch | None = None,
    actor: Actor,
    now: datetime,
) -> Report:
    """Import the good rows of a file into a team; nothing known is overwritten.

    ``watch`` sees the report after each batch and may end the import by answering False. Refuses
    who may not import into the team (``RY-ABSENT``, ``RY-ACCESS-DENIED``) and files that turn
    out damaged on the way; what was committed until then stays.
    """
    access.require(actor, "exchange.import", team, now=now)
    return _Import(source, team, dry_run, actor, now).run(watch or (lambda _report: True))


class _Import:
    """One run over one file."""

    def __init__(
        self, source: Source, team: Node, dry_run: bool, actor: Actor, now: datetime
    ) -> None:
        self.mapped = Mapped(source)
        self.report = Report(source)
        self.team, self.dry_run, self.actor, self.now = team, dry_run, actor, now
        self.owners: Owners = owners_of(team, actor=actor, now=now)
        self._headings = _headings(self.mapped)
        self._undated: set[str] = set()
        self._told: list[Conflict] = []
        self._assigned: Counter[str] = Counter()
        self._first_case = ""
        self._differing: list[str] = []

    def run(self, watch: Watch) -> Report:
        report = self.report
        for outcomes in batched(self.mapped, BATCH):
            self._batch(outcomes)
            if not watch(report):
                report.stopped = True
                break
        report.conflicts = [*self.mapped.conflicts, *self._undated_told(), *self._told]
        if not self.dry_run:
            self._close()
        return report

    def _batch(self, outcomes: Iterable[Outcome]) -> None:
        """Count what the batch came to, after it was committed."""
        settled: list[Outcome] = []
        with transaction.atomic():
            counts = self._settle(outcomes, settled)
        report = self.report
        for name, count in counts.items():
            setattr(report, name, getattr(report, name) + count)
        report.rows += len(settled)
        for outcome in settled:
            if outcome.record and len(report.first) < FIRST:
                report.first.append(outcome.record)
            self._told += outcome.conflicts
            if outcome.refused:
                report.to_mend.append(outcome)

    def _settle(self, outcomes: Iterable[Outcome], settled: list[Outcome]) -> Counter[str]:
        counts: Counter[str] = Counter()
        # One import into a team at a time looks up and writes: two would both find nothing.
        Node.objects.select_for_update().get(pk=self.team.pk)
        todo = [(o, o.record, marks_of(o.record)) for o in outcomes if o.record]
        known = recognise([(r, marks) for _, r, marks in todo], actor=self.actor, now=self.now)
        new: list[_New] = []
        by_outcome = {id(outcome): (record, marks) for outcome, record, marks in todo}
        for outcome in outcomes:
            if id(outcome) in by_outcome:
                outcome, became = self._decide(outcome, *by_outcome[id(outcome)], known, new)
            else:
                became = "refused"
            counts[became] += 1
            settled.append(outcome)
        if new and not self.dry_run:
            self._write(new)
        return counts

    def _decide(
        self, outcome: Outcome, record: Record, marks: Marks, known: Known, new: list[_New]
    ) -> tuple[Outcome, str]:
        """The row and what becomes of it; a verb's refusal sends it back to be mended."""
        try:
            survivor = known.survivor_of(record, marks)
            if survivor and known.says_nothing_new(survivor, marks):
                return outcome, "unchanged"
            if survivor:
                self._keep_difference(survivor, record, marks)
                return self._tell(outcome, "RY-HTCDS-KNOWN-CHANGED"), "waiting"
            one = self._checked(outcome, record, marks)
            code = known.claim(record.code)
            kept = replace(one.facts.kept, code=code)
            new.append(replace(one, facts=replace(one.facts, kept=kept)))
            return self._tell_case(outcome, record, one.case), "imported"
        except Refusal as refusal:
            name = FIELDS.get(refusal.field, refusal.field)
            refusal.field = self._headings.get(name, name)
            return outcome.refuse(refusal), "refused"

    def _checked(self, outcome: Outcome, record: Record, marks: Marks) -> _New:
        facts = facts_of(record)
        kept, case = of_her.check_kept(facts.kept, now=self.now), None
        if facts.case is not None:
            case = of_cases.Kept(
                manager=self.owners.of(facts.case.owner),
                opened_on=facts.case.opened_on,
                closed=facts.case.closed,
                closed_on=facts.case.closed_on,
                outcome=facts.case.outcome,
                closing=facts.case.closing,
            )
            of_cases.check_kept(case, now=self.now)
            facts = replace(facts, case=replace(facts.case, owner=case.manager.name))
        self._note_undated(facts)
        return _New(outcome, record, marks, replace(facts, kept=kept), case)

    def _note_undated(self, facts: Facts) -> None:
        if facts.kept.status:
            self._undated.add("vic_TraffickingStatus")
        if facts.kept.agreed:
            self._undated.add("con_Consent")
        if facts.case and not facts.case.opened_on:
            self._undated.add("cas_IncomingReferralDate")
        if facts.case and facts.case.closed and not facts.case.closed_on:
            self._undated.add("cas_Status")

    def _undated_told(self) -> list[Conflict]:
        return [
            Conflict("RY-HTCDS-DAY-OF-IMPORT", column=self._headings.get(name, name), field=name)
            for name in sorted(self._undated)
        ]

    def _tell_case(self, outcome: Outcome, record: Record, case: of_cases.Kept | None) -> Outcome:
        """What had to be written of a case although the row does not say it."""
        if case and case.closed_on and "cas_IncomingReferralDate" not in record.values:
            outcome = self._tell(outcome, "RY-HTCDS-OPENED-UNKNOWN", "cas_OutgoingReferralDate")
        owner = str(record.values.get("cas_CaseOwner", ""))
        if not owner or self.owners.knows(owner):
            return outcome
        return self._tell(outcome, "RY-HTCDS-NO-OWNER", "cas_CaseOwner")

    def _tell(self, outcome: Outcome, code: str, name: str = "") -> Outcome:
        told = Conflict(
            code,
            row=outcome.raw.number,
            column=self._headings.get(name, name),
            field=name,
            sheet=outcome.raw.sheet,
        )
        return replace(outcome, conflicts=(*outcome.conflicts, told))

    def _keep_difference(self, survivor: str, record: Record, marks: Marks) -> None:
        """Seal what a known record says now, once, for whoever holds the key to decide."""
        waiting = Difference.objects.filter(survivor=survivor, mark=marks.content, decided_at=None)
        if self.dry_run or waiting.exists():
            return
        row = Difference(survivor_id=survivor, mark=marks.content, at=self.now, by=self.actor.id)
        access.seal(row, actor=self.actor, now=self.now, **apart(record))
        row.save(force_insert=True)
        self._differing.append(survivor)
        audit.record(
            actor=self.actor.id,
            verb="exchange.differs",
            subject=survivor,
            details={"difference": row.pk},
            at=self.now,
        )

    def _write(self, new: list[_New]) -> None:
        """Everything that a batch of new records comes to, and one entry for each."""
        how: dict[str, Any] = {"team": self.team, "actor": self.actor, "now": self.now}
        survivors = of_her.take_over([one.facts.kept for one in new], **how)
        pairs = list(zip(survivors, new, strict=True))
        cases = of_cases.take_over([(her, one.case) for her, one in pairs if one.case], **how)
        case_of = {case.survivor_id: case for case in cases}
        remember(mark for her, one in pairs for mark in one.marks.rows(her.pk))
        self._keep_rest(pairs)
        entries = [
            audit.One(
                subjects=(her.pk, *([case_of[her.pk].pk] if her.pk in case_of else [])),
                details={"team": self.team.pk, "code_taken_over": bool(one.facts.kept.code)},
            )
            for her, one in pairs
        ]
        audit.record_many(entries, actor=self.actor.id, verb="exchange.import", at=self.now)
        self._assigned.update(case.manager_id for case in cases)
        if cases:
            self._first_case = self._first_case or str(cases[0].pk)

    def _keep_rest(self, pairs: Iterable[tuple[Survivor, _New]]) -> None:
        rows = []
        for her, one in pairs:
            row = Imported(survivor=her, at=self.now, by=self.actor.id)
            rest = rest_of(one.record.values, values_of(_as_recorded(one.facts)))
            access.seal(row, actor=self.actor, now=self.now, **rest)
            rows.append(row)
        Imported.objects.bulk_create(rows)

    def _close(self) -> None:
        """One entry for the file, and one notice for everyone who manages cases of it."""
        with transaction.atomic():
            audit.record(
                actor=self.actor.id,
                verb="exchange.import_file",
                subject=self.team.pk,
                details=self.report.counts,
                at=self.now,
            )
            others = [member for member in self._assigned if member != self.actor.id]
            notify(others, "case.assigned", subject=self._first_case, now=self.now)
            for manager, survivor in self._to_decide().items():
                notify([manager], "exchange.differs", subject=survivor, now=self.now)

    def _to_decide(self) -> dict[str, str]:
        """Who manages the cases of those who came with other content, and one of these each."""
        cases = Case.objects.filter(survivor__in=self._differing).exclude(manager=self.actor.id)
        return dict(cases.order_by("opened_at", "pk").values_list("manager", "survivor"))


def _as_recorded(facts: Facts) -> Facts:
    """The facts as the tables say them again: of a consent that was never given they are silent."""
    return facts if facts.consent == "TRUE" else replace(facts, consent="")


def _headings(mapped: Mapped) -> dict[str, str]:
    """The heading under which a person finds each field of HTCDS in the file."""
    found: dict[str, str] = {}
    for column in mapped.source.columns:
        target = mapped.plan.target(column.sheet, column.position)
        if target.field is not None:
            found.setdefault(target.key, column.heading)
    return found
