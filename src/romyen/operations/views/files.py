"""The list, planning, an operation's own page, the leak register, and the boxes on other pages."""

from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from romyen import access
from romyen.access import Reader, tables
from romyen.access.sending import begun, sent, shown
from romyen.leads import queries as leads
from romyen.operations import actions, queries, reading
from romyen.operations.forms.choosing import OpenForm, language
from romyen.operations.forms.plans import PlanForm, planned
from romyen.operations.models import Operation
from romyen.operations.queries import Filters
from romyen.operations.reading import Plain, address
from romyen.operations.views.editing import edited
from romyen.operations.words import BLOWN, CALLED_OFF, PLANNED, by_police, words
from romyen.pages.slots import slot
from romyen.partners import queries as partners
from romyen.rules.refusals import refuse
from romyen.survivors import queries as survivors

FILTERS = ("state", "team")


def listed(request: HttpRequest) -> HttpResponse:
    """The operations that the reader may know of, the latest plan first."""
    reader, now = access.open(request), access.clock()
    if not access.can(reader, "operation.read", now=now):
        raise refuse("RY-ACCESS-DENIED")
    chosen = {name: request.GET[name] for name in FILTERS if request.GET.get(name)}
    if tables.wanted(request):
        return _taken_away(reader, Filters(**chosen), now)
    older = request.GET.get("older", "")
    page = queries.page(reader, filters=Filters(**chosen), older=older, now=now)
    teams = queries.teams(reader, "operation.read", now=now)
    context = {
        "rows": [reading.row(one) for one in page.rows],
        "older": f"?{urlencode(chosen | {'older': page.older})}" if page.older else "",
        "newest": f"?{urlencode(chosen)}" if older else "",
        "chosen": chosen,
        "states": words("states").choices(language()),
        "teams": teams if len(teams) > 1 else [],
        "may_plan": access.can(reader, "operation.plan", now=now),
        "take_away": tables.offer(request, reader, now=now),
    }
    return render(request, "operations/list.html", context)


def _taken_away(reader: Reader, filters: Filters, now: Any) -> HttpResponse:
    """The list as a file: what is sealed until the day after stands in none."""

    def page(older: str) -> tables.Page:
        found = queries.page(reader, filters=filters, older=older, now=now)
        return [reading.row(one) for one in found.rows], found.older

    columns: list[tables.Column] = [
        (gettext("Code"), lambda row: row["operation"].node.code),
        (gettext("Kind"), lambda row: row["kind"]),
        (gettext("State"), lambda row: row["state"]),
        (gettext("Day"), lambda row: row["operation"].carried_on),
        (gettext("Province"), lambda row: row["province"]),
        (gettext("People met"), lambda row: row["operation"].people),
        (gettext("Children"), lambda row: row["operation"].children),
        (gettext("Arrests"), lambda row: row["operation"].arrested),
    ]
    node = lambda row: row["operation"].node  # noqa: E731
    return tables.take_away(reader, "operations", columns, tables.pages(page), node=node, now=now)


def plan(request: HttpRequest) -> HttpResponse:
    """Plan an operation; ``?lead=`` names the lead that it comes from."""
    reader, now = access.open(request), access.clock()
    ref = request.GET.get("lead", "")
    lead = leads.lead_for(reader, ref, "operation.plan", now=now) if ref else None
    teams = queries.teams(reader, now=now)
    if not teams:
        raise refuse("RY-ACCESS-DENIED")
    if lead is not None:
        teams = [team for team in teams if team.pk == lead.team_id]
    make = partial(PlanForm, units=partners.police(reader, now=now), teams=teams)
    first = {"version": 0}
    if request.method == "POST":
        form = make(request.POST, shown=PlanForm.sealed)
    else:
        form = begun(request, make(initial=first, shown=PlanForm.sealed))

    def take() -> str:
        made = actions.plan(form.plan(), team=form.team_of(), lead=lead, actor=reader, now=now)
        return address(made)

    may_add = access.can(reader, "partner.record", now=now)
    said = gettext("The plan is written down. Day and place are sealed until the day after.")
    return sent(request, form, take, say=said) or shown(
        request, "operations/plan.html", form, lead=lead, may_add=may_add
    )


def edit(request: HttpRequest, ref: str) -> HttpResponse:
    """Change a plan."""
    reader, now = access.open(request), access.clock()
    operation = queries.operation_for(reader, ref, "operation.plan", now=now)
    if operation.state != PLANNED:
        raise refuse("RY-OPERATION-ENDED")
    make = partial(PlanForm, units=partners.police(reader, now=now))

    def act(form: PlanForm) -> str:
        expected = form.cleaned_data["version"]
        actions.edit(operation, form.plan(), expected=expected, actor=reader, now=now)
        return address(operation)

    return edited(
        request,
        reader,
        operation,
        make,
        planned,
        act,
        template="operations/plan.html",
        now=now,
        operation=operation,
        may_add=access.can(reader, "partner.record", now=now),
    )


def operation_page(request: HttpRequest, ref: str) -> HttpResponse:
    """One operation, masked; a POST with a purpose answers with the sealed parts opened."""
    reader, now = access.open(request), access.clock()
    operation = queries.operation(reader, ref, now=now)
    papers, met = queries.papers(operation), queries.counts(operation)
    form, plain = OpenForm(request.POST or None), Plain()
    if form.is_valid():
        purpose = form.cleaned_data["purpose"]
        plain = reading.open_operation(reader, operation, papers, purpose=purpose, now=now)
    names = access.names_of([operation.planned_by, *(one.by for one in papers.leaks)])
    context = {
        "operation": operation,
        "row": reading.row(operation),
        "form": form,
        "plain": plain,
        "planned": reading.planned(operation, plain),
        "part": reading.part(operation),
        "became": reading.became(operation, plain),
        "off": reading.off(operation, plain),
        "summed": reading.summed(met) if met.total else [],
        "arrests": reading.arrests(papers.arrests, plain),
        "leaks": reading.leaks(papers.leaks, plain, names),
        "debrief": reading.debrief(papers, plain),
        "lead": _lead(reader, operation, now),
        **_next_steps(reader, operation, now),
    }
    return render(request, "operations/operation.html", context, status=422 if form.errors else 200)


def _lead(reader: Reader, operation: Operation, now: Any) -> Any:
    """The lead that it comes from, for those who read it."""
    lead = operation.lead
    return lead if lead and access.decide(reader, "lead.read", lead.node, now=now) else None


def _next_steps(reader: Reader, operation: Operation, now: Any) -> dict[str, bool]:
    """Which steps are open to this reader on this operation."""

    def may(verb: str) -> bool:
        return bool(access.decide(reader, verb, operation.node, now=now))

    plans, records = may("operation.plan"), may("operation.record")
    waits = operation.state == PLANNED
    return {
        "may_edit": plans and waits,
        "may_carry_out": records and waits,
        "may_blow": records and operation.state != CALLED_OFF,
        "may_record": records and operation.took_place,
        "may_arrest": records and operation.took_place and by_police(operation.kind),
        "may_debrief": records and not waits,
        "may_open_day": records and reading.may_open_day(operation, now),
        "blown": operation.state == BLOWN,
    }


def leaks(request: HttpRequest) -> HttpResponse:
    """The leak register over every operation that the reader may know of."""
    reader, now = access.open(request), access.clock()
    if not access.can(reader, "operation.read", now=now):
        raise refuse("RY-ACCESS-DENIED")
    found = queries.leaks(reader, now=now)
    rows = [
        {"leak": one, "suspected": reading.label("leaks", one.suspected), **_where(one.operation)}
        for one in found
    ]
    return render(request, "operations/leaks.html", {"rows": rows, "most": queries.MOST_LEAKS})


def _where(operation: Operation) -> dict[str, Any]:
    return {"operation": operation, "kind": reading.label("kinds", operation.kind)}


@slot(_("Operations"), verb="operation.read")
def of_lead(request: HttpRequest, ref: str) -> HttpResponse:
    """The operations that came from a lead: a box on its page, and a page of its own."""
    reader, now = access.open(request), access.clock()
    lead = leads.lead_for(reader, ref, "operation.read", now=now)
    rows = [reading.row(one) for one in queries.of_lead(reader, ref, now=now)]
    offer = bool(access.decide(reader, "operation.plan", lead.node, now=now))
    return _box(request, rows=rows, lead=lead, offer=offer)


@slot(_("Operations"), verb="operation.read")
def of_survivor(request: HttpRequest, ref: str) -> HttpResponse:
    """Where a survivor was met: a box on her page for those who may know of it."""
    reader, now = access.open(request), access.clock()
    survivor = survivors.survivor(reader, ref, now=now)
    access.require(reader, "operation.read", survivor.node, now=now)
    met = queries.of_survivor(reader, ref, now=now)
    rows = [reading.row(one.operation) for one in met]
    return _box(request, rows=rows, survivor=survivor)


def _box(request: HttpRequest, **context: Any) -> HttpResponse:
    fragment = "#box" if request.headers.get("HX-Request") == "true" else ""
    return render(request, f"operations/of.html{fragment}", context)
