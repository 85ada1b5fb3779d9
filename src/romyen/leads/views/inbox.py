"""The inbox, writing a lead down, and the lead's own page."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from romyen import access
from romyen.access import Reader, tables
from romyen.access.sending import begun, sent, shown, unseen
from romyen.leads import actions, known, queries, reading
from romyen.leads.forms import OpenForm, QuickForm, language
from romyen.leads.known import Asked, Likely
from romyen.leads.models import Lead
from romyen.leads.queries import ALL, OPEN_ONES, Filters
from romyen.leads.reading import Plain, address
from romyen.leads.words import CHILD, CONFIDENCE_WORDS, DANGER_NOW, OPEN, hotlines, words
from romyen.partners.forms import province_choices
from romyen.rules.likeness import reason_words
from romyen.rules.refusals import refuse

FILTERS = ("status", "imminence", "province")


def inbox(request: HttpRequest) -> HttpResponse:
    """The leads that wait, newest first, and those in danger above them."""
    reader, now = access.open(request), access.clock()
    if not access.can(reader, "lead.read", now=now):
        raise refuse("RY-ACCESS-DENIED")
    chosen = {name: request.GET[name] for name in FILTERS if request.GET.get(name)}
    if tables.wanted(request):
        return _taken(reader, Filters(**chosen), now)
    page = queries.inbox(
        reader, filters=Filters(**chosen), older=request.GET.get("older", ""), now=now
    )
    context = {
        "rows": [reading.row(lead, language(), now) for lead in page.rows],
        "urgent": [reading.row(lead, language(), now) for lead in page.urgent],
        "older": f"?{urlencode(chosen | {'older': page.older})}" if page.older else "",
        "newest": f"?{urlencode(chosen)}" if request.GET.get("older") else "",
        "chosen": chosen,
        "take_away": tables.offer(request, reader, now=now),
        "may_record": access.can(reader, "lead.record", now=now),
        **_filter_choices(),
    }
    return render(request, "leads/inbox.html", context)


def _taken(reader: Reader, filters: Filters, now: datetime) -> HttpResponse:
    """The inbox as a file: codes and words, nothing that was told."""

    def page(older: str) -> tables.Page:
        size = tables.AT_ONCE
        found = queries.inbox(reader, filters=filters, older=older, size=size, now=now)
        return [reading.row(lead, language(), now) for lead in found.rows], found.older

    columns: list[tables.Column] = [
        (gettext("Code"), lambda row: row["lead"].node.code),
        (gettext("Received"), lambda row: row["lead"].received_at),
        (gettext("Status"), lambda row: row["status"]),
        (gettext("In danger?"), lambda row: row["imminence"]),
        (gettext("A child?"), lambda row: row["child"]),
        (gettext("Province"), lambda row: row["province"]),
        (gettext("Source"), lambda row: row["source"]),
    ]
    rows = tables.pages(page)
    return tables.take_away(
        reader, "leads", columns, rows, node=lambda row: row["lead"].node, now=now
    )


def _filter_choices() -> dict[str, Any]:
    here = language()
    return {
        "statuses": [
            (OPEN_ONES, gettext("Waiting")),
            *words("statuses").choices(here),
            (ALL, gettext("All")),
        ],
        "imminences": words("imminence").choices(here),
        "provinces": province_choices(here, gettext("Everywhere")),
    }


def write(request: HttpRequest) -> HttpResponse:
    """Write a lead down in three fields."""
    reader, now = access.open(request), access.clock()
    teams = queries.teams(reader, now=now)
    if not teams:
        raise refuse("RY-ACCESS-DENIED")
    form = begun(request, QuickForm(request.POST or None, teams=teams))
    found, apart = _known(request, reader, form) if form.is_bound and form.is_valid() else ([], "")
    if found:
        rows = [_like(one, now) for one in found]
        return shown(request, "leads/write.html", form, known=rows, apart=apart)

    def take() -> str:
        facts = {name: form.cleaned_data[name] for name in ("account", "source", "imminence")}
        lead = actions.take_down(team=form.team_of(), **facts, actor=reader, now=now)
        reads = access.decide(reader, "lead.read", lead.node, now=now)
        return address(lead) if reads else reverse("leads:write")

    said = gettext("The lead is written down.")
    return sent(request, form, take, say=said) or shown(request, "leads/write.html", form)


def _known(request: HttpRequest, reader: Reader, form: QuickForm) -> tuple[list[Likely], str]:
    """Leads that may tell of the same, where the writer has not seen them all."""
    asked = Asked(account=form.cleaned_data["account"])
    now = access.clock()
    return unseen(request, lambda: known.likely(reader, asked, now=now), lambda one: one.lead.pk)


def _like(one: Likely, now: datetime) -> dict[str, Any]:
    return {
        **reading.row(one.lead, language(), now),
        "href": address(one.lead),
        "reasons": [gettext(words) for words in reason_words(one.reasons)],
    }


def lead_page(request: HttpRequest, ref: str) -> HttpResponse:
    """One lead, masked; a POST with a purpose answers with the sealed parts opened."""
    reader, now = access.open(request), access.clock()
    lead = queries.lead(reader, ref, now=now)
    owed, receipts = queries.duties(lead, now=now), queries.receipts(lead)
    form, plain = OpenForm(request.POST or None), Plain()
    if form.is_valid():
        purpose = form.cleaned_data["purpose"]
        plain = reading.open_up(reader, lead, receipts, owed, purpose=purpose, now=now)
    here = language()
    context = {
        "lead": lead,
        "row": reading.row(lead, here, now),
        "form": form,
        "plain": plain,
        "told": reading.told(lead, plain),
        "facts": reading.facts(lead, here),
        "course": reading.course(lead, plain, here),
        "receipts": reading.signed(receipts, plain),
        "duties": [_owed(one, plain) for one in owed],
        **_danger(lead),
        **_next_steps(reader, lead, now),
    }
    return render(request, "leads/lead.html", context, status=422 if form.errors else 200)


def _owed(one: queries.Owed, plain: Plain) -> dict[str, Any]:
    return {
        "duty": one.duty,
        "state": one.state,
        "title": one.deadline.clock.label(language()),
        "at_once": one.deadline.at_once,
        "due": one.deadline.due,
        "law": reading.law(one.deadline.version),
        "note": plain.of(one.duty, "note"),
    }


def _danger(lead: Lead) -> dict[str, Any]:
    danger = lead.imminence == DANGER_NOW and lead.status in OPEN
    numbers = hotlines(danger=danger, child=danger and lead.child in CHILD)
    return {
        "danger": danger,
        "hotlines": [
            {
                "number": item.code,
                "label": item.label(language()),
                "source": item.more["source"],
                "confidence": gettext(CONFIDENCE_WORDS[item.more["confidence"]]),
            }
            for item in numbers
        ],
    }


def _next_steps(reader: Reader, lead: Lead, now: Any) -> dict[str, bool]:
    """Which steps are open to this reader on this lead."""

    def may(verb: str) -> bool:
        return bool(access.decide(reader, verb, lead.node, now=now))

    waiting, triages = lead.status in OPEN, may("lead.triage")
    return {
        "may_complete": may("lead.record"),
        "may_decide": waiting and triages,
        "may_pass": lead.status != "closed" and may("lead.pass"),
        "may_triage": triages,
    }
