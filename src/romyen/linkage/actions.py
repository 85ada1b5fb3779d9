"""Bringing two records of one person together, and parting them again."""

from datetime import datetime

from django.db import transaction

from romyen import access, audit
from romyen.access import Node, Reader
from romyen.access.models import Assignment, Exclusion
from romyen.cases.actions import follow_survivor
from romyen.linkage.models import Merge
from romyen.rules import lists
from romyen.rules.refusals import refuse
from romyen.survivors import actions as survivors
from romyen.survivors.actions import Chosen
from romyen.survivors.models import Name, Survivor

VERB = "survivor.merge"


def merge(
    kept: Survivor,
    folded: Survivor,
    chosen: Chosen,
    *,
    names: tuple[str, ...] = (),
    reason: str,
    words: str = "",
    expected: tuple[int, int],
    actor: Reader,
    now: datetime,
) -> Merge:
    """Say that two records are of one person: everything hangs on ``kept`` from now on.

    ``names`` of the other record that were not chosen stay as aliases. Refuses with ``RY-ABSENT``
    whoever may not know of both, then with ``RY-MERGE-…``; see ``survivors.actions.fold``.
    """
    with transaction.atomic():
        for one in (kept, folded):
            access.require(actor, VERB, one.node, now=now)
        lists.of("linkage", "merge_reasons").item(reason, field="reason")
        refuse_unlike(kept, folded, now=now)
        taken = survivors.fold(kept, folded, chosen, expected=expected, actor=actor, now=now)
        cases = follow_survivor(folded, kept, actor=actor, now=now)
        done = Merge(
            kept=kept, folded=folded, reason=reason, at=now, by=actor.id,
            taken=taken.as_json(), cases=cases, added=_aliases(kept, names, actor, now),
        )  # fmt: skip
        access.seal(done, actor=actor, now=now, words=words.strip())
        done.save(force_insert=True)
        audit.record(
            actor=actor.id,
            verb=VERB,
            subjects=[kept.pk, folded.pk],
            details={"merge": done.pk, "kept": kept.pk, "reason": reason, "cases": len(cases)},
            at=now,
        )
    return done


def _aliases(kept: Survivor, names: tuple[str, ...], actor: Reader, now: datetime) -> list[str]:
    her = Survivor.objects.select_related("node").get(pk=kept.pk)
    made = [survivors.add_name(her, kind="alias", text=n, actor=actor, now=now) for n in names]
    return [str(name.pk) for name in made]


def refuse_unlike(kept: Survivor, folded: Survivor, *, now: datetime) -> None:
    """Refuse two records that cannot become one: nobody may learn more by it, or lose a wall."""
    if kept.pk == folded.pk or kept.pk == folded.folded_into_id:
        raise refuse("RY-MERGE-SAME")
    for one in (kept, folded):
        one.refuse_if_over()
    if kept.node.team_id != folded.node.team_id:
        raise refuse("RY-MERGE-TEAM")
    if Survivor.objects.filter(folded_into=folded).exists():
        raise refuse("RY-MERGE-HOLDS-ANOTHER")
    if walls_of(kept.node, now=now) != walls_of(folded.node, now=now):
        raise refuse("RY-MERGE-WALLS")


def walls_of(node: Node, *, now: datetime) -> frozenset[tuple[str, str]]:
    """Who is shut out of this very record, and with whom it was shared."""
    out = Exclusion.objects.filter(node=node, lifted_at=None).values_list("member", flat=True)
    shared = Assignment.objects.filter(node=node).exclude(ends_at__lte=now)
    lent = shared.values_list("member", "role")
    return frozenset([*((member, "") for member in out), *lent])


def unmerge(done: Merge, *, actor: Reader, now: datetime) -> Survivor:
    """It was a mistake: two people after all. Fields, parts and cases go back where they were.

    Refuses with ``RY-MERGE-UNDONE``, ``RY-MERGE-EDITED`` where what was taken over was changed
    since, and ``RY-MERGE-WALLS`` where a wall was built since that would not hold on both.
    """
    with transaction.atomic():
        for one in (done.kept, done.folded):
            access.require(actor, VERB, one.node, now=now)
        if not Merge.objects.filter(pk=done.pk, undone_at=None).update(
            undone_at=now, undone_by=actor.id
        ):
            raise refuse("RY-MERGE-UNDONE")
        if walls_of(done.kept.node, now=now) != walls_of(done.folded.node, now=now):
            raise refuse("RY-MERGE-WALLS")
        Name.objects.filter(pk__in=done.added, removed_at=None).update(removed_at=now)
        back = survivors.unfold(done.kept, done.folded, done.taken, since=done.at)
        cases = follow_survivor(done.kept, back, only=done.cases, actor=actor, now=now)
        audit.record(
            actor=actor.id,
            verb="survivor.unmerge",
            subjects=[done.kept_id, done.folded_id],
            details={"merge": done.pk, "cases": len(cases)},
            at=now,
        )
    return back
