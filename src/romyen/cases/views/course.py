"""Handing over, closing, reopening; and her wish about proceedings."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from romyen import access
from romyen.access.models import Member
from romyen.cases import actions, queries
from romyen.cases.forms import CloseForm, HandOverForm, ReopenForm, WishForm
from romyen.cases.models import Case
from romyen.cases.panels import clock
from romyen.cases.views.saving import address, begun, renew_version, saved, shown
from romyen.cases.views.work import working
from romyen.cases.words import label
from romyen.pages.era import written_day
from romyen.pages.forms import Form
from romyen.rules.refusals import refuse
from romyen.rules.spans import local_day


def hand_over(request: HttpRequest) -> HttpResponse:
    """Give a colleague's whole caseload, or part of it, to another: ``?from=`` names whose."""
    reader, now = access.open(request), access.clock()
    if not access.can(reader, "case.hand_over", now=now):
        raise refuse("RY-ACCESS-DENIED")
    whose = request.GET.get("from", reader.id)[:22]
    cases = {str(case.pk): case for case in queries.cases_of(reader, whose, now=now)}
    receivers = _receivers(list(cases.values()), whose, now)
    form = HandOverForm(
        request.POST or None,
        cases=[(ref, _called(case)) for ref, case in cases.items()],
        members=receivers,
        initial={"cases": list(cases)},
    )

    def act() -> str:
        given = form.cleaned_data
        actions.hand_over(
            [cases[ref] for ref in given["cases"]],
            to=form.members[given["to"]],
            reason=given["reason"],
            actor=reader,
            now=now,
        )
        return reverse("cases:caseload")

    if done := saved(request, form, act, say=gettext("The cases were handed over.")):
        return done
    context = {
        "form": form,
        "whose": whose,
        "members": queries.managers(reader, now=now),
        "count": len(cases),
        "count_words": ngettext("%(count)s case", "%(count)s cases", len(cases))
        % {"count": len(cases)},
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "cases/hand_over.html", context, status=status)


def _receivers(cases: list[Case], whose: str, now: Any) -> list[Member]:
    """Who may take over at least one of the cases; the verb asks for each case anew."""
    found: dict[str, Member] = {}
    for node in {case.node.team_id: case.node for case in cases}.values():
        found |= {member.pk: member for member in queries.able(node, now=now)}
    found.pop(whose, None)
    return sorted(found.values(), key=lambda member: member.name)


def _called(case: Case) -> str:
    return f"{case.node.code} ({written_day(case.opened_on)})"


def close(request: HttpRequest, ref: str) -> HttpResponse:
    """Close a case with its outcome."""
    reader, case, now = working(request, ref, "case.close")
    running = [clock(one, now) for one in queries.running_of(case, now=now)]
    form = CloseForm(
        request.POST or None,
        running=[(one["row"].pk, f"{one['title']} ({one['left']})") for one in running],
        initial={"closed_on": local_day(now), "version": case.version},
    )
    begun(request, form)

    def act() -> str:
        given = dict(form.cleaned_data)
        expected = given.pop("version") or 0
        actions.close_case(case, **given, expected=expected, actor=reader, now=now)
        return address(case)

    heading = gettext("Close this case")
    return saved(request, form, act) or _shown(request, case, form, heading)


def reopen(request: HttpRequest, ref: str) -> HttpResponse:
    """Open a closed case again."""
    reader, now = access.open(request), access.clock()
    case = queries.case(reader, ref, now=now)
    access.require(reader, "case.reopen", case.node, now=now)
    if case.is_open:
        raise refuse("RY-CASE-NOT-CLOSED")
    form = begun(request, ReopenForm(request.POST or None, initial={"version": case.version}))

    def act() -> str:
        given = form.cleaned_data
        actions.reopen(
            case,
            reason=given["reason"],
            words=given["words"],
            expected=given["version"] or 0,
            actor=reader,
            now=now,
        )
        return address(case)

    heading = gettext("Reopen this case")
    before = gettext("It was closed as: %(outcome)s") % {"outcome": label("outcomes", case.outcome)}
    return saved(request, form, act) or _shown(request, case, form, heading, before=before)


def wish(request: HttpRequest, ref: str) -> HttpResponse:
    """Whether she wishes to take part in proceedings."""
    reader, case, now = working(request, ref)
    first = {"wish": case.wish, "version": case.version}
    form = begun(request, WishForm(request.POST or None, initial=first))

    def act() -> str:
        given = form.cleaned_data
        expected = given["version"] or 0
        actions.record_wish(case, wish=given["wish"], expected=expected, actor=reader, now=now)
        return address(case)

    heading = gettext("Wish about the proceedings")
    return saved(request, form, act) or _shown(request, case, form, heading)


def _shown(
    request: HttpRequest, case: Case, form: Form, heading: str, **context: Any
) -> HttpResponse:
    """After a conflict the page says what is recorded now; sending again builds on that."""
    fresh = Case.objects.get(pk=case.pk)
    if renew_version(form, fresh.version):
        context["recorded"] = [
            {
                "key": gettext("Wish about the proceedings"),
                "value": label("proceedings_wishes", fresh.wish),
            },
            {"key": gettext("Closed on"), "value": fresh.closed_on},
            {"key": gettext("Manager"), "value": fresh.manager.name},
        ]
    return shown(request, case, form, heading, **context)
