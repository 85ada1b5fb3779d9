"""Completing a lead: sealed parts open on request, two versions side by side after a conflict."""

from datetime import datetime
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from romyen import access
from romyen.access import Reader, drafts
from romyen.access.sending import sent, shown
from romyen.leads import actions, queries
from romyen.leads.forms import FactsForm, PlaceForm, empty_parts, known, language, place_in
from romyen.leads.models import SEALED, Lead
from romyen.leads.reading import address, lines
from romyen.leads.words import labels, words
from romyen.pages.drafts import prefill
from romyen.rules import places

PURPOSE = "complete"


def inner_places(request: HttpRequest) -> HttpResponse:
    """The three selects of a place, with the areas inside what is chosen."""
    access.open(request)
    form = PlaceForm(place=place_in(request.GET))
    return render(request, "leads/places.html", {"form": form})


def complete(request: HttpRequest, ref: str) -> HttpResponse:
    """Add to a lead or correct it."""
    reader, now = access.open(request), access.clock()
    lead = queries.lead_for(reader, ref, "lead.record", now=now)
    if request.method != "POST":
        return shown(request, "leads/complete.html", _recalled(reader, lead, request), lead=lead)
    if "open" in request.POST:
        return _opened(request, reader, lead, now)
    if "areas" in request.POST:
        return shown(request, "leads/complete.html", _as_typed(request, lead), lead=lead)
    form = FactsForm(request.POST, **_shape(request.POST))

    def take() -> str:
        expected = form.cleaned_data["version"]
        actions.complete(lead, expected=expected, **form.facts(), actor=reader, now=now)
        return address(lead)

    if done := sent(request, form, take, say=gettext("Saved.")):
        return done
    context: dict[str, Any] = {"lead": lead}
    if form.has_error(NON_FIELD_ERRORS, "RY-EDIT-CONFLICT"):
        context["differences"] = _differences(reader, lead, form, now)
        typed = request.POST.copy()
        typed["version"] = str(lead.version)
        form.data = typed
    return shown(request, "leads/complete.html", form, **context)


def _shape(typed: Any) -> dict[str, Any]:
    """Which sealed parts stand in the form, and whose areas are offered."""
    return {"shown": str(typed.get("shown", "")).split(), "place": place_in(typed)}


def _recalled(reader: Reader, lead: Lead, request: HttpRequest) -> FactsForm:
    """The form as it begins: from the reader's own draft, else from what is open."""
    draft = drafts.recall(reader, request.path)
    if draft is None:
        return FactsForm(initial=known(lead), shown=empty_parts(lead), place=lead.place)
    first = {name: values[0] for name, values in draft.items() if values}
    return prefill(FactsForm(initial=known(lead), **_shape(first)), draft)


def _as_typed(request: HttpRequest, lead: Lead, extra: tuple[str, ...] = ()) -> FactsForm:
    """What was typed, not yet checked; ``extra`` sealed parts stand in it too."""
    shape = _shape(request.POST)
    shape["shown"] = [*shape["shown"], *extra]
    form = FactsForm(initial=known(lead), **shape)
    visible = form.initial["shown"]
    prefill(form, dict(request.POST.lists()))
    form.initial["shown"], form.from_draft = visible, False
    return form


def _opened(request: HttpRequest, reader: Reader, lead: Lead, now: datetime) -> HttpResponse:
    """The same form with the sealed parts opened; what no key opens stays masked."""
    already = str(request.POST.get("shown", "")).split()
    wanted = [name for name in SEALED if name not in already]
    plain = access.reveal(reader, [lead], wanted, purpose=PURPOSE, now=now)[lead.pk]
    opened = {name: value for name, value in plain.items() if value is not access.CLOSED}
    form = _as_typed(request, lead, extra=tuple(opened))
    form.initial.update({name: value or "" for name, value in opened.items()})
    return shown(request, "leads/complete.html", form, lead=lead)


def _differences(
    reader: Reader, lead: Lead, form: FactsForm, now: datetime
) -> list[dict[str, Any]]:
    """Where the recorded version and the typed one differ, in words, sealed parts opened."""
    typed = form.facts()
    sealed = [name for name in SEALED if name in typed]
    recorded: dict[str, Any] = {name: getattr(lead, name) for name in typed if name not in sealed}
    if sealed:
        recorded |= access.reveal(reader, [lead], sealed, purpose=PURPOSE, now=now)[lead.pk]
    return [
        {
            "label": form.fields[name].label if name in form.fields else gettext("Area"),
            "recorded": _words(name, recorded[name]),
            "typed": _words(name, typed[name]),
        }
        for name in typed
        if (recorded[name] or "") != (typed[name] or "")
    ]


def _words(name: str, value: Any) -> Any:
    here = language()
    if name in ("exploitation", "red_flags"):
        return lines(labels(name, value, here))
    if name == "place":
        return places.path(value, here) if value else None
    of = {"source": "sources", "child": "child_involved"}.get(name, name)
    return words(of).label(value, here) if name in FactsForm.lists else value
