"""Registering someone new, after a look at who is known already."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext

from romyen import access
from romyen.access import Reader
from romyen.access.sending import begun, sent, shown, unseen
from romyen.leads import queries as leads
from romyen.leads.models import Lead
from romyen.rules.refusals import refuse
from romyen.rules.spans import local_day
from romyen.survivors import actions, known, queries, reading
from romyen.survivors.forms.particulars import RegisterForm
from romyen.survivors.known import Likely
from romyen.survivors.models import Survivor
from romyen.survivors.particulars import Particulars
from romyen.survivors.views.addresses import page_of

TEMPLATE = "survivors/register.html"


def register(request: HttpRequest) -> HttpResponse:
    """Begin a survivor's file; ``?lead=`` names the lead that it came from.

    Who may be on record already is shown first; ``apart`` are the records that the writer has
    seen and holds for someone else.
    """
    reader, now = access.open(request), access.clock()
    teams = queries.teams_to_register_in(reader, now=now)
    if not teams:
        raise refuse("RY-ACCESS-DENIED")
    lead = _lead(reader, request)
    form = begun(request, RegisterForm(request.POST or None, teams=teams))
    typed = form.particulars(local_day(now)) if form.is_bound and form.is_valid() else None
    found, apart = _known(request, reader, form, typed) if typed is not None else ([], "")
    if found:
        rows = [reading.likely_row(one) for one in found]
        return shown(request, TEMPLATE, form, lead=lead, known=rows, apart=apart)

    def take() -> str:
        return _registered(reader, form, typed, lead) if typed else ""

    said = gettext("Registered. Everything else can follow when there is time.")
    return sent(request, form, take, say=said) or shown(request, TEMPLATE, form, lead=lead)


def _lead(reader: Reader, request: HttpRequest) -> Lead | None:
    ref = request.GET.get("lead", "")
    return leads.lead(reader, ref, now=access.clock()) if ref else None


def _known(
    request: HttpRequest, reader: Reader, form: RegisterForm, typed: Particulars
) -> tuple[list[Likely], str]:
    """Who may be on record, where the writer has not seen them all."""
    now = access.clock()
    return unseen(
        request,
        lambda: known.likely(reader, form.asked(typed), now=now),
        lambda one: str(one.survivor.pk),
    )


def _registered(
    reader: Reader, form: RegisterForm, particulars: Particulars, lead: Lead | None
) -> str:
    now = access.clock()
    team = form.team_of().node
    survivor = actions.register(particulars, team=team, lead=lead, actor=reader, now=now)
    _add(survivor, form.cleaned_data, actor=reader, now=now)
    return page_of(survivor)


def _add(survivor: Survivor, data: dict[str, Any], *, actor: Reader, now: datetime) -> None:
    """What else was typed beside who she is."""
    nickname, telephone, number = data["nickname"], data["telephone"], data["document_number"]
    if nickname:
        actions.add_name(survivor, kind="nickname", text=nickname, actor=actor, now=now)
    if telephone:
        actions.add_contact(survivor, kind="telephone", value=telephone, actor=actor, now=now)
    if number:
        kind = data["document_kind"]
        actions.add_document(survivor, kind=kind, number=number, actor=actor, now=now)
