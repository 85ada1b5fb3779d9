"""Verification: compute the whole log again from its entries and compare with all that was signed.

Nothing stored is believed. Each leaf is hashed anew from its entry, the roots follow from these
hashes alone, and every checkpoint, the ones in the database, the one beside the key and the ones
that people bring from outside, must be a state that the tree passes through. Whoever holds one
older checkpoint therefore finds deletion, edit, reorder, insertion, rollback and fork before it.
What was never integrated (the tail, normally under a second long) is not protected; its length
is reported.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.db import connection

from romyen.audit.canonical import commitment
from romyen.audit.checkpoints import latest_note
from romyen.audit.lives import ended
from romyen.audit.models import Checkpoint, Entry, EntrySubject, Leaf, leaf_bytes
from romyen.audit.triggers import missing_triggers
from romyen.rules import ledger, notes
from romyen.rules.refusals import Refusal

CHUNK = 2000
SHOWN = 20
"""So many findings of one kind are listed; the rest is counted."""

_COLUMNS = (
    "index",
    "hash",
    "entry_id",
    "entry__ref",
    "entry__at",
    "entry__actor",
    "entry__verb",
    "entry__purpose",
    "entry__commitment",
    "entry__detail__salt",
    "entry__detail__body",
)

WORDS = {
    "leaf-missing": "the leaf at this place is gone",
    "entry-missing": "the entry of this leaf is gone: it was deleted",
    "entry-changed": "the entry is not the one that was taken into the log: it was edited or moved",
    "details-changed": "the details of this entry are not those that it was committed to",
    "note-broken": "the signed note of this checkpoint is not valid",
    "superseded": "this state was signed before the database was lawfully put back; what came "
    "after the common beginning of both is lost, see the entry log.restored",
    "rolled-back": "the log is shorter than this checkpoint: entries were taken off its end, or "
    "the database was put back to an older state",
    "history-differs": "the log before this checkpoint is not the one that was signed: entries "
    "were deleted, edited, reordered or inserted, or the log was put back and continued (a fork)",
}


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong: a kind of :data:`WORDS`, the place in the log, which one."""

    kind: str
    place: int
    which: str = ""

    def __str__(self) -> str:
        """In words, with the place."""
        which = f" ({self.which})" if self.which else ""
        return f"{self.kind} at {self.place}{which}: {WORDS[self.kind]}"


@dataclass
class Report:
    """What a verification saw: ``size`` and ``root`` as recomputed, findings, and bare counts."""

    size: int = 0
    root: str = ""
    tail: int = 0
    checkpoints: int = 0
    held: int = 0
    details: int = 0
    unguarded: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    findings: list[Finding] = field(default_factory=list)
    agreed: int = 0

    @property
    def sound(self) -> bool:
        """Whether nothing was found."""
        return not self.findings

    def find(self, kind: str, place: int, which: str = "") -> None:
        """Note a finding; beyond the first ones of a kind they are only counted."""
        self.counts[kind] += 1
        if self.counts[kind] <= SHOWN:
            self.findings.append(Finding(kind, place, which))


@dataclass(frozen=True)
class Claim:
    """A state that a signed note says the log had; ``source`` tells where the note came from.

    ``superseded``: it belongs to a life of the log that ended, and lies beyond the beginning that
    the next one shares with it (``lives.py``).
    """

    size: int
    root: bytes
    source: str
    superseded: bool = False


def verify(verifiers: Sequence[notes.Verifier], held: dict[str, bytes] | None = None) -> Report:
    """Verify the whole log against these trusted keys.

    ``held`` are checkpoints from outside, name -> note. Memory stays small whatever the size;
    every chunk of entries costs two queries.
    """
    report = Report(unguarded=missing_triggers(connection))
    claims = list(_claims(report, verifiers, held or {}))
    waiting = defaultdict(list)
    for claim in claims:
        if not claim.superseded:
            waiting[claim.size].append(claim)
    frontier = ledger.Frontier()
    _compare(report, frontier, waiting)
    for leaf in _leaves(report):
        frontier.append(leaf)
        if frontier.size in waiting:
            _compare(report, frontier, waiting)
    for claim in claims:
        if claim.superseded:
            report.find("superseded", claim.size, claim.source)
        elif claim.size > frontier.size:
            report.find("rolled-back", claim.size, claim.source)
    report.size, report.root = frontier.size, frontier.root().hex()
    report.tail = Entry.objects.filter(leaf=None).count()
    return report


def _claims(
    report: Report, verifiers: Sequence[notes.Verifier], held: dict[str, bytes]
) -> Iterator[Claim]:
    """Every signed state that opens with a trusted key; a note that does not open is a finding."""
    for row in Checkpoint.objects.order_by("size").iterator():
        report.checkpoints += 1
        claim = _claim(row.note, f"stored checkpoint of {row.size}", verifiers)
        if claim is None or (claim.size, claim.root.hex()) != (row.size, row.root):
            report.find("note-broken", row.size, f"stored checkpoint of {row.size}")
        else:
            yield claim
    beside = {"log.latest beside the key": note.encode()} if (note := latest_note()) else {}
    for source, text in (beside | held).items():
        report.held += 1
        claim = _claim(text, source, verifiers)
        if claim is None:
            report.find("note-broken", 0, source)
        else:
            yield claim


def _claim(note: str | bytes, source: str, verifiers: Sequence[notes.Verifier]) -> Claim | None:
    try:
        checkpoint = notes.open_checkpoint(note, verifiers)
    except Refusal:
        return None
    origins = {verifier.name for verifier in verifiers}
    if checkpoint.origin not in origins:
        return None
    common = {life.origin: life.common for life in ended()}.get(checkpoint.origin)
    over = common is not None and checkpoint.size > common
    return Claim(checkpoint.size, checkpoint.root, source, superseded=over)


def _compare(report: Report, frontier: ledger.Frontier, waiting: dict[int, list[Claim]]) -> None:
    """Hold the recomputed root against what was signed for this size."""
    root = frontier.root()
    for claim in waiting.get(frontier.size, ()):
        if claim.root != root:
            report.find(
                "history-differs",
                claim.size,
                f"{claim.source}; the last state that agrees has {report.agreed} entries",
            )
    if any(claim.root == root for claim in waiting.get(frontier.size, ())):
        report.agreed = frontier.size


def _leaves(report: Report) -> Iterator[bytes]:
    """The leaf hashes, recomputed from the entries in the order of the log."""
    expected = 0
    rows = Leaf.objects.order_by("index").values_list("index", "hash")
    while chunk := list(rows.filter(index__gte=expected)[:CHUNK]):
        first, last = chunk[0][0], chunk[-1][0]
        computed = _recomputed(report, first, last)
        for index, stored in chunk:
            while expected < index:
                report.find("leaf-missing", expected)
                expected += 1
            yield _leaf(report, index, stored, computed)
            expected = index + 1


def _leaf(report: Report, index: int, stored: str, computed: dict[int, tuple[str, bytes]]) -> bytes:
    """The hash that counts for this place: the entry's own, or the stored one when it is gone."""
    if index not in computed:
        report.find("entry-missing", index)
        return _stored_hash(stored)
    ref, leaf = computed[index]
    if leaf.hex() != stored:
        report.find("entry-changed", index, ref)
    return leaf


def _stored_hash(text: str) -> bytes:
    try:
        return bytes.fromhex(text)
    except ValueError:
        return ledger.EMPTY_ROOT


def _recomputed(report: Report, first: int, last: int) -> dict[int, tuple[str, bytes]]:
    """Place -> (ref, leaf hash) for the entries that are still there; checks their details."""
    subjects = _subjects(first, last)
    found = {}
    rows = Leaf.objects.filter(index__range=(first, last)).values_list(*_COLUMNS)
    for index, _, number, ref, at, actor, verb, purpose, committed, salt, body in rows:
        if ref is None:
            continue
        data = leaf_bytes(
            ref=ref,
            at=at,
            actor=actor,
            verb=verb,
            subjects=subjects[number],
            purpose=purpose,
            commitment=committed,
        )
        found[index] = ref, ledger.leaf_hash(data)
        if body is not None:
            report.details += 1
            if commitment(bytes(salt), body) != committed:
                report.find("details-changed", index, ref)
    return found


def _subjects(first: int, last: int) -> dict[int, list[str]]:
    rows = EntrySubject.objects.filter(entry__leaf__index__range=(first, last))
    found: dict[int, list[str]] = defaultdict(list)
    for number, subject in rows.values_list("entry_id", "subject"):
        found[number].append(subject)
    return found
