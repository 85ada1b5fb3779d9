"""One's caseload, every case by code, a case's page, and the slots on other pages."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from romyen import access
from romyen.access import Reader, tables
from romyen.cases import actions, kinds, panels, queries
from romyen.cases.forms import OpenCaseForm, PurposeForm
from romyen.cases.models import Case
from romyen.cases.reading import Page, read_page
from romyen.cases.story import told
from romyen.cases.views import taking
from romyen.cases.views.saving import address, begun, saved
from romyen.cases.words import flags, label
from romyen.leads import queries as leads
from romyen.pages.slots import slot
from romyen.rules.refusals import refuse
from romyen.rules.spans import local_day
from romyen.survivors import queries as survivors
from romyen.survivors.reading import agreed

VERBS = {
    "work": "case.work",
    "refer": "case.refer",
    "close": "case.close",
    "reopen": "case.reopen",
    "hand_over": "case.hand_over",
}


def may(reader: Reader, case: Case, now: Any) -> dict[str, bool]:
    """What the reader may do on a case, for what the page offers; every verb decides anew."""
    allowed = {
        name: bool(access.decide(reader, verb, case.node, now=now)) for name, verb in VERBS.items()
    }
    for name in ("work", "refer", "close", "hand_over"):
        allowed[name] = allowed[name] and case.is_open
    allowed["reopen"] = allowed["reopen"] and not case.is_open
    return allowed


def caseload(request: HttpRequest) -> HttpResponse:
    """My own cases, by name, the nearest deadline first."""
    reader, now = access.open(request), access.clock()
    if not access.can(reader, "case.read", now=now):
        raise refuse("RY-ACCESS-DENIED")
    if tables.wanted(request):
        return taking.caseload(reader, now)
    loads = queries.caseload(reader, now=now)
    standing = queries.flags_in([load.case.pk for load in loads])
    rows = [
        {
            "load": load,
            "clock": panels.clock(load.nearest, now) if load.nearest else None,
            "flags": flags(standing.get(load.case.pk, [])),
        }
        for load in loads
    ]
    context = {
        "rows": rows,
        "hands_over": access.can(reader, "case.hand_over", now=now),
        "take_away": tables.offer(request, reader, now=now),
    }
    return render(request, "cases/caseload.html", context)


def every(request: HttpRequest) -> HttpResponse:
    """Every case that I may read, by code."""
    reader, now = access.open(request), access.clock()
    if not access.can(reader, "case.read", now=now):
        raise refuse("RY-ACCESS-DENIED")
    status, before = request.GET.get("status", "open"), request.GET.get("before", "")
    wanted = "" if status == "all" else status[:8]
    if tables.wanted(request):
        return taking.every(reader, wanted, now)
    found = queries.all_cases(reader, status=wanted, before=before, now=now)
    context = {
        "rows": _flagged(found.rows),
        "older": f"?{urlencode({'status': status, 'before': found.older})}" if found.older else "",
        "newest": f"?{urlencode({'status': status})}" if before else "",
        "status": status,
        "take_away": tables.offer(request, reader, now=now),
        "hands_over": access.can(reader, "case.hand_over", now=now) and wanted == "open",
        "statuses": [
            ("open", gettext("Open")),
            ("closed", gettext("Closed")),
            ("all", gettext("All")),
        ],
    }
    return render(request, "cases/every.html", context)


def _flagged(cases: list[Case]) -> list[tuple[Case, list[tuple[str, str]]]]:
    standing = queries.flags_in([case.pk for case in cases])
    return [(case, flags(standing.get(case.pk, []))) for case in cases]


def add(request: HttpRequest) -> HttpResponse:
    """Choose one of my own cases by name, to write something down on it."""
    reader, now = access.open(request), access.clock()
    if not access.can(reader, "case.work", now=now):
        raise refuse("RY-ACCESS-DENIED")
    return render(request, "cases/add.html", {"loads": queries.caseload(reader, now=now)})


def case_page(request: HttpRequest, ref: str) -> HttpResponse:
    """One case, masked; a POST with a purpose answers with the sealed parts opened."""
    reader, now = access.open(request), access.clock()
    case = queries.case(reader, ref, now=now)
    page = read_page(reader, case, now=now)
    form = PurposeForm(request.POST or None)
    opened: dict[str, dict[str, Any]] = {}
    if form.is_valid():
        opened = page.open(reader, purpose=form.cleaned_data["purpose"], now=now)
    return render(request, "cases/case.html", _context(reader, case, page, form, opened, now))


def _context(
    reader: Reader,
    case: Case,
    page: Page,
    form: PurposeForm,
    opened: dict[str, dict[str, Any]],
    now: Any,
) -> dict[str, Any]:
    clocks = [panels.clock(one, now, opened) for one in page.deadlines]
    tasks = [panels.task(one, now, opened) for one in page.tasks]
    return {
        "case": case,
        "form": form,
        "opened": bool(opened),
        "name": page.name(opened),
        "closing": panels.of(opened, case, "closing"),
        "may": may(reader, case, now),
        "outcome": label("outcomes", case.outcome) if case.outcome else "",
        "wish": label("proceedings_wishes", case.wish),
        **panels.by_distance([one for one in clocks if one["running"]], now),
        "settled": [one for one in clocks if not one["running"]],
        "tasks": [one for one in tasks if one["row"].is_open],
        "done": [one for one in tasks if not one["row"].is_open],
        "consents": [agreed(one) for one in page.agreed],
        "referrals": [panels.referral(one, now) for one in page.referrals],
        "flags": flags(queries.flags_in([case.pk]).get(case.pk, [])),
        "offer": page.offer,
        "offer_waits": bool(page.offer and page.offer.waits(now)),
        "offer_mine": bool(page.offer and page.offer.to_id == reader.id and not page.offer.team),
        "links": [(label("family_kinds", link.kind), other) for link, other in page.links],
        "timeline": told(page.timeline, page.names, opened),
        "more": page.timeline.more,
    }


def timeline(request: HttpRequest, ref: str) -> HttpResponse:
    """Older entries of a case's time line."""
    reader, now = access.open(request), access.clock()
    case = queries.case(reader, ref, now=now)
    wanted = request.GET.get("page", "1")
    number = int(wanted) if wanted.isascii() and wanted.isdigit() else 1
    group = kinds.read(request.GET.get("kind", ""))
    line = queries.timeline(reader, case, page=number, group=group, now=now)
    narrowed = f"kind={group}&" if group else ""
    names = access.names_of(one.by for one in line.happenings)
    context = {
        "case": case,
        "items": told(line, names, {}),
        "group": group,
        "groups": kinds.choices(),
        "older": f"?{narrowed}page={line.page + 1}" if line.more else "",
        "newer": f"?{narrowed}page={line.page - 1}" if line.page > 1 else "",
    }
    return render(request, "cases/timeline.html", context)


@slot(_("Cases"))
def of_survivor(request: HttpRequest, ref: str) -> HttpResponse:
    """The cases of a survivor: a box on her page, and a page of its own."""
    reader, now = access.open(request), access.clock()
    survivor = survivors.survivor(reader, ref, now=now)
    cases = queries.of_survivor(reader, ref, now=now)
    may_open = bool(access.decide(reader, "case.open", survivor.node, now=now))
    offer = may_open and not survivor.over and not any(case.is_open for case in cases)
    return _slot(request, cases, survivor=survivor, offer=offer)


@slot(_("Cases"))
def of_lead(request: HttpRequest, ref: str) -> HttpResponse:
    """The cases that a lead became: a box on its page, and a page of its own."""
    reader, now = access.open(request), access.clock()
    lead = leads.lead(reader, ref, now=now)
    return _slot(request, queries.of_lead(reader, ref, now=now), lead=lead, offer=False)


def _slot(request: HttpRequest, cases: list[Case], **context: Any) -> HttpResponse:
    fragment = "#box" if request.headers.get("HX-Request") == "true" else ""
    rows = [(case, label("outcomes", case.outcome) if case.outcome else "") for case in cases]
    return render(request, f"cases/of.html{fragment}", {"rows": rows, **context})


def open_case(request: HttpRequest, ref: str) -> HttpResponse:
    """Open a case for a survivor; ``?lead=`` names the lead that she came from."""
    reader, now = access.open(request), access.clock()
    survivor = survivors.survivor(reader, ref, now=now)
    access.require(reader, "case.open", survivor.node, now=now)
    lead = leads.lead(reader, request.GET["lead"], now=now) if request.GET.get("lead") else None
    lead = lead or survivor.lead
    form = OpenCaseForm(
        request.POST or None,
        members=queries.able(survivor, now=now),
        initial={"manager": reader.id, "opened_on": local_day(now)},
    )

    def act() -> str:
        case = actions.open_case(
            survivor,
            manager=form.members[form.cleaned_data["manager"]],
            lead=lead,
            opened_on=form.cleaned_data["opened_on"],
            actor=reader,
            now=now,
        )
        return address(case)

    done = saved(request, begun(request, form), act, say=gettext("The case is open."))
    context = {"form": form, "survivor": survivor, "lead": lead}
    status = 422 if form.is_bound and form.errors else 200
    return done or render(request, "cases/open.html", context, status=status)
