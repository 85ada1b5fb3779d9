"""Changing the record; a second editor sees both versions and chooses."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any, cast

from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext

from romyen import access
from romyen.access import Reader
from romyen.access.sending import begun, sent, shown
from romyen.pages.forms import Form
from romyen.rules.spans import local_day
from romyen.survivors import actions, queries, reading
from romyen.survivors.forms.particulars import EditForm
from romyen.survivors.forms.parts import GuardianForm, ReasonForm, SafeContactForm
from romyen.survivors.models import Survivor
from romyen.survivors.particulars import SEALED, Particulars, SafeContact
from romyen.survivors.views.addresses import page_of

PURPOSE = "correction"


def permitted(reader: Reader, ref: str, verb: str, now: datetime) -> Survivor:
    """The survivor, if the reader may do ``verb`` on a record that is not over."""
    survivor = queries.survivor(reader, ref, now=now)
    access.require(reader, verb, survivor.node, now=now)
    survivor.refuse_if_over()
    return survivor


def edit(request: HttpRequest, ref: str) -> HttpResponse:
    """Change who she is. What is recorded is opened for it, and that is written down."""
    reader, now = access.open(request), access.clock()
    survivor = permitted(reader, ref, "survivor.edit", now)
    recorded = _recorded(reader, survivor, now)
    first = {"version": survivor.version}
    form = EditForm(request.POST or None, known=recorded, initial=first)
    typed = _typed(begun(request, form), request, recorded, now)

    def take() -> str:
        expected = form.cleaned_data["version"]
        actions.edit(survivor, typed[0], expected=expected, actor=reader, now=now)
        return page_of(survivor)

    done = sent(request, form, take, say=gettext("Saved."))
    context: dict[str, Any] = {"survivor": survivor}
    if not done and typed and form.has_error(NON_FIELD_ERRORS, "RY-EDIT-CONFLICT"):
        labels = {name: field.label for name, field in form.fields.items()}
        context["differences"] = reading.particulars_rows(recorded, typed[0], labels)
        _carry_on(form, survivor)
    return done or shown(request, "survivors/edit.html", form, **context)


def _recorded(reader: Reader, survivor: Survivor, now: datetime) -> Particulars:
    opened = access.reveal(reader, [survivor], SEALED, purpose=PURPOSE, now=now)
    return Particulars.of(survivor, opened[survivor.pk])


def _typed(
    form: EditForm, request: HttpRequest, recorded: Particulars, now: datetime
) -> list[Particulars]:
    """What was typed, with what the writer chose to keep as it is recorded; empty if invalid."""
    if not (form.is_bound and form.is_valid()):
        return []
    typed = form.particulars(local_day(now))
    if typed is None:
        return []
    kept = [name for name in request.POST.getlist("keep") if name in vars(recorded)]
    return [replace(typed, **{name: getattr(recorded, name) for name in kept})]


def _carry_on(form: Form, survivor: Survivor) -> None:
    """The next sending of this form answers to the version that its writer has now seen."""
    typed = cast(QueryDict, form.data).copy()
    typed["version"] = str(survivor.version)
    form.data = typed


def safe_contact(request: HttpRequest, ref: str) -> HttpResponse:
    """How she may be reached without danger."""
    reader, now = access.open(request), access.clock()
    survivor = permitted(reader, ref, "survivor.edit", now)
    opened = access.reveal(reader, [survivor], ["safe_contact"], purpose="safety", now=now)
    text = opened[survivor.pk]["safe_contact"]
    known = vars(SafeContact.from_text(text)) if isinstance(text, str) else {}
    form = SafeContactForm(request.POST or None, initial={**known, "version": survivor.version})

    def change(expected: int, facts: dict[str, Any]) -> None:
        safe = SafeContact(**facts)
        actions.set_safe_contact(survivor, safe, expected=expected, actor=reader, now=now)

    recorded = reading.safe_contact_rows(known)
    return _changed(request, form, survivor, change, "survivors/safe_contact.html", recorded)


def guardian(request: HttpRequest, ref: str) -> HttpResponse:
    """Whether the guardian's interest runs against hers."""
    reader, now = access.open(request), access.clock()
    survivor = permitted(reader, ref, "survivor.edit", now)
    opened = access.reveal(reader, [survivor], ["guardian_detail"], purpose=PURPOSE, now=now)
    detail = opened[survivor.pk]["guardian_detail"]
    first = {
        "conflict": survivor.guardian_conflict,
        "detail": detail or "",
        "version": survivor.version,
    }
    form = GuardianForm(request.POST or None, initial=first)

    def change(expected: int, facts: dict[str, Any]) -> None:
        actions.flag_guardian_conflict(survivor, **facts, expected=expected, actor=reader, now=now)

    recorded = reading.guardian_rows(survivor, detail)
    return _changed(request, form, survivor, change, "survivors/guardian.html", recorded)


def _changed(
    request: HttpRequest,
    form: Form,
    survivor: Survivor,
    change: Callable[[int, dict[str, Any]], None],
    template: str,
    recorded: list[dict[str, Any]],
) -> HttpResponse:
    """Save a short versioned form, or show it again beside what is recorded now."""
    form = begun(request, form)

    def take() -> str:
        facts = dict(form.cleaned_data)
        change(facts.pop("version"), facts)
        return page_of(survivor)

    done = sent(request, form, take, say=gettext("Saved."))
    context: dict[str, Any] = {"survivor": survivor}
    if not done and form.is_bound and form.has_error(NON_FIELD_ERRORS, "RY-EDIT-CONFLICT"):
        context["recorded"] = recorded
        _carry_on(form, survivor)
    return done or shown(request, template, form, **context)


def void(request: HttpRequest, ref: str) -> HttpResponse:
    """Mark the record as entered in error."""
    reader, now = access.open(request), access.clock()
    survivor = permitted(reader, ref, "survivor.void", now)
    form = begun(request, ReasonForm(request.POST or None))

    def take() -> str:
        actions.void(survivor, reason=form.cleaned_data["reason"], actor=reader, now=now)
        return page_of(survivor)

    said = gettext("Marked as entered in error.")
    return sent(request, form, take, say=said) or shown(
        request, "survivors/void.html", form, survivor=survivor
    )
