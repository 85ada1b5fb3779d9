"""Measures over time: which there are, a questionnaire to fill in, what came out, the line."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from romyen.care import actions, panels, queries
from romyen.care.forms import MeasureForm
from romyen.care.models import Measure
from romyen.care.views.working import at, form_page, opening, page_of, reading, reading_part
from romyen.care.words import language
from romyen.cases.views.saving import begun, saved
from romyen.rules import measures as rules
from romyen.rules.refusals import refuse
from romyen.rules.spans import local_day

_SEALED = ("taken", "words", "void_reason")


def measures(request: HttpRequest, ref: str) -> HttpResponse:
    """Measurements by day; the line is drawn only of what a POST with a purpose opened."""
    reader, case, now = reading(request, ref)
    rows = queries.measures(case)
    found = opening(request, reader, now, (rows, _SEALED))
    taken = panels.opened_measures(rows, found.plain)
    context = page_of(
        reader,
        case,
        now,
        found,
        "measures",
        items=[panels.measure(row, taken.get(row.pk), found.plain) for row in rows],
        charts=panels.drawings(queries.lines(rows, taken)),
        tools=[panels.tool(one) for one in rules.tools().values()],
    )
    return render(request, "care/measures.html", context)


def measure(request: HttpRequest, ref: str, tool: str) -> HttpResponse:
    """A questionnaire to fill in, or the scores of one; on a closed case too."""
    reader, case, now = reading(request, ref, "care.record")
    chosen = rules.tools().get(tool)
    if chosen is None:
        raise refuse("RY-ABSENT")
    initial = {"on": local_day(now)}
    form = begun(request, MeasureForm(request.POST or None, tool=chosen, initial=initial))

    def act() -> str:
        given = form.cleaned_data
        taken = form.taken()
        row = actions.record_measure(
            case,
            tool=chosen.code,
            on=given["on"],
            taken=taken,
            words=given["words"],
            alarm_words=given.get("alarm_words", ""),
            actor=reader,
            now=now,
        )
        return at("danger", case) if taken.same_day else at("measured", case, row.pk)

    back = at("measures", case)
    return saved(request, form, act) or form_page(
        request,
        case,
        form,
        chosen.label(language()),
        back,
        template="care/measure.html",
        about=panels.tool(chosen),
        called=panels.called() if chosen.alarm else [],
    )


def measured(request: HttpRequest, ref: str, measure_ref: str) -> HttpResponse:
    """One measurement; a POST with a purpose opens it, question by question."""
    rows = Measure.objects.all()
    reader, case, row, now = reading_part(request, ref, rows, measure_ref)
    found = opening(request, reader, now, ([row], _SEALED))
    taken = panels.opened_measures([row], found.plain).get(row.pk)
    known = rules.tools().get(row.tool)
    asked = taken and known and taken.answers
    context = page_of(
        reader,
        case,
        now,
        found,
        "measures",
        one=panels.measure(row, taken, found.plain),
        about=panels.tool(known) if known else None,
        answers=panels.answers(known, taken) if asked and known and taken else [],
        called=panels.called(),
        title=known.label(language()) if known else gettext("Measure"),
    )
    return render(request, "care/measured.html", context)
