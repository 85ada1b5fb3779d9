"""The era that a reader writes years in, and days as that reader reads them.

Dates are stored in the Common Era (ISO 8601). A page shows and reads them in the era that the
reader chose (a cookie), else in the era usual in the page's language: B.E. in Thai, C.E. elsewhere.
"""

from collections.abc import Callable
from contextvars import ContextVar
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.utils.dates import MONTHS
from django.utils.translation import get_language

from romyen.rules.days import Era, PartialDay, to_be

COOKIE = "romyen_era"
ERAS: tuple[Era, ...] = ("be", "ce")
BANGKOK = ZoneInfo("Asia/Bangkok")
"""Thai dates and hours, whatever clock the server keeps."""

_chosen: ContextVar[Era | None] = ContextVar("romyen_era", default=None)


def usual() -> Era:
    """The era usual in the language of the page."""
    return "be" if (get_language() or "").startswith("th") else "ce"


def current() -> Era:
    """The era of the present reader."""
    return _chosen.get() or usual()


def read(text: str | None) -> Era | None:
    """The era named by a cookie or a form, or None when it names none."""
    return next((era for era in ERAS if era == text), None)


class EraMiddleware:
    """Keeps the reader's era for as long as the request lasts."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Set the era before the view, forget it after."""
        token = _chosen.set(read(request.COOKIES.get(COOKIE)))
        try:
            return self.get_response(request)
        finally:
            _chosen.reset(token)


def calendar(_request: HttpRequest) -> dict[str, Any]:
    """Context processor: the reader's era, for the switch in the footer."""
    return {"era": current()}


def written_year(year: int) -> str:
    """A year C.E. in the reader's era, the era named where it is not the usual one."""
    era, thai = current(), usual() == "be"
    shown = to_be(year) if era == "be" else year
    if era == usual():
        return str(shown)
    return f"ค.ศ. {shown}" if thai else f"{shown} B.E."


def written_day(value: date | PartialDay) -> str:
    """A day as it is read aloud: ``5 มิถุนายน 2567``; of a partial day what is known."""
    if isinstance(value, datetime):
        value = value.astimezone(BANGKOK)
    known = [str(value.day)] if value.day else []
    if value.month:
        known.append(str(MONTHS[value.month]))
    elif current() == "be" == usual():
        known.append("พ.ศ.")  # a bare number of four digits needs its era said
    return " ".join([*known, written_year(value.year)])


def written_moment(value: datetime) -> str:
    """A moment in Bangkok: day, hour and minute."""
    local = value.astimezone(BANGKOK)
    hour = f"{local:%H:%M}"
    return f"{written_day(local)} {hour} น." if usual() == "be" else f"{written_day(local)}, {hour}"
