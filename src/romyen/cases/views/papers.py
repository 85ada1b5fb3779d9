"""Notes, people and family links."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from django.views.decorators.http import require_POST

from romyen import access
from romyen.access import Reader
from romyen.cases import actions, panels, queries
from romyen.cases.forms import LinkForm, NoteForm, PersonForm, PurposeForm
from romyen.cases.models import Note, Person
from romyen.cases.views.saving import address, begun, renew_version, saved, shown
from romyen.cases.views.work import working
from romyen.cases.words import label
from romyen.pages.slots import slot
from romyen.rules.refusals import Refusal

LATEST = 5


@slot(_("Notes"))
def notes(request: HttpRequest, ref: str) -> HttpResponse:
    """The notes of a case: by kind and author, their text when opened for a purpose."""
    reader, now = access.open(request), access.clock()
    case = queries.case(reader, ref, now=now)
    boxed = request.headers.get("HX-Request") == "true"
    rows = list(queries.notes(case)[: LATEST + 1 if boxed else None])
    form, opened = PurposeForm(request.POST or None), {}
    if form.is_valid():
        purpose = form.cleaned_data["purpose"]
        opened = queries.read_notes(reader, rows, purpose=purpose, now=now)
    names = access.names_of(row.author for row in rows)
    items = [_note(row, names, opened) for row in rows]
    context = {
        "case": case,
        "items": items[:LATEST] if boxed else items,
        "more": boxed and len(items) > LATEST,
        "form": form,
        "opened": bool(opened),
        "may_work": _may_work(reader, case, now),
    }
    return render(request, f"cases/notes.html{'#box' if boxed else ''}", context)


def _note(row: Note, names: dict[str, str], opened: dict[str, Any]) -> dict[str, Any]:
    return {
        "row": row,
        "kind": label("note_kinds", row.kind),
        "author": names.get(row.author, ""),
        "text": opened.get(row.pk, getattr(row, Note.COLUMNS[row.kind])),
        "closed": opened.get(row.pk) is access.CLOSED,
    }


def _may_work(reader: Reader, case: Any, now: Any) -> bool:
    return case.is_open and bool(access.decide(reader, "case.work", case.node, now=now))


def note(request: HttpRequest, ref: str) -> HttpResponse:
    """Write a note."""
    return _write(request, ref, None, gettext("Write a note"))


def correct_note(request: HttpRequest, ref: str, note_ref: str) -> HttpResponse:
    """Correct a note by a new one of the same kind."""
    reader, now = access.open(request), access.clock()
    older = queries.part(reader, Note.objects.all(), ref, note_ref, now=now)
    return _write(request, ref, older, gettext("Correct a note"))


def _write(request: HttpRequest, ref: str, older: Note | None, heading: str) -> HttpResponse:
    reader, case, now = working(request, ref)
    first = {"kind": older.kind if older else "case"}
    form = begun(request, NoteForm(request.POST or None, initial=first))

    def act() -> str:
        actions.add_note(case, **form.cleaned_data, corrects=older, actor=reader, now=now)
        return address(case)

    before = gettext("The older note stays as it is.") if older else ""
    return saved(request, form, act) or shown(request, case, form, heading, before=before)


@slot(_("People in this case"))
def people(request: HttpRequest, ref: str) -> HttpResponse:
    """The other people of a case; their names when opened for a purpose."""
    reader, now = access.open(request), access.clock()
    case = queries.case(reader, ref, now=now)
    boxed = request.headers.get("HX-Request") == "true"
    rows = queries.people(case)
    form, opened = PurposeForm(request.POST or None), {}
    if form.is_valid():
        purpose = form.cleaned_data["purpose"]
        opened = queries.read_people(reader, rows, purpose=purpose, now=now)
    context = {
        "case": case,
        "items": panels.people_rows(rows, opened),
        "form": form,
        "opened": bool(opened),
        "may_work": _may_work(reader, case, now),
    }
    return render(request, f"cases/people.html{'#box' if boxed else ''}", context)


def person(request: HttpRequest, ref: str) -> HttpResponse:
    """Add someone else of the story."""
    reader, case, now = working(request, ref)
    form = begun(request, PersonForm(request.POST or None))

    def act() -> str:
        actions.add_person(case, **_facts(form), actor=reader, now=now)
        return address(case)

    return saved(request, form, act) or shown(request, case, form, gettext("Add a person"))


def _facts(form: PersonForm) -> dict[str, Any]:
    return {name: value for name, value in form.cleaned_data.items() if name != "version"}


def edit_person(request: HttpRequest, ref: str, person_ref: str) -> HttpResponse:
    """Change what is written about someone; after a conflict both versions are shown.

    Opening the form opens the person's identity: one read entry, for correcting the record.
    """
    reader, case, now = working(request, ref)
    row = queries.part(reader, Person.objects.all(), ref, person_ref, now=now)
    first = {} if request.POST else _known(reader, row, now)
    form = begun(request, PersonForm(request.POST or None, initial=first))

    def act() -> str:
        expected = form.cleaned_data["version"] or 0
        actions.edit_person(row, **_facts(form), expected=expected, actor=reader, now=now)
        return address(case)

    if done := saved(request, form, act):
        return done
    context: dict[str, Any] = {}
    if renew_version(form, Person.objects.get(pk=row.pk).version):
        fresh = Person.objects.select_related("case").get(pk=row.pk)
        context["differences"] = _differences(_known(reader, fresh, now), form)
    return shown(request, case, form, gettext("Change this person"), **context)


def _known(reader: Reader, row: Person, now: Any) -> dict[str, Any]:
    """The person as the form's initial values; what no key opens stays empty."""
    opened = queries.read_people(reader, [row], purpose="correction", now=now)[row.pk]
    texts = {name: value or "" for name, value in opened.items()}
    return {
        **texts,
        "role": row.role,
        "in_conflict": row.in_conflict,
        "version": row.version,
    }


def _differences(recorded: dict[str, Any], form: PersonForm) -> list[dict[str, Any]]:
    """Where the recorded version and the typed one differ, in words."""
    typed = _facts(form)
    return [
        {
            "label": form.fields[name].label,
            "recorded": _said(name, recorded[name]),
            "typed": _said(name, typed[name]),
        }
        for name in typed
        if recorded[name] != typed[name]
    ]


def _said(name: str, value: Any) -> Any:
    return label("person_roles", value) if name == "role" else value


@require_POST
def remove_person(request: HttpRequest, ref: str, person_ref: str) -> HttpResponse:
    """Someone no longer belongs to the story."""
    reader, case, now = working(request, ref)
    row = queries.part(reader, Person.objects.all(), ref, person_ref, now=now)

    def take() -> str:
        actions.remove_person(row, actor=reader, now=now)
        return address(case)

    return access.once(request, take)


def link(request: HttpRequest, ref: str) -> HttpResponse:
    """Link the case of a family member, by its code."""
    reader, case, now = working(request, ref)
    form = begun(request, LinkForm(request.POST or None))

    def act() -> str:
        given = form.cleaned_data
        other = queries.by_code(reader, given["code"], now=now)
        actions.link_cases(case, other, kind=given["kind"], actor=reader, now=now)
        return address(case)

    try:
        done = saved(request, form, act)
    except Refusal as refusal:
        if refusal.code != "RY-ABSENT":
            raise
        done = None
        form.add_error("code", gettext("No case with this code is open to you."))
    return done or shown(request, case, form, gettext("Link a family member's case"))
