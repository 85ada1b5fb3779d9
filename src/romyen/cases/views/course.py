"""Closing, reopening; and her wish about proceedings."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext

from romyen import access
from romyen.cases import actions, queries
from romyen.cases.forms import CloseForm, FlagsForm, ReopenForm, WishForm
from romyen.cases.models import Case
from romyen.cases.panels import clock
from romyen.cases.views.saving import address, begun, renew_version, saved, shown
from romyen.cases.views.work import working
from romyen.cases.words import label
from romyen.pages.forms import Form
from romyen.rules.refusals import refuse
from romyen.rules.spans import local_day


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


def flags(request: HttpRequest, ref: str) -> HttpResponse:
    """Set flags on a case, and take them away."""
    reader, case, now = working(request, ref)
    standing = queries.flags_in([case.pk]).get(case.pk, [])
    form = begun(request, FlagsForm(request.POST or None, initial={"flags": standing}))

    def act() -> str:
        actions.set_flags(case, form.cleaned_data["flags"], actor=reader, now=now)
        return address(case)

    return saved(request, form, act) or _shown(request, case, form, gettext("Flags"))


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
