"""Events, deadlines and tasks."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from romyen import access
from romyen.access import Reader
from romyen.cases import actions, panels, queries
from romyen.cases.forms import (
    EventForm,
    ExtendForm,
    MeetForm,
    PurposeForm,
    ReasonForm,
    TaskForm,
    moment,
)
from romyen.cases.law import law_of
from romyen.cases.models import Case, Deadline, Event, Task
from romyen.cases.views.saving import address, begun, renew_version, saved, shown
from romyen.cases.words import event_label, label
from romyen.rules.refusals import refuse


def working(
    request: HttpRequest, ref: str, verb: str = "case.work"
) -> tuple[Reader, Case, datetime]:
    """The reader and the open case on which they may do ``verb``; refuses to show a vain form."""
    reader, now = access.open(request), access.clock()
    case = queries.case(reader, ref, now=now)
    access.require(reader, verb, case.node, now=now)
    if not case.is_open:
        raise refuse("RY-CASE-CLOSED")
    return reader, case, now


def event(request: HttpRequest, ref: str) -> HttpResponse:
    """Record what happened."""
    reader, case, now = working(request, ref)
    form = begun(request, EventForm(request.POST or None))

    def act() -> str:
        actions.record_event(case, **form.facts(), actor=reader, now=now)
        return address(case)

    return saved(request, form, act) or shown(request, case, form, gettext("Record an event"))


def event_page(request: HttpRequest, ref: str, event_ref: str) -> HttpResponse:
    """One event; a POST with a purpose opens its words."""
    reader, now = access.open(request), access.clock()
    case = queries.case(reader, ref, now=now)
    row = queries.part(reader, Event.objects.all(), ref, event_ref, now=now)
    form, opened = PurposeForm(request.POST or None), {}
    if form.is_valid():
        fields = ("detail", "void_reason")
        purpose = form.cleaned_data["purpose"]
        opened = access.reveal(reader, [row], fields, purpose=purpose, now=now)[row.pk]
    names = access.names_of([row.recorded_by, row.void_by])
    facts = [
        {"key": gettext("When"), "value": row.moment},
        {"key": gettext("How do we know?"), "value": label("event_sources", row.source)},
        {"key": gettext("Recorded by"), "value": names.get(row.recorded_by, "")},
        {"key": gettext("Recorded"), "value": row.recorded_at},
        {"key": gettext("Details"), "value": opened.get("detail", row.detail)},
    ]
    if row.void_at:
        facts += [
            {"key": gettext("Entered in error"), "value": row.void_at},
            {"key": gettext("Why?"), "value": opened.get("void_reason", row.void_reason)},
        ]
    context = {
        "case": case,
        "event": row,
        "title": event_label(row.code),
        "facts": facts,
        "form": form,
        "opened": bool(opened),
        "may_correct": case.is_open
        and not row.void_at
        and access.decide(reader, "case.work", case.node, now=now),
    }
    return render(request, "cases/event.html", context)


def correct(request: HttpRequest, ref: str, event_ref: str) -> HttpResponse:
    """Say that an event was entered in error."""
    reader, case, now = working(request, ref)
    row = queries.part(reader, Event.objects.all(), ref, event_ref, now=now)
    form = begun(request, ReasonForm(request.POST or None))

    def act() -> str:
        reason = form.cleaned_data["reason"]
        actions.correct_event(row, reason=reason, actor=reader, now=now)
        return address(case)

    before = gettext("The event stays on the page, and its clocks no longer apply.")
    heading = gettext("Entered in error: %(event)s") % {"event": event_label(row.code)}
    return saved(request, form, act) or shown(request, case, form, heading, before=before)


def _deadline(
    request: HttpRequest, ref: str, deadline_ref: str
) -> tuple[Reader, Case, Deadline, datetime]:
    reader, case, now = working(request, ref)
    rows = Deadline.objects.select_related("event")
    row = queries.part(reader, rows, ref, deadline_ref, now=now)
    return reader, case, row, now


def _about(row: Deadline, now: datetime) -> dict[str, Any]:
    """The clock's card above its form."""
    return panels.clock(queries.standing(row, now=now), now)


def _shown(
    request: HttpRequest, case: Case, row: Deadline, form: Any, heading: str, now: datetime
) -> HttpResponse:
    if renew_version(form, row.version):
        row.refresh_from_db()
        renew_version(form, row.version)
    return shown(request, case, form, heading, clock=_about(row, now))


def met(request: HttpRequest, ref: str, deadline_ref: str) -> HttpResponse:
    """A duty was done."""
    reader, case, row, now = _deadline(request, ref, deadline_ref)
    form = begun(request, MeetForm(request.POST or None, initial={"version": row.version}))

    def act() -> str:
        given = form.cleaned_data
        on, expected = moment(given["on"], given["hour"]), given["version"] or 0
        actions.meet_deadline(row, on=on, expected=expected, actor=reader, now=now)
        return address(case)

    heading = gettext("Record that it was done")
    return saved(request, form, act) or _shown(request, case, row, form, heading, now)


def extend(request: HttpRequest, ref: str, deadline_ref: str) -> HttpResponse:
    """Someone extended a deadline, as the law allows."""
    reader, case, row, now = _deadline(request, ref, deadline_ref)
    law = law_of(row)
    if law is None or law.version.extension is None:
        raise refuse("RY-CLOCK-NO-EXTENSION")
    first = {"version": row.version, "by": law.version.extension.by}
    form = ExtendForm(request.POST or None, by=law.version.extension.by, initial=first)
    begun(request, form)

    def act() -> str:
        given = form.cleaned_data
        actions.extend_deadline(
            row,
            by=given["by"],
            until=moment(given["until"], given["hour"]),
            paper=given["paper"],
            expected=given["version"] or 0,
            actor=reader,
            now=now,
        )
        return address(case)

    heading = gettext("Extend this deadline")
    return saved(request, form, act) or _shown(request, case, row, form, heading, now)


def not_applicable(request: HttpRequest, ref: str, deadline_ref: str) -> HttpResponse:
    """The law's time does not run here."""
    reader, case, row, now = _deadline(request, ref, deadline_ref)
    form = begun(request, ReasonForm(request.POST or None, initial={"version": row.version}))

    def act() -> str:
        given = form.cleaned_data
        actions.mark_not_applicable(
            row, reason=given["reason"], expected=given["version"] or 0, actor=reader, now=now
        )
        return address(case)

    heading = gettext("This deadline does not apply")
    return saved(request, form, act) or _shown(request, case, row, form, heading, now)


def task(request: HttpRequest, ref: str) -> HttpResponse:
    """Add a task."""
    reader, case, now = working(request, ref)
    members = queries.able(case, now=now)
    form = TaskForm(request.POST or None, members=members, initial={"assigned": reader.id})
    begun(request, form)

    def act() -> str:
        actions.add_task(case, **form.facts(), actor=reader, now=now)
        return address(case)

    return saved(request, form, act) or shown(request, case, form, gettext("Add a task"))


@require_POST
def done(request: HttpRequest, ref: str, task_ref: str) -> HttpResponse:
    """A task is done: one button on the case's page."""
    reader, case, now = working(request, ref)
    row = queries.part(reader, Task.objects.all(), ref, task_ref, now=now)
    sent = request.POST.get("version", "")
    expected = int(sent) if sent.isascii() and sent.isdigit() else 0

    def take() -> str:
        actions.finish_task(row, expected=expected, actor=reader, now=now)
        return address(case)

    return access.once(request, take)


def drop(request: HttpRequest, ref: str, task_ref: str) -> HttpResponse:
    """A task need not be done after all."""
    reader, case, now = working(request, ref)
    row = queries.part(reader, Task.objects.select_related("event"), ref, task_ref, now=now)
    form = begun(request, ReasonForm(request.POST or None, initial={"version": row.version}))

    def act() -> str:
        given = form.cleaned_data
        actions.drop_task(
            row, reason=given["reason"], expected=given["version"] or 0, actor=reader, now=now
        )
        return address(case)

    about = panels.task(row, now)["title"]
    renew_version(form, row.version)
    heading = gettext("This task need not be done")
    return saved(request, form, act) or shown(request, case, form, heading, before=about)
