"""From a person who was met to a survivor's file: a new one, or the one that exists already."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from romyen import access
from romyen.access import Reader
from romyen.access.sending import begun, sent, shown, unseen
from romyen.operations import actions, queries, reading
from romyen.operations.forms.people import RegisterForm
from romyen.operations.models import Encounter
from romyen.operations.reading import Plain
from romyen.operations.views.editing import PURPOSE
from romyen.operations.words import may_be_victim
from romyen.rules.refusals import refuse
from romyen.survivors import known
from romyen.survivors import queries as survivors
from romyen.survivors.known import Likely
from romyen.survivors.reading import likely_row

TEMPLATE = "operations/register.html"


def register(request: HttpRequest, ref: str, person_ref: str) -> HttpResponse:
    """Begin a survivor's file with what is known of the person; the name is opened or typed.

    Who may be on record already is shown first: ``her`` is the file that the writer chose of
    them, ``apart`` are those that she holds for someone else.
    """
    reader, now = access.open(request), access.clock()
    one = queries.person(reader, ref, person_ref, now=now)
    access.require(reader, "survivor.register", one.operation.node, now=now)
    if one.survivor_id:
        raise refuse("RY-OPERATION-REGISTERED")
    if not may_be_victim(one.outcome):
        raise refuse("RY-OPERATION-NO-VICTIM")
    form = begun(request, RegisterForm(request.POST or None))
    context: dict[str, Any] = {"operation": one.operation, "one": one, "facts": _facts(one)}
    if form.is_bound and form.is_valid() and (chosen := request.POST.get("her", "")):
        return _recognised(request, reader, one, form, chosen) or shown(
            request, TEMPLATE, form, **context
        )
    name = _name(reader, one, form, now) if form.is_bound and form.is_valid() else ""
    found, apart = _known(request, reader, name) if name else ([], "")
    if found:
        rows = [likely_row(one) for one in found]
        return shown(request, TEMPLATE, form, known=rows, apart=apart, **context)

    def take() -> str:
        _one, her = actions.register(one, full_name=name, actor=reader, now=now)
        return reverse("survivors:survivor", args=[her.pk])

    said = gettext("A survivor's file was begun.")
    return sent(request, form, take, say=said) or shown(request, TEMPLATE, form, **context)


def _facts(one: Encounter) -> list[dict[str, Any]]:
    """What goes along into the file, the group apart."""
    return [row for row in reading.about(one, Plain())[:5] if row["key"] != gettext("Group")]


def _recognised(
    request: HttpRequest, reader: Reader, one: Encounter, form: RegisterForm, chosen: str
) -> HttpResponse | None:
    """It is somebody whose file exists: the person met is put down as her."""
    now = access.clock()
    her = survivors.survivor(reader, chosen, now=now)

    def take() -> str:
        actions.recognise(one, her, actor=reader, now=now)
        return reverse("survivors:survivor", args=[her.pk])

    return sent(request, form, take, say=gettext("Saved. The file that exists is hers."))


def _known(request: HttpRequest, reader: Reader, name: str) -> tuple[list[Likely], str]:
    """Who may be on record, where the writer has not seen them all."""
    asked, now = known.Asked(names=(name,)), access.clock()
    return unseen(
        request, lambda: known.likely(reader, asked, now=now), lambda one: str(one.survivor.pk)
    )


def _name(reader: Reader, one: Encounter, form: RegisterForm, now: Any) -> str:
    """What was typed; else what is written here, opened and logged."""
    typed = str(form.cleaned_data["full_name"])
    if typed or not one.named:
        return typed
    plain = access.reveal(reader, [one], ["name"], purpose=PURPOSE, now=now)[one.pk]["name"]
    if plain is access.CLOSED:
        raise refuse("RY-KEYS-CLOSED")
    return str(plain)
