"""The list of codes."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext

from romyen import access
from romyen.access import Reader, tables
from romyen.pages.words import say
from romyen.rules.refusals import Refusal, refuse
from romyen.survivors import queries, reading
from romyen.survivors.views.addresses import page_of


def listing(request: HttpRequest) -> HttpResponse:
    """Survivors by code, newest first; a code that is typed leads to its page."""
    reader, now = access.open(request), access.clock()
    if not access.can(reader, "survivor.read", now=now):
        raise refuse("RY-ACCESS-DENIED")
    typed = request.GET.get("code", "").strip()
    looked_for, refusal = _looked_for(reader, typed) if typed else (None, "")
    if looked_for is not None:
        return HttpResponseRedirect(page_of(looked_for))
    if tables.wanted(request):
        return _taken(reader, now)
    page = queries.of_team(reader, before=request.GET.get("before", ""), now=now)
    context = {
        "rows": [reading.row(one) for one in page.rows],
        "older": f"?{urlencode({'before': page.older})}" if page.older else "",
        "newest": "?" if request.GET.get("before") else "",
        "typed": typed,
        "take_away": tables.offer(request, reader, now=now),
        "refusal": refusal,
        "may_register": access.can(reader, "survivor.register", now=now),
    }
    return render(request, "survivors/list.html", context)


def _taken(reader: Reader, now: datetime) -> HttpResponse:
    """The list as a file: the same codes and words as on the page."""

    def page(before: str) -> tables.Page:
        found = queries.of_team(reader, before=before, size=tables.AT_ONCE, now=now)
        return [reading.row(one) for one in found.rows], found.older

    columns: list[tables.Column] = [
        (gettext("Code"), lambda row: row["survivor"].node.code),
        (gettext("Identification"), lambda row: row["tag"]["text"]),
        (gettext("Age"), lambda row: row["minor"]),
        (gettext("Nationality"), lambda row: row["nationalities"]),
        (gettext("Registered"), lambda row: row["registered"]),
    ]
    rows = tables.pages(page)
    return tables.take_away(
        reader, "survivors", columns, rows, node=lambda row: row["survivor"].node, now=now
    )


def _looked_for(reader: Reader, code: str) -> tuple[Any, str]:
    try:
        found = queries.by_code(reader, code, now=access.clock())
    except Refusal as refusal:
        return None, say(refusal)
    return found, "" if found else gettext("No survivor that is open to you has this code.")
