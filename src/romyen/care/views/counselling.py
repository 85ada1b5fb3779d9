"""Counselling: for whoever counsels. Everyone else learns days and a number on the plan's page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from romyen import access
from romyen.care import actions, panels, queries
from romyen.care.actions.sessions import IMMEDIATE
from romyen.care.forms import PurposeForm, SessionForm
from romyen.care.models import Session
from romyen.care.views.working import (
    Opening,
    at,
    form_page,
    opening,
    page_of,
    reading,
    reading_part,
    working,
)
from romyen.cases.views.saving import begun, saved
from romyen.pages.slots import slot
from romyen.rules.spans import local_day

_SEALED = ("notes", "void_reason")
LATEST = 3


@slot(_("Counselling"), verb="counselling.read")
def counselling(request: HttpRequest, ref: str) -> HttpResponse:
    """The sessions of a case; a POST with a purpose opens the notes to counsellors."""
    reader, case, now = reading(request, ref, "counselling.read")
    boxed = request.headers.get("HX-Request") == "true"
    rows = queries.sessions(case)
    found = opening(request, reader, now, (rows, _SEALED))
    items = [panels.session(row, found.plain) for row in rows]
    shown = [one for one in items if not one["row"].void_at][:LATEST] if boxed else items
    context = page_of(reader, case, now, found, "counselling", items=shown, called=panels.called())
    return render(request, f"care/counselling.html{'#box' if boxed else ''}", context)


def record_session(request: HttpRequest, ref: str) -> HttpResponse:
    """Record a session that was held; immediate danger leads to whom to call."""
    reader, case, now = working(request, ref, "counselling.record")
    form = begun(
        request,
        SessionForm(
            request.POST or None,
            counsellors=access.who_can("counselling.record", case.node, now=now),
            initial={"on": local_day(now), "counsellor": reader.id},
        ),
    )

    def act() -> str:
        row = actions.record_session(case, **form.facts(), actor=reader, now=now)
        danger = form.cleaned_data["safety"] == IMMEDIATE
        return at("danger", case) if danger else at("session", case, row.pk)

    heading, back = gettext("Record a counselling session"), at("counselling", case)
    return saved(request, form, act) or form_page(request, case, form, heading, back)


def session(request: HttpRequest, ref: str, session_ref: str) -> HttpResponse:
    """One session."""
    rows = Session.objects.select_related("counsellor")
    reader, case, row, now = reading_part(request, ref, rows, session_ref, "counselling.read")
    found = opening(request, reader, now, ([row], _SEALED))
    one = panels.session(row, found.plain)
    context = page_of(reader, case, now, found, "counselling", one=one, called=panels.called())
    return render(request, "care/session.html", context)


def danger(request: HttpRequest, ref: str) -> HttpResponse:
    """Someone may be in danger from themselves: whom to call, and what was done."""
    reader, case, now = reading(request, ref)
    context = page_of(reader, case, now, Opening(PurposeForm()), "", called=panels.called())
    return render(request, "care/danger.html", context)
