"""Known records that came with other content: what waits, and the decision line by line."""

from typing import Any, cast

from django.core.exceptions import NON_FIELD_ERRORS
from django.forms import ChoiceField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from romyen import access
from romyen.access.sending import begun, sent, shown
from romyen.exchange import queries
from romyen.exchange.actions import settle
from romyen.exchange.comparing import Line, chosen, lines
from romyen.exchange.forms import DecideForm
from romyen.exchange.marks import content_mark
from romyen.exchange.reports import label_of, said_in
from romyen.rules.refusals import refuse

SHOWN = 100


def differences(request: HttpRequest) -> HttpResponse:
    """What waits, by code."""
    reader, now = access.open(request), access.clock()
    if not access.can(reader, "survivor.edit", now=now):
        raise refuse("RY-ACCESS-DENIED")
    waiting = queries.differences(reader, now=now)
    context = {"rows": waiting[:SHOWN], "more": max(0, waiting.count() - SHOWN)}
    return render(request, "exchange/differences.html", context)


def difference(request: HttpRequest, ref: str) -> HttpResponse:
    """Both versions, opened, and a choice for each line. That they were opened is written down."""
    reader, now = access.open(request), access.clock()
    waiting = queries.difference(reader, ref, now=now)
    both = queries.versions(reader, waiting, now=now)
    differing, seen = lines(both.recorded, both.theirs), content_mark(both.recorded)
    form = begun(request, DecideForm(request.POST or None, lines=differing))
    form.initial["expected"] = seen

    def take() -> str:
        settle(
            waiting,
            ours=both.ours,
            theirs=both.theirs,
            chosen=chosen(both.recorded, both.theirs, form.choices()),
            expected=form.cleaned_data["expected"],
            actor=reader,
            now=now,
        )
        return reverse("exchange:differences")

    done = sent(request, form, take, say=gettext("Decided."))
    if not done and form.is_bound and form.has_error(NON_FIELD_ERRORS, "RY-EDIT-CONFLICT"):
        form.data = {**dict(form.data.items()), "expected": seen}
    context = {"waiting": waiting, "rows": [_row(form, line) for line in differing]}
    return done or shown(request, "exchange/difference.html", form, **context)


def _row(form: DecideForm, line: Line) -> dict[str, Any]:
    """One line as the page shows it: both versions, field by field, and the choice."""
    fields = [
        {
            "label": label_of(name),
            "ours": said_in(name, line.ours.get(name, "")),
            "theirs": said_in(name, line.theirs.get(name, "")),
        }
        for name in line.names
    ]
    bound, field = form[line.name], cast(ChoiceField, form.fields[line.name])
    options = [
        {"value": value, "label": label, "chosen": value == bound.value()}
        for value, label in cast(list[tuple[str, str]], field.choices)
    ]
    return {"name": line.name, "label": bound.label, "fields": fields, "options": options}
