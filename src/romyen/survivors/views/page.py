"""The survivor's page: masked until someone says what for, alerts and safe contact first."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from romyen import access
from romyen.access import Reader
from romyen.rules.spans import local_day
from romyen.survivors import queries, reading
from romyen.survivors.forms.parts import ShowForm
from romyen.survivors.models import Survivor
from romyen.survivors.queries import File

VERBS = ("edit", "alert", "identify", "consent", "screen", "void")


def survivor_page(request: HttpRequest, ref: str) -> HttpResponse:
    """The page (GET), and the same page opened for a purpose (POST, one read entry)."""
    reader, now = access.open(request), access.clock()
    survivor = queries.survivor(reader, ref, now=now)
    form = ShowForm(request.POST or None)
    opened = None
    if form.is_bound and form.is_valid():
        opened = queries.file(reader, survivor, purpose=form.cleaned_data["purpose"], now=now)
    context = {**_context(reader, survivor, opened, now), "form": form}
    return render(request, "survivors/survivor.html", context, status=422 if form.errors else 200)


def _context(
    reader: Reader, survivor: Survivor, opened: File | None, now: datetime
) -> dict[str, Any]:
    first = queries.first(reader, survivor, now=now)
    panel = queries.panel(survivor, first.age, on=local_day(now))
    may = {verb: _may(reader, verb, survivor, now) for verb in VERBS}
    steps = survivor.identifications.select_related("partner")
    return {
        "survivor": survivor,
        "may": may if not survivor.over else {},
        "opened": opened,
        "called": opened.called if opened else survivor.full_name or survivor.given_name,
        "tag": reading.tag_of(survivor),
        "minor": reading.row(survivor)["minor"] if survivor.minor != "no" else "",
        "alerts": [reading.alert(warned) for warned in first.alerts],
        "safe_contact": reading.safe_contact(first.safe_contact),
        "safe_contact_closed": first.safe_contact is access.CLOSED,
        "identity": reading.identity(survivor, opened.opened if opened else None),
        "coarse": reading.coarse(survivor),
        "belongings": _belongings(opened),
        "guardian": reading.guardian(survivor, opened),
        "ladder": reading.ladder(steps, opened),
        "panel": [reading.agreed(one) for one in panel if one.consent],
        "unasked": [reading.agreed(one) for one in panel if not one.consent],
        "screenings": list(survivor.screenings.all()),
        "unmapped": reading.unmapped(opened),
    }


def _may(reader: Reader, verb: str, survivor: Survivor, now: datetime) -> bool:
    return bool(access.decide(reader, f"survivor.{verb}", survivor.node, now=now))


def _belongings(opened: File | None) -> list[dict[str, Any]]:
    if opened is None:
        return []
    kinds = (
        ("name", opened.names, reading.name_row),
        ("document", opened.documents, reading.document_row),
        ("contact", opened.contacts, reading.contact_row),
    )
    return [{"kind": kind, "rows": [read(one) for one in rows]} for kind, rows, read in kinds]
