"""The people who were met: many at once, then one by one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from romyen import access
from romyen.access import Actor
from romyen.operations.actions.holding import check_version, log, store, taken_place
from romyen.operations.actions.planning import listed
from romyen.operations.models import Encounter, Operation
from romyen.operations.words import (
    NONE,
    NOT_ASKED,
    OPEN,
    UNKNOWN,
    may_be_victim,
    words,
    years_of,
)
from romyen.rules.births import Birth
from romyen.rules.refusals import refuse
from romyen.rules.spans import local_day
from romyen.survivors import actions as survivors
from romyen.survivors.listed import nationalities
from romyen.survivors.models import Survivor
from romyen.survivors.particulars import Particulars, tidy

MOST = 1_000
"""People in one batch. A mass return of thousands comes in several."""
_LISTS = {"sex": "sexes", "age": "ages", "group": "groups", "outcome": "outcomes"}


@dataclass(frozen=True, kw_only=True)
class Met:
    """What is known of one person. Everything may be missing."""

    name: str = ""
    sex: str = UNKNOWN
    age: str = UNKNOWN
    nationality: str = ""
    group: str = NONE
    outcome: str = OPEN
    words: str = ""

    def check(self) -> None:
        """Refuse what is in no list, beside the field."""
        for name, of in _LISTS.items():
            words(of).item(getattr(self, name), field=name)
        if self.nationality:
            nationalities().item(self.nationality, field="nationality")


def meet(
    operation: Operation, people: Sequence[Met], *, actor: Actor, now: datetime
) -> list[Encounter]:
    """Write down everyone who was met, up to a thousand in one go: all of them, or nobody.

    Refuses with ``RY-OPERATION-NOBODY`` for none, ``RY-OPERATION-TOO-MANY`` for more,
    ``RY-OPERATION-NOT-YET`` before it took place.
    """
    if not people:
        raise refuse("RY-OPERATION-NOBODY", field="lines")
    if len(people) > MOST:
        raise refuse("RY-OPERATION-TOO-MANY", field="lines", count=len(people), most=MOST)
    with transaction.atomic():
        fresh = taken_place(operation, actor, now)
        first = (fresh.encounters.aggregate(last=Max("number"))["last"] or 0) + 1
        rows = [_row(fresh, first + at, one, actor, now) for at, one in enumerate(people)]
        Encounter.objects.bulk_create(rows)
        log(fresh, "operation.people", actor, now, count=len(rows), first=first)
    return rows


def _row(operation: Operation, number: int, one: Met, actor: Actor, now: datetime) -> Encounter:
    one.check()
    name = tidy(one.name)
    row = Encounter(
        operation=operation,
        number=number,
        named=bool(name),
        sex=one.sex,
        age=one.age,
        nationality=one.nationality,
        group=one.group,
        outcome=one.outcome,
        at=now,
        by=actor.id,
    )
    if one.outcome != OPEN:
        row.decided_at, row.decided_by = now, actor.id
    access.seal(row, actor=actor, now=now, name=name, words=one.words.strip())
    return row


def decide(
    encounter: Encounter,
    facts: Met,
    *,
    asked: str = NOT_ASKED,
    indicators: Iterable[str] = (),
    keep: Iterable[str] = (),
    expected: int,
    actor: Actor,
    now: datetime,
) -> Encounter:
    """Say what is known of one person now, and what becomes of them.

    ``keep`` names the sealed parts (``name``, ``words``) that stay as they are. Refuses with
    ``RY-EDIT-CONFLICT`` when somebody wrote since, ``RY-OPERATION-REGISTERED`` where a
    survivor's file was begun and the new outcome would deny it.
    """
    with transaction.atomic():
        operation = taken_place(encounter.operation, actor, now)
        fresh = Encounter.objects.select_for_update().get(pk=encounter.pk)
        check_version(fresh, expected)
        facts.check()
        words("asked").item(asked, field="asked")
        if fresh.survivor_id and not may_be_victim(facts.outcome):
            raise refuse("RY-OPERATION-REGISTERED", field="outcome")
        _put_in(fresh, facts, set(keep), actor, now)
        fresh.asked, fresh.indicators = asked, listed(indicators, "indicators")
        store(fresh)
        log(operation, "operation.outcome", actor, now, person=fresh.pk, outcome=fresh.outcome)
    return fresh


def _put_in(row: Encounter, facts: Met, keep: set[str], actor: Actor, now: datetime) -> None:
    if row.outcome != facts.outcome:
        row.decided_at, row.decided_by = now, actor.id
    for name in (*_LISTS, "nationality"):
        setattr(row, name, getattr(facts, name))
    sealed = {"name": tidy(facts.name), "words": facts.words.strip()}
    if "name" not in keep:
        row.named = bool(sealed["name"])
    said = {name: text for name, text in sealed.items() if name not in keep}
    access.seal(row, actor=actor, now=now, **said)


def register(
    encounter: Encounter, *, full_name: str, actor: Actor, now: datetime
) -> tuple[Encounter, Survivor]:
    """Begin a survivor's file for a person who may be a victim, with what is known of them.

    Needs ``survivor.register`` beside reading the operation. The file comes from the operation's
    lead. Refuses with ``RY-OPERATION-REGISTERED`` the second time, ``RY-OPERATION-NO-VICTIM``
    for another outcome.
    """
    with transaction.atomic():
        operation = encounter.operation
        fresh = _without_file(encounter, actor, now)
        who: Any = {"team": operation.team, "lead": operation.lead, "actor": actor, "now": now}
        survivor = survivors.register(_particulars(fresh, full_name), **who)
        fresh.survivor = survivor
        store(fresh)
        log(operation, "operation.register", actor, now, person=fresh.pk)
    return fresh, survivor


def recognise(
    encounter: Encounter, survivor: Survivor, *, actor: Actor, now: datetime
) -> Encounter:
    """The person who was met is somebody whose file exists: no second one is begun.

    Asks what :func:`register` asks, and that the actor may write in that file. Refuses as it does,
    and ``RY-SURVIVOR-VOID`` or ``RY-SURVIVOR-FOLDED`` for a file in which nothing is written.
    """
    with transaction.atomic():
        fresh = _without_file(encounter, actor, now)
        access.require(actor, "survivor.edit", survivor.node, now=now)
        survivor.refuse_if_over()
        fresh.survivor = survivor
        store(fresh)
        log(encounter.operation, "operation.recognise", actor, now, person=fresh.pk)
    return fresh


def _without_file(encounter: Encounter, actor: Actor, now: datetime) -> Encounter:
    """Somebody who may be a victim and has no file yet, locked for this verb."""
    operation = encounter.operation
    access.require(actor, "operation.read", operation.node, now=now)
    access.require(actor, "survivor.register", operation.node, now=now)
    fresh = Encounter.objects.select_for_update().get(pk=encounter.pk)
    if fresh.survivor_id:
        raise refuse("RY-OPERATION-REGISTERED")
    if not may_be_victim(fresh.outcome):
        raise refuse("RY-OPERATION-NO-VICTIM")
    return fresh


def _particulars(row: Encounter, full_name: str) -> Particulars:
    """What stands open of the person, and the name that was typed or opened.

    The band of years goes along as an estimate of the day on which the person was met.
    """
    years = years_of(row.age)
    birth = Birth.estimated(*years, local_day(row.at), "other") if years else None
    gender = str(words("sexes").item(row.sex).more["gender"])
    from_where = (row.nationality,) if row.nationality else ()
    return Particulars(full_name=full_name, birth=birth, gender=gender, nationalities=from_where)
