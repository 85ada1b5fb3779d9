"""Slots: places on a page that other packages fill, without the page knowing them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import resolve, reverse
from django.utils.translation import gettext


@dataclass(frozen=True)
class Slot:
    """One box: its address and its title in the reader's language."""

    url: str
    title: str


type May = Callable[[str, str], bool]
"""Whether the reader of a page does a verb on the record with this id."""


def slot[View: Callable[..., Any]](title: str, *, verb: str = "") -> Callable[[View], View]:
    """Decorate the view that fills a slot with the title (English message id) of its box.

    ``verb``: who does not do it on the record of the page is not offered the box: it does not
    stand in the page at all. The view asks for itself all the same.
    """

    def name(view: View) -> View:
        view.slot_title, view.slot_verb = title, verb  # type: ignore[attr-defined]
        return view

    return name


def _nobody(_verb: str, _ref: str) -> bool:
    return False


def slots_of(kind: str, ref: str, may: May = _nobody) -> list[Slot]:
    """The slots that the doors named for this kind of page (``settings.ROMYEN_SLOTS``).

    One that asks for a verb is left out unless ``may`` says that the reader does it there.
    """
    names: list[str] = getattr(settings, "ROMYEN_SLOTS", {}).get(kind, [])
    found = ((url, resolve(url).func) for url in (reverse(name, args=[ref]) for name in names))
    return [_slot(url, view) for url, view in found if _offered(view, ref, may)]


def _offered(view: Any, ref: str, may: May) -> bool:
    verb = getattr(view, "slot_verb", "")
    return not verb or may(verb, ref)


def _slot(url: str, view: Any) -> Slot:
    title = getattr(view, "slot_title", "")
    return Slot(url, gettext(title) if title else gettext("Open this part"))
