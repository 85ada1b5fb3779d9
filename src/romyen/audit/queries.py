"""Reads of the log, as plain as they can be. Who may ask is decided by ``access`` above."""

from collections.abc import Collection

from romyen.audit.models import Checkpoint, Entry, Leaf
from romyen.rules import ledger, notes
from romyen.rules.refusals import refuse


def entries_about(
    subject: str, *, before: str = "", limit: int = 50, without: Collection[str] = ()
) -> list[Entry]:
    """Who did what with this subject and why, newest first: "Who has seen this".

    ``before`` is the ``ref`` of the last entry of the page before; ``without`` are verbs that this
    reader is not shown, so that a page is as full as any other.
    """
    entries = Entry.objects.filter(subjects__subject=subject).order_by("-id")
    if without:
        entries = entries.exclude(verb__in=without)
    if before:
        entries = entries.filter(id__lt=Entry.objects.filter(ref=before).values("id"))
    return list(entries[:limit])


def tree(size: int | None = None) -> ledger.Tree:
    """The tree of the log over its first ``size`` leaves (default: all), from the stored hashes."""
    leaves = Leaf.objects.order_by("index").values_list("hash", flat=True)
    if size is not None:
        leaves = leaves.filter(index__lt=size)
    return ledger.Tree(bytes.fromhex(leaf) for leaf in leaves.iterator())


def inclusion_proofs(refs: list[str], checkpoint: Checkpoint) -> list[notes.Proof]:
    """For each entry the proof that the checkpoint covers it; one pass over the tree for all.

    RY-AUDIT-NO-ENTRY when one does not exist or came after the checkpoint.
    """
    entries = Entry.objects.filter(ref__in=refs, leaf__index__lt=checkpoint.size)
    found = {e.ref: e for e in entries.select_related("leaf").prefetch_related("subjects")}
    if not set(refs) <= set(found):
        raise refuse("RY-AUDIT-NO-ENTRY")
    whole = tree(checkpoint.size)
    return [_proof(found[ref], whole, checkpoint) for ref in refs]


def _proof(entry: Entry, whole: ledger.Tree, checkpoint: Checkpoint) -> notes.Proof:
    index = entry.leaf.index
    path = tuple(whole.inclusion_proof(index))
    return notes.Proof(entry.leaf_bytes(), index, path, checkpoint.note)


def consistency_proof(old: int, new: int) -> list[bytes]:
    """That the log at ``old`` entries is the beginning of the log at ``new``. ValueError beyond."""
    return tree(new).consistency_proof(old, new)
