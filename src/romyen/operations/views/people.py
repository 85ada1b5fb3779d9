"""The people met: the table, many at once, one by one, and on to a survivor's file."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from romyen import access
from romyen.access import Reader
from romyen.access.sending import begun, sent, shown
from romyen.operations import actions, queries, reading
from romyen.operations.forms.choosing import OpenForm, language
from romyen.operations.forms.people import BatchForm, PersonForm, met
from romyen.operations.models import Encounter, Operation
from romyen.operations.reading import Plain, address
from romyen.operations.views.editing import edited
from romyen.operations.words import may_be_victim, words
from romyen.rules.refusals import refuse

FILTERS = ("group", "outcome")


def people(request: HttpRequest, ref: str) -> HttpResponse:
    """The table of everyone met; a POST with a purpose opens the names on it."""
    reader, now = access.open(request), access.clock()
    operation = queries.operation(reader, ref, now=now)
    chosen = {name: request.GET[name] for name in FILTERS if request.GET.get(name)}
    page = queries.people(operation, **chosen, after=_number(request.GET.get("after", "")))
    form, plain = OpenForm(request.POST or None), Plain()
    if form.is_valid():
        purpose = form.cleaned_data["purpose"]
        plain = reading.open_up(reader, (page.rows, ("name",)), purpose=purpose, now=now)
    context = {
        "operation": operation,
        "rows": [reading.person(one, plain) for one in page.rows],
        "summed": reading.summed(page),
        "form": form,
        "plain": plain,
        "chosen": chosen,
        "total": page.total,
        "on": f"?{urlencode(chosen | {'after': page.after})}" if page.after else "",
        "groups": words("groups").choices(language()),
        "outcomes": words("outcomes").choices(language()),
        "may_record": _records(reader, operation, now) and operation.took_place,
    }
    return render(request, "operations/people.html", context, status=422 if form.errors else 200)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0


def _records(reader: Reader, operation: Operation, now: Any) -> bool:
    return bool(access.decide(reader, "operation.record", operation.node, now=now))


def add_people(request: HttpRequest, ref: str) -> HttpResponse:
    """Write down many people at once."""
    reader, now = access.open(request), access.clock()
    operation = queries.operation_for(reader, ref, "operation.record", now=now)
    if not operation.took_place:
        raise refuse("RY-OPERATION-NOT-YET")
    form = begun(request, BatchForm(request.POST or None))

    def take() -> str:
        actions.meet(operation, form.people(), actor=reader, now=now)
        return address(operation, "people")

    many = len(form.people()) if form.is_bound and form.is_valid() else 0
    said = ngettext("%(count)s person written down.", "%(count)s people written down.", many)
    return sent(request, form, take, say=said % {"count": many}) or shown(
        request, "operations/batch.html", form, operation=operation, **_codes()
    )


def _codes() -> dict[str, Any]:
    """What may stand in the cells of a line, in the reader's words."""
    here = language()
    return {
        "cells": [
            (gettext("Sex"), [text for _code, text in words("sexes").choices(here)]),
            (gettext("Group"), [text for _code, text in words("groups").choices(here)]),
            (gettext("Outcome"), [text for _code, text in words("outcomes").choices(here)]),
        ]
    }


def person(request: HttpRequest, ref: str, person_ref: str) -> HttpResponse:
    """One person met, masked; a POST with a purpose opens what is sealed of them."""
    reader, now = access.open(request), access.clock()
    one = queries.person(reader, ref, person_ref, now=now)
    form, plain = OpenForm(request.POST or None), Plain()
    if form.is_valid():
        purpose = form.cleaned_data["purpose"]
        plain = reading.open_up(reader, ([one], ("name", "words")), purpose=purpose, now=now)
    before, after = queries.beside(one)
    context = {
        "operation": one.operation,
        "one": one,
        "row": reading.person(one, plain),
        "about": reading.about(one, plain),
        "form": form,
        "plain": plain,
        "before": before,
        "after": after,
        "survivor": _survivor(reader, one, now),
        "may_record": _records(reader, one.operation, now),
        "may_register": _may_register(reader, one, now),
    }
    return render(request, "operations/person.html", context, status=422 if form.errors else 200)


def _survivor(reader: Reader, one: Encounter, now: Any) -> Any:
    """The survivor's file that was begun, for those who may know of it."""
    her = one.survivor
    return her if her and access.decide(reader, "survivor.read", her.node, now=now) else None


def _may_register(reader: Reader, one: Encounter, now: Any) -> bool:
    open_to = not one.survivor_id and may_be_victim(one.outcome)
    return open_to and bool(access.decide(reader, "survivor.register", one.operation.node, now=now))


def outcome(request: HttpRequest, ref: str, person_ref: str) -> HttpResponse:
    """Say what is known of one person and what becomes of them, and go on to the next."""
    reader, now = access.open(request), access.clock()
    one = queries.person(reader, ref, person_ref, now=now)
    access.require(reader, "operation.record", one.operation.node, now=now)

    def act(form: PersonForm) -> str:
        expected = form.cleaned_data["version"]
        actions.decide(one, **form.facts(), expected=expected, actor=reader, now=now)
        return _on(one) if "next" in request.POST else _page(one)

    return edited(
        request,
        reader,
        one,
        PersonForm,
        met,
        act,
        template="operations/outcome.html",
        now=now,
        operation=one.operation,
        one=one,
    )


def _page(one: Encounter, page: str = "person") -> str:
    return reverse(f"operations:{page}", args=[one.operation_id, one.pk])


def _on(one: Encounter) -> str:
    """The next person about whom nothing was decided; the table when everyone has an outcome."""
    following = queries.next_open(one)
    return _page(following, "outcome") if following else address(one.operation, "people")
