"""The list of codes, and registering someone new."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext

from romyen import access
from romyen.access import Reader, tables
from romyen.access.sending import begun, sent, shown
from romyen.leads import queries as leads
from romyen.leads.models import Lead
from romyen.pages.words import say
from romyen.rules.refusals import Refusal, refuse
from romyen.rules.spans import local_day
from romyen.survivors import actions, queries, reading
from romyen.survivors.forms.particulars import RegisterForm
from romyen.survivors.particulars import Particulars
from romyen.survivors.views.addresses import page_of


def listing(request: HttpRequest) -> HttpResponse:
    """Survivors by code, newest first; a code that is typed leads to its page."""
    reader, now = access.open(request), access.clock()
    if not access.can(reader, "survivor.read", now=now):
        raise refuse("RY-ACCESS-DENIED")
    typed = request.GET.get("code", "").strip()
    looked_for, refusal = _looked_for(reader, typed) if typed else (None, "")
    if looked_for is not None:
        return HttpResponseRedirect(page_of(looked_for))
    if tables.wanted(request):
        return _taken(reader, now)
    page = queries.of_team(reader, before=request.GET.get("before", ""), now=now)
    context = {
        "rows": [reading.row(one) for one in page.rows],
        "older": f"?{urlencode({'before': page.older})}" if page.older else "",
        "newest": "?" if request.GET.get("before") else "",
        "typed": typed,
        "take_away": tables.offer(request, reader, now=now),
        "refusal": refusal,
        "may_register": access.can(reader, "survivor.register", now=now),
    }
    return render(request, "survivors/list.html", context)


def _taken(reader: Reader, now: datetime) -> HttpResponse:
    """The list as a file: the same codes and words as on the page."""

    def page(before: str) -> tables.Page:
        found = queries.of_team(reader, before=before, size=tables.AT_ONCE, now=now)
        return [reading.row(one) for one in found.rows], found.older

    columns: list[tables.Column] = [
        (gettext("Code"), lambda row: row["survivor"].node.code),
        (gettext("Identification"), lambda row: row["tag"]["text"]),
        (gettext("Age"), lambda row: row["minor"]),
        (gettext("Nationality"), lambda row: row["nationalities"]),
        (gettext("Registered"), lambda row: row["registered"]),
    ]
    rows = tables.pages(page)
    return tables.take_away(
        reader, "survivors", columns, rows, node=lambda row: row["survivor"].node, now=now
    )


def _looked_for(reader: Reader, code: str) -> tuple[Any, str]:
    try:
        found = queries.by_code(reader, code, now=access.clock())
    except Refusal as refusal:
        return None, say(refusal)
    return found, "" if found else gettext("No survivor that is open to you has this code.")


def register(request: HttpRequest) -> HttpResponse:
    """Begin a survivor's file; ``?lead=`` names the lead that it came from."""
    reader, now = access.open(request), access.clock()
    teams = queries.teams_to_register_in(reader, now=now)
    if not teams:
        raise refuse("RY-ACCESS-DENIED")
    lead = _lead(reader, request)
    form = begun(request, RegisterForm(request.POST or None, teams=teams))
    particulars: list[Particulars] = []

    def take() -> str:
        return _registered(reader, form, particulars[0], lead)

    if form.is_bound and form.is_valid():
        typed = form.particulars(local_day(now))
        particulars.extend([typed] if typed else [])
    said = gettext("Registered. Everything else can follow when there is time.")
    return sent(request, form, take, say=said) or shown(
        request, "survivors/register.html", form, lead=lead
    )


def _lead(reader: Reader, request: HttpRequest) -> Lead | None:
    ref = request.GET.get("lead", "")
    return leads.lead(reader, ref, now=access.clock()) if ref else None


def _registered(
    reader: Reader, form: RegisterForm, particulars: Particulars, lead: Lead | None
) -> str:
    now = access.clock()
    team = form.team_of().node
    survivor = actions.register(particulars, team=team, lead=lead, actor=reader, now=now)
    nickname = form.cleaned_data["nickname"]
    if nickname:
        actions.add_name(survivor, kind="nickname", text=nickname, actor=reader, now=now)
    return page_of(survivor)
