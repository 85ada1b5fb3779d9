"""Decisions about a lead, one page each."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from romyen import access
from romyen.access.sending import begun, sent, shown
from romyen.leads import actions, duties, queries
from romyen.leads.forms import CloseForm, DutyForm, PoliceForm, TriageForm, language
from romyen.leads.reading import address, law
from romyen.leads.words import CLOSED, OPEN
from romyen.partners import queries as partners
from romyen.rules.refusals import refuse
from romyen.rules.spans import local_day

NO_ACTION = "no_action"


def triage(request: HttpRequest, ref: str) -> HttpResponse:
    """Decide what to do about a lead; "no action" leads on to closing it."""
    reader, now = access.open(request), access.clock()
    lead = queries.lead_for(reader, ref, "lead.triage", now=now)
    if lead.status not in OPEN:
        raise refuse("RY-LEAD-ENDED")
    form = begun(request, TriageForm(request.POST or None))

    def take() -> str:
        done = actions.triage(lead, **form.cleaned_data, actor=reader, now=now)
        return reverse("leads:close", args=[ref]) if done.decision == NO_ACTION else address(lead)

    page = {"lead": lead}
    return sent(request, form, take, say=gettext("Saved.")) or shown(
        request, "leads/triage.html", form, **page
    )


def pass_to_police(request: HttpRequest, ref: str) -> HttpResponse:
    """Record that the police took a lead over."""
    reader, now = access.open(request), access.clock()
    lead = queries.lead_for(reader, ref, "lead.pass", now=now)
    if lead.status == CLOSED:
        raise refuse("RY-LEAD-ENDED")
    units = partners.police(reader, now=now)
    form = begun(request, PoliceForm(request.POST or None, units=units, today=local_day(now)))

    def take() -> str:
        facts = {**form.cleaned_data, "unit": form.units[form.cleaned_data["unit"]]}
        actions.pass_to_police(lead, **facts, actor=reader, now=now)
        return address(lead)

    may_add = access.can(reader, "partner.record", now=now)
    return sent(request, form, take, say=gettext("Saved.")) or shown(
        request, "leads/police.html", form, lead=lead, may_add=may_add
    )


def close(request: HttpRequest, ref: str) -> HttpResponse:
    """Close a lead with a reason."""
    reader, now = access.open(request), access.clock()
    lead = queries.lead_for(reader, ref, "lead.triage", now=now)
    if lead.status not in OPEN:
        raise refuse("RY-LEAD-ENDED")
    form = begun(request, CloseForm(request.POST or None, initial={"outcome": "closed"}))

    def take() -> str:
        actions.close_lead(lead, **form.cleaned_data, actor=reader, now=now)
        return address(lead)

    return sent(request, form, take, say=gettext("Saved.")) or shown(
        request, "leads/close.html", form, lead=lead
    )


@require_POST
def plan_field(request: HttpRequest, ref: str) -> HttpResponse:
    """Someone will go there: partners are asked first."""
    reader, now = access.open(request), access.clock()
    lead = queries.lead_for(reader, ref, "lead.triage", now=now)

    def take() -> str:
        duties.plan_field_activity(lead, actor=reader, now=now)
        return address(lead)

    return access.once(request, take)


def duty(request: HttpRequest, ref: str, duty_ref: str) -> HttpResponse:
    """Record that a duty was done."""
    reader, now = access.open(request), access.clock()
    owed = queries.duty(reader, ref, duty_ref, now=now)
    access.require(reader, "lead.triage", owed.duty.lead.node, now=now)
    if owed.duty.done_at:
        raise refuse("RY-LEAD-DUTY-DONE")
    form = begun(request, DutyForm(request.POST or None))

    def take() -> str:
        duties.do_duty(owed.duty, note=form.cleaned_data["note"], actor=reader, now=now)
        return address(owed.duty.lead)

    context = {
        "lead": owed.duty.lead,
        "heading": owed.deadline.clock.label(language()),
        "law": law(owed.deadline.version),
    }
    return sent(request, form, take, say=gettext("Saved.")) or shown(
        request, "leads/duty.html", form, **context
    )
