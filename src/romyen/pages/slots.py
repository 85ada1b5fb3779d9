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


def slot[View: Callable[..., Any]](title: str) -> Callable[[View], View]:
    """Decorate the view that fills a slot with the title (English message id) of its box."""

    def name(view: View) -> View:
        view.slot_title = title  # type: ignore[attr-defined]
        return view

    return name


def slots_of(kind: str, ref: str) -> list[Slot]:
    """The slots that the doors named for this kind of page (``settings.ROMYEN_SLOTS``)."""
    names: list[str] = getattr(settings, "ROMYEN_SLOTS", {}).get(kind, [])
    return [_slot(reverse(name, args=[ref])) for name in names]


def _slot(url: str) -> Slot:
    title = getattr(resolve(url).func, "slot_title", "")
    return Slot(url, gettext(title) if title else gettext("Open this part"))
