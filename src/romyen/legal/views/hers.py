"""The legal file of a case: the box on its page, and the forms of what hangs on it."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from django.views.decorators.http import require_POST

from romyen import access
from romyen.access import Reader
from romyen.cases.forms import PurposeForm
from romyen.cases.models import Case
from romyen.cases.panels import clock
from romyen.cases.words import label as case_label
from romyen.legal import actions, panels, queries
from romyen.legal.forms.hers import (
    AskForm,
    AttendanceForm,
    CompensationForm,
    FundForm,
    HeadForm,
    PartyForm,
    PaymentForm,
    PermitForm,
    StepForm,
    TestimonyForm,
)
from romyen.legal.models import (
    Attendance,
    Compensation,
    FundApplication,
    FundHead,
    Party,
    Payment,
    Permit,
    Testimony,
)
from romyen.legal.models.parts import Part
from romyen.legal.views.saving import added, changed, of_case
from romyen.legal.words import label, law_of, sure, words
from romyen.pages.slots import slot
from romyen.partners import queries as partners
from romyen.rules.refusals import refuse
from romyen.rules.spans import local_day

STRUCK: dict[str, type[Part]] = {
    "party": Party,
    "attendance": Attendance,
    "testimony": Testimony,
    "compensation": Compensation,
    "payment": Payment,
    "permit": Permit,
    "fund": FundApplication,
    "fund_head": FundHead,
}


@slot(_("Legal"), verb="legal.read")
def file_of_case(request: HttpRequest, ref: str) -> HttpResponse:
    """The legal file of a case: a box on its page, and a page of its own that opens it."""
    reader, now = access.open(request), access.clock()
    case = queries.case_for(reader, ref, "legal.read", now=now)
    page = queries.of_case(reader, case, now=now)
    form, plain = PurposeForm(request.POST or None), {}
    if form.is_valid():
        plain = page.open(reader, purpose=form.cleaned_data["purpose"], now=now)
    may = {
        name: bool(access.decide(reader, verb, case.node, now=now))
        for name, verb in (("record", "legal.record"), ("begin", "proceeding.record"))
    }
    context = {
        "case": case,
        "form": form,
        "opened": bool(plain),
        "may": may,
        "wish": case_label("proceedings_wishes", case.wish),
        "clocks": [clock(one, now) for one in page.clocks],
        **panels.of_case(page, plain, now),
    }
    boxed = request.headers.get("HX-Request") == "true"
    status = 422 if form.errors else 200
    return render(request, f"legal/of_case.html{'#box' if boxed else ''}", context, status=status)


def _case(request: HttpRequest, ref: str) -> tuple[Reader, Case, datetime]:
    """The reader and the case on which they record legal aid."""
    reader, now = access.open(request), access.clock()
    return reader, queries.case_for(reader, ref, "legal.record", now=now), now


def party(request: HttpRequest, ref: str, part_ref: str) -> HttpResponse:
    """Correct her part in a proceeding."""
    reader, case, now = _case(request, ref)
    row = queries.case_part(reader, Party, ref, part_ref, now=now)
    here = of_case(reader, case, gettext("Part in the proceeding"), now)
    return changed(request, here, row, PartyForm, actions.change_party)


def attend(request: HttpRequest, ref: str, party_ref: str) -> HttpResponse:
    """She has to come to a hearing."""
    reader, case, now = _case(request, ref)
    found = queries.party_for(reader, ref, party_ref, now=now)
    here = of_case(reader, case, gettext("Has to come to a hearing"), now, child=_child(case))
    form = AttendanceForm(request.POST or None, hearings=queries.hearings_of(found))

    def act(facts: dict[str, Any]) -> None:
        actions.attend(found, **facts, actor=reader, now=now)

    return added(request, here, form, act)


def change_attendance(request: HttpRequest, ref: str, part_ref: str) -> HttpResponse:
    """What protects her at a hearing, and whether she was prepared."""
    reader, case, now = _case(request, ref)
    row = queries.case_part(reader, Attendance, ref, part_ref, now=now)
    heading = gettext("Prepare for the hearing")
    here = of_case(reader, case, heading, now, child=_child(case))
    return changed(request, here, row, AttendanceForm, actions.change_attendance, hearings=None)


def _child(case: Case) -> bool:
    """Whether the rules for a child have to be thought of: minority is presumed."""
    return bool(case.survivor.minor != "no")


def testify(request: HttpRequest, ref: str, party_ref: str) -> HttpResponse:
    """Testimony before the charge was asked for."""
    reader, case, now = _case(request, ref)
    found = queries.party_for(reader, ref, party_ref, now=now)
    form = TestimonyForm(request.POST or None, hearings=queries.hearings_of(found))
    return added(
        request,
        of_case(reader, case, gettext("Testimony in advance"), now, before=_advance()),
        form,
        lambda facts: actions.testify_early(found, **facts, actor=reader, now=now),
    )


def change_testimony(request: HttpRequest, ref: str, part_ref: str) -> HttpResponse:
    """What became of testimony before the charge."""
    reader, case, now = _case(request, ref)
    row = queries.case_part(reader, Testimony, ref, part_ref, now=now)
    here = of_case(reader, case, gettext("Testimony in advance"), now, before=_advance())
    first = {"hearing": row.hearing_id}
    hearings = queries.hearings_of(row.party)
    return changed(
        request, here, row, TestimonyForm, actions.change_testimony, first=first, hearings=hearings
    )


def _advance() -> str:
    """What the law says of testimony in advance, and how sure we are."""
    item = words("hearing_kinds").item("advance_testimony")
    said = gettext(
        "When the injured person asks, the prosecutor files without delay and the court "
        "hears the testimony at once."
    )
    return f"{said} {law_of(item)}; {sure(item)}."


def compensate(request: HttpRequest, ref: str, party_ref: str) -> HttpResponse:
    """Write down what is claimed or ordered for her."""
    reader, case, now = _case(request, ref)
    found = queries.party_for(reader, ref, party_ref, now=now)
    first = {"head": "damages", "payer": "defendant", "enforcement": "none"}
    form = CompensationForm(request.POST or None, initial=first)
    return added(
        request,
        of_case(reader, case, gettext("Compensation"), now),
        form,
        lambda facts: actions.compensate(found, **facts, actor=reader, now=now),
    )


def change_compensation(request: HttpRequest, ref: str, part_ref: str) -> HttpResponse:
    """What was ordered, and how its enforcement stands."""
    reader, case, now = _case(request, ref)
    row = queries.case_part(reader, Compensation, ref, part_ref, now=now)
    here = of_case(reader, case, gettext("Compensation"), now)
    return changed(request, here, row, CompensationForm, actions.change_compensation)


def pay(request: HttpRequest, ref: str, part_ref: str) -> HttpResponse:
    """An instalment reached her."""
    reader, case, now = _case(request, ref)
    row = queries.case_part(reader, Compensation, ref, part_ref, now=now)
    form = PaymentForm(request.POST or None, initial={"paid_on": local_day(now)})
    return added(
        request,
        of_case(reader, case, gettext("Record a payment"), now),
        form,
        lambda facts: actions.pay(row, **facts, actor=reader, now=now),
    )


def permit(request: HttpRequest, ref: str) -> HttpResponse:
    """Write down a permit or a paper."""
    reader, case, now = _case(request, ref)
    offered = partners.offered(reader, now=now)
    first = {"state": "granted"}
    form = PermitForm(request.POST or None, partners=offered, initial=first)
    return added(
        request,
        of_case(reader, case, gettext("Write down a permit"), now),
        form,
        lambda facts: actions.record_permit(case, **facts, actor=reader, now=now),
    )


def change_permit(request: HttpRequest, ref: str, part_ref: str) -> HttpResponse:
    """Correct a permit, or write down what became of it."""
    reader, case, now = _case(request, ref)
    row = queries.case_part(reader, Permit, ref, part_ref, now=now)
    here = of_case(reader, case, gettext("Change this permit"), now)
    offered = partners.offered(reader, now=now)
    return changed(request, here, row, PermitForm, actions.change_permit, partners=offered)


def renew_permit(request: HttpRequest, ref: str, part_ref: str) -> HttpResponse:
    """Another permit follows this one."""
    reader, case, now = _case(request, ref)
    row = queries.case_part(reader, Permit, ref, part_ref, now=now)
    kind = label("permit_kinds", row.kind)
    before = gettext("It follows this one: %(permit)s") % {"permit": kind}

    form = PermitForm(
        request.POST or None,
        partners=partners.offered(reader, now=now),
        initial={"state": "granted", "authority": row.authority_id, "version": row.version},
        renewal=True,
    )

    def act(facts: dict[str, Any]) -> None:
        actions.renew_permit(row, **facts, expected=form.expected, actor=reader, now=now)

    return added(
        request, of_case(reader, case, gettext("Renew this permit"), now, before=before), form, act
    )


def fund(request: HttpRequest, ref: str) -> HttpResponse:
    """Write down an application to the Fund."""
    reader, case, now = _case(request, ref)
    offered = partners.offered(reader, now=now)
    first = {"applicant": "victim", "applied_on": local_day(now)}
    form = FundForm(request.POST or None, partners=offered, initial=first)
    return added(
        request,
        of_case(reader, case, gettext("Apply to the Fund"), now),
        form,
        lambda facts: actions.apply_to_fund(case, **facts, actor=reader, now=now),
    )


def change_fund(request: HttpRequest, ref: str, part_ref: str) -> HttpResponse:
    """Correct an application to the Fund."""
    reader, case, now = _case(request, ref)
    row = queries.case_part(reader, FundApplication, ref, part_ref, now=now)
    here = of_case(reader, case, gettext("Change this application"), now)
    offered = partners.offered(reader, now=now)
    return changed(request, here, row, FundForm, actions.change_fund, partners=offered, fresh=False)


def change_head(request: HttpRequest, ref: str, part_ref: str) -> HttpResponse:
    """What was approved and paid under one expense head."""
    reader, case, now = _case(request, ref)
    row = queries.case_part(reader, FundHead, ref, part_ref, now=now)
    here = of_case(reader, case, label("fund_heads", row.head), now, head=panels.fund_head(row))
    return changed(request, here, row, HeadForm, actions.change_fund_head)


def ask(request: HttpRequest, ref: str, part_ref: str) -> HttpResponse:
    """Ask for one expense head more."""
    reader, case, now = _case(request, ref)
    row = queries.case_part(reader, FundApplication, ref, part_ref, now=now)
    return added(
        request,
        of_case(reader, case, gettext("Ask for another expense head"), now),
        AskForm(request.POST or None),
        lambda facts: actions.ask_fund_for(row, **facts, actor=reader, now=now),
    )


def step(request: HttpRequest, ref: str, part_ref: str) -> HttpResponse:
    """An application went a step further."""
    reader, case, now = _case(request, ref)
    row = queries.case_part(reader, FundApplication, ref, part_ref, now=now)
    form = StepForm(request.POST or None, initial={"on": local_day(now)})
    return added(
        request,
        of_case(reader, case, gettext("A step of the application"), now),
        form,
        lambda facts: actions.step_of_fund(row, **facts, actor=reader, now=now),
    )


@require_POST
def strike(request: HttpRequest, ref: str, kind: str, part_ref: str) -> HttpResponse:
    """Something was entered in error."""
    reader, case, now = _case(request, ref)
    if kind not in STRUCK:
        raise refuse("RY-ABSENT")
    row = queries.case_part(reader, STRUCK[kind], ref, part_ref, now=now)

    def take() -> str:
        actions.strike(row, actor=reader, now=now)
        return reverse("legal:of-case", args=[case.pk])

    return access.once(request, take)
