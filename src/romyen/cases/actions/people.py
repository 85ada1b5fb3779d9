"""Notes, other people of the story, and links between cases of one family."""

from datetime import datetime

from django.db import transaction

from romyen import access
from romyen.cases.actions.ground import log, require_work, worded
from romyen.cases.book import listed
from romyen.cases.models import Case, Link, Note, Person
from romyen.cases.versions import take_version
from romyen.rules.namekeys import text_of
from romyen.rules.refusals import refuse


def add_note(
    case: Case,
    *,
    kind: str,
    text: str,
    corrects: Note | None = None,
    actor: access.Actor,
    now: datetime,
) -> Note:
    """Write a note. Its kind decides which compartment seals it; whoever cannot open that
    compartment may still put in. A correction is a note of the same kind about an older one.
    """
    with transaction.atomic():
        require_work(actor, case, now=now)
        listed("note_kinds").item(kind, field="kind")
        text = worded(text, field="text")
        if corrects is not None and (corrects.case_id, corrects.kind) != (case.pk, kind):
            raise refuse("RY-BAD-INPUT", field="kind")
        note = Note(case=case, kind=kind, author=actor.id, at=now, corrects=corrects)
        access.seal(note, actor=actor, now=now, **{Note.COLUMNS[kind]: text})
        note.save(force_insert=True)
        log(actor, "case.note", case, now=now, note=note.pk, kind=kind)
    return note


def add_person(
    case: Case,
    *,
    role: str,
    name: str,
    contact: str = "",
    known: str = "",
    in_conflict: bool = False,
    actor: access.Actor,
    now: datetime,
) -> Person:
    """Add someone else of the story. Where no name is known, write how they are called."""
    with transaction.atomic():
        require_work(actor, case, now=now)
        person = Person(case=case, added_at=now, added_by=actor.id)
        _fill(person, role, name, contact, known, in_conflict, actor, now)
        person.save(force_insert=True)
        log(actor, "case.person", case, now=now, person=person.pk, role=role)
    return person


def _fill(
    person: Person,
    role: str,
    name: str,
    contact: str,
    known: str,
    in_conflict: bool,
    actor: access.Actor,
    now: datetime,
) -> None:
    listed("person_roles").item(role, field="role")
    if not name.strip():
        raise refuse("RY-CASE-PERSON-NAME", field="name")
    person.role, person.in_conflict = role, in_conflict
    access.seal(
        person,
        actor=actor,
        now=now,
        name=name.strip(),
        name_keys=text_of([name]),
        contact=contact.strip(),
        known=known.strip(),
    )


def edit_person(
    person: Person,
    *,
    role: str,
    name: str,
    contact: str = "",
    known: str = "",
    in_conflict: bool = False,
    expected: int,
    actor: access.Actor,
    now: datetime,
) -> Person:
    """Change what is written about someone."""
    with transaction.atomic():
        require_work(actor, person.case, now=now)
        take_version(person, expected)
        _fill(person, role, name, contact, known, in_conflict, actor, now)
        person.save()
        log(actor, "case.person_edit", person.case, now=now, person=person.pk, role=role)
    return person


def remove_person(person: Person, *, actor: access.Actor, now: datetime) -> Person:
    """They were entered in error, or no longer belong to the story. The row stays, unlisted."""
    with transaction.atomic():
        require_work(actor, person.case, now=now)
        if person.removed_at is not None:
            raise refuse("RY-CASE-SETTLED")
        person.removed_at = now
        person.save(update_fields=["removed_at"])
        log(actor, "case.person_remove", person.case, now=now, person=person.pk)
    return person


def link_cases(case: Case, other: Case, *, kind: str, actor: access.Actor, now: datetime) -> Link:
    """Say that two cases are of one family. The actor works on both; linking twice is once."""
    with transaction.atomic():
        require_work(actor, case, now=now)
        access.require(actor, "case.work", other.node, now=now)
        listed("family_kinds").item(kind, field="kind")
        if case.pk == other.pk:
            raise refuse("RY-CASE-LINK-SELF", field="other")
        first, second = sorted((case, other), key=lambda linked: str(linked.pk))
        link, made = Link.objects.get_or_create(
            first=first, second=second, defaults={"kind": kind, "at": now, "by": actor.id}
        )
        if made:
            for one in (case, other):
                log(actor, "case.link", one, now=now, link=link.pk)
    return link


def unlink_cases(link: Link, *, actor: access.Actor, now: datetime) -> None:
    """The link was a mistake."""
    with transaction.atomic():
        for case in (link.first, link.second):
            access.require(actor, "case.work", case.node, now=now)
            log(actor, "case.unlink", case, now=now, link=link.pk)
        link.delete()
