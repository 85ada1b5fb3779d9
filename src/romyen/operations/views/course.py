"""What became of a plan, one page each; and the papers: arrests, debrief."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from romyen import access
from romyen.access import Reader
from romyen.access.sending import begun, sent, shown
from romyen.operations import actions, queries
from romyen.operations.forms.papers import ArrestForm, DebriefForm, taken, written_up
from romyen.operations.forms.plans import (
    THERE,
    BlownForm,
    CallOffForm,
    CarriedOutForm,
    PlanForm,
)
from romyen.operations.models import Arrest, Debrief, Operation
from romyen.operations.reading import address
from romyen.operations.views.editing import PURPOSE, edited
from romyen.operations.words import CALLED_OFF, PLANNED, by_police
from romyen.partners import queries as partners
from romyen.rules.refusals import refuse
from romyen.rules.spans import local_day

FORM = "operations/form.html"
CARRIED_OUT_PAGE = "operations/carried_out.html"


def carry_out(request: HttpRequest, ref: str) -> HttpResponse:
    """Record that it took place."""
    reader, now = access.open(request), access.clock()
    operation = queries.operation_for(reader, ref, "operation.record", now=now)
    _must(operation.state == PLANNED, "RY-OPERATION-ENDED")
    units = partners.police(reader, now=now)
    first = {"on": local_day(now), "version": operation.version}
    if "open" in request.POST:
        first |= _planned(reader, operation, now)
        form = CarriedOutForm(units=units, initial=first)
        return shown(request, CARRIED_OUT_PAGE, form, operation=operation)
    form = begun(request, CarriedOutForm(request.POST or None, units=units, initial=first))

    def take() -> str:
        actions.carry_out(operation, **form.facts(), actor=reader, now=now)
        return address(operation)

    return sent(request, form, take, say=gettext("Saved.")) or shown(
        request, CARRIED_OUT_PAGE, form, operation=operation
    )


def _planned(reader: Reader, operation: Operation, now: datetime) -> dict[str, Any]:
    """What was planned, opened, so that nobody types it anew."""
    opened = access.reveal(reader, [operation], ["whereabouts"], purpose=PURPOSE, now=now)
    text = opened[operation.pk]["whereabouts"]
    return {name: PlanForm.read(name, text) for name in THERE} if isinstance(text, str) else {}


@require_POST
def open_day(request: HttpRequest, ref: str) -> HttpResponse:
    """The day after: day, province and police unit stand open from now on."""
    reader, now = access.open(request), access.clock()
    operation = queries.operation_for(reader, ref, "operation.record", now=now)

    def take() -> str:
        actions.open_day(operation, actor=reader, now=now)
        return address(operation)

    return access.once(request, take)


def call_off(request: HttpRequest, ref: str) -> HttpResponse:
    """Call a plan off."""
    reader, now = access.open(request), access.clock()
    operation = queries.operation_for(reader, ref, "operation.plan", now=now)
    _must(operation.state == PLANNED, "RY-OPERATION-ENDED")
    first = {"version": operation.version}
    form = begun(request, CallOffForm(request.POST or None, initial=first))

    def take() -> str:
        facts = dict(form.cleaned_data)
        expected = facts.pop("version")
        actions.call_off(operation, **facts, expected=expected, actor=reader, now=now)
        return address(operation)

    heading = gettext("Call it off")
    return sent(request, form, take, say=gettext("Saved.")) or shown(
        request, FORM, form, operation=operation, heading=heading
    )


def blow(request: HttpRequest, ref: str) -> HttpResponse:
    """Record that others knew."""
    reader, now = access.open(request), access.clock()
    operation = queries.operation_for(reader, ref, "operation.record", now=now)
    _must(operation.state != CALLED_OFF, "RY-OPERATION-ENDED")
    form = begun(request, BlownForm(request.POST or None, initial={"noticed_on": local_day(now)}))

    def take() -> str:
        actions.blow(operation, **form.cleaned_data, actor=reader, now=now)
        return address(operation)

    context = {
        "heading": gettext("Others know of it"),
        "before": gettext(
            "Everyone who plans operations here finds a notice at once. It says nothing of the "
            "operation."
        ),
    }
    return sent(request, form, take, say=gettext("Saved.")) or shown(
        request, FORM, form, operation=operation, **context
    )


def add_arrest(request: HttpRequest, ref: str) -> HttpResponse:
    """Record arrests that the police made."""
    reader, now = access.open(request), access.clock()
    operation = queries.operation_for(reader, ref, "operation.record", now=now)
    _must(operation.took_place, "RY-OPERATION-NOT-YET")
    _must(by_police(operation.kind), "RY-OPERATION-NO-FORCE")

    def act(form: ArrestForm) -> str:
        actions.record_arrest(operation, form.arrested(), actor=reader, now=now)
        return address(operation)

    row = Arrest(operation=operation, standing="unknown")
    return edited(request, reader, row, ArrestForm, taken, act, now=now, **_arrest(operation))


def edit_arrest(request: HttpRequest, ref: str, arrest_ref: str) -> HttpResponse:
    """Correct an entry of arrests, or say how the suspects stand now."""
    reader, now = access.open(request), access.clock()
    row = queries.arrest(reader, ref, arrest_ref, now=now)
    access.require(reader, "operation.record", row.operation.node, now=now)

    def act(form: ArrestForm) -> str:
        expected = form.cleaned_data["version"]
        actions.edit_arrest(row, form.arrested(), expected=expected, actor=reader, now=now)
        return address(row.operation)

    context = _arrest(row.operation)
    return edited(request, reader, row, ArrestForm, taken, act, now=now, **context)


def _arrest(operation: Operation) -> dict[str, Any]:
    return {
        "operation": operation,
        "heading": gettext("Arrests by the police"),
        "before": gettext(
            "Only the police arrest. Write down what the police unit told, as it told it."
        ),
    }


def debrief(request: HttpRequest, ref: str) -> HttpResponse:
    """How it went, and what follows."""
    reader, now = access.open(request), access.clock()
    operation = queries.operation_for(reader, ref, "operation.record", now=now)
    _must(operation.state != PLANNED, "RY-OPERATION-NOT-YET")
    row = operation.debriefs.first() or Debrief(operation=operation, version=0)

    def act(form: DebriefForm) -> str:
        expected = form.cleaned_data["version"]
        actions.debrief(operation, **form.facts(), expected=expected, actor=reader, now=now)
        return address(operation)

    context: dict[str, Any] = {"operation": operation, "heading": gettext("Debrief")}
    return edited(request, reader, row, DebriefForm, written_up, act, now=now, **context)


def _must(holds: bool, code: str) -> None:
    if not holds:
        raise refuse(code)
