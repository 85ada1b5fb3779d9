"""What every page shows around its content: who reads, whose house this is, where one may go."""

from collections.abc import Callable
from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext

from romyen.access.actors import Reader
from romyen.access.decisions import can, decide
from romyen.access.doors import clock
from romyen.access.models import Node, Organisation
from romyen.notices import actions as notices


def reader(request: HttpRequest) -> dict[str, Any]:
    """Context processor for ``pages/page.html``; strangers get the house's name and no more."""
    one = getattr(request, "reader", None)
    words: dict[str, Any] = {"demo": settings.ROMYEN_DEMO, "organisation": _organisation()}
    if not isinstance(one, Reader):
        return words
    return {
        **words,
        "reader": one,
        "reader_does": doing(one),
        "account": {
            "href": reverse("access:me"),
            "text": one.member.name,
            "sign_out": reverse("account_logout"),
        },
        **_menu(_navigation(request, one) if one.facts.active else []),
        "quick_add": _offered(one) if one.facts.active else [],
        "unread_notices": SimpleLazyObject(lambda: notices.unread(one.id).count()),
    }


def doing(one: Reader) -> Callable[[str, str], bool]:
    """Whether the reader does a verb on a record, for what a page offers; one query a record."""
    now = clock()
    node = cache(lambda ref: Node.objects.filter(pk=ref).first())

    def does(verb: str, ref: str) -> bool:
        found = node(ref)
        return found is not None and bool(decide(one, verb, found, now=now))

    return does


def _organisation() -> Any:
    """The house's name, asked of the database only by a page that shows it."""
    return SimpleLazyObject(
        lambda: Organisation.objects.values_list("name", flat=True).first() or ""
    )


def _menu(items: list[dict[str, Any]]) -> dict[str, Any]:
    """What stands in the bar and what behind “More”; one alone is not hidden there."""
    most = settings.ROMYEN_IN_BAR
    cut = len(items) if len(items) <= most + 1 else most
    more = items[cut:]
    here = next((item["text"] for item in more if item["current"]), "")
    return {"navigation": items[:cut], "navigation_more": more, "navigation_here": here}


def _navigation(request: HttpRequest, one: Reader) -> list[dict[str, Any]]:
    """The sections that the doors named (``ROMYEN_NAVIGATION``) and the reader may enter."""
    now, items = clock(), []
    for name, verb, text in settings.ROMYEN_NAVIGATION:
        href = _address(name)
        if href and (not verb or can(one, verb, now=now)):
            items.append({"href": href, "text": gettext(text), "current": _here(request, href)})
    return items


def _offered(one: Reader) -> list[dict[str, str]]:
    """What the reader may add from anywhere (``ROMYEN_QUICK_ADD``)."""
    now = clock()
    found = [
        {"href": _address(name), "text": gettext(text)}
        for name, verb, text in settings.ROMYEN_QUICK_ADD
        if can(one, verb, now=now)
    ]
    return [item for item in found if item["href"]]


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:  # a section of a package that this release does not have yet
        return ""


def _here(request: HttpRequest, href: str) -> bool:
    return request.path == href if href == "/" else request.path.startswith(href)
