"""The search page. What is sought is sent, never put into an address."""

from datetime import datetime
from typing import Any

from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from romyen import access
from romyen.access import Reader
from romyen.cases.words import label as case_words
from romyen.linkage import searching
from romyen.linkage.forms import SearchForm
from romyen.linkage.searching import Found
from romyen.linkage.words import COLOURS, KINDS
from romyen.rules.likeness import reason_words
from romyen.rules.refusals import Refusal, refuse

PAGES = {"survivor": "survivors:survivor", "case": "cases:case", "lead": "leads:lead"}


def search(request: HttpRequest) -> HttpResponse:
    """Who is called like this, among those whom the reader may know."""
    reader, now = access.open(request), access.clock()
    if not access.can(reader, searching.VERB, now=now):
        raise refuse("RY-ACCESS-DENIED")
    form = SearchForm(request.POST or None)
    found, status = _found(request, reader, form, now) if form.is_valid() else (None, 200)
    context = {"form": form, "sought": found is not None, "rows": [_row(f) for f in found or []]}
    status = 422 if form.errors and status == 200 else status
    return render(request, "linkage/search.html", context, status=status)


def _found(
    request: HttpRequest, reader: Reader, form: SearchForm, now: datetime
) -> tuple[list[Found] | None, int]:
    """What was found, or a refusal in the form, with the status of the answer."""
    try:
        _slowly(request, reader)
        return searching.search(reader, form.cleaned_data["words"], now=now), 200
    except Refusal as refusal:
        form.add_refusal(refusal)
        return None, refusal.status


def _slowly(request: HttpRequest, reader: Reader) -> None:
    """Refuse with ``RY-SEARCH-TOO-MANY`` who asks faster than people do."""
    if not ratelimit.consume(request, action="search", key=reader.id):
        raise refuse("RY-SEARCH-TOO-MANY")


def _row(found: Found) -> dict[str, Any]:
    node = found.line.node
    return {
        "kind": gettext(KINDS[found.kind]),
        "colour": COLOURS[found.kind],
        "code": node.code,
        "href": reverse(PAGES[node.kind], args=[node.pk]),
        "called": found.line.called,
        "others": [name for name in found.line.others if name],
        "role": case_words("person_roles", found.line.row.role) if found.kind == "person" else "",
        "reasons": [gettext(words) for words in reason_words(found.reasons)],
    }
