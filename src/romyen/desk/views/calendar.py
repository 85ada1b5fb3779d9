"""The calendar: what becomes due in a month, by day or as a list, and as a file to take away."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from romyen import access, audit
from romyen.access import Reader
from romyen.desk import dues, ics, words
from romyen.desk.months import Month, weekdays
from romyen.pages.era import BANGKOK, written_day
from romyen.rules.dues import Due
from romyen.rules.refusals import refuse
from romyen.rules.spans import local_day

SHOWN = 4
"""So many entries stand in a day of the month; the list has them all."""


@dataclass(frozen=True)
class Asked:
    """What of the calendar somebody wants to see."""

    month: Month
    mine: bool
    kind: str
    as_list: bool

    @classmethod
    def of(cls, request: HttpRequest, now: datetime) -> "Asked":
        """Read from the address; what makes no sense is left out."""
        given = request.GET
        kind = given.get("kind", "")
        return cls(
            month=Month.read(given.get("month", ""), local_day(now)),
            mine=given.get("whose") != "teams",
            kind=kind if kind in words.KINDS else "",
            as_list=given.get("view") == "list",
        )

    def address(self, **changed: Any) -> str:
        """The query of the page with something changed; ``month`` is dropped for the present."""
        said = {
            "month": str(self.month),
            "whose": "" if self.mine else "teams",
            "kind": self.kind,
            "view": "list" if self.as_list else "",
            **changed,
        }
        return "?" + urlencode({name: text for name, text in said.items() if text})


def calendar(request: HttpRequest) -> HttpResponse:
    """A month: what becomes due on each of its days."""
    reader, now = access.open(request), access.clock()
    asked = Asked.of(request, now)
    found = _gather(reader, asked, now)
    context = {
        "asked": asked,
        "month": asked.month,
        "cut": found.cut,
        "count": len(found.dues),
        "kinds": [(code, words.kind(code)) for code in words.KINDS],
        "may_take": asked.mine or access.can(reader, "list.export", now=now),
        "links": _links(asked),
    }
    if asked.as_list:
        context["rows"] = [_row(due) for due in found.dues]
    else:
        context["weekdays"] = weekdays()
        context["weeks"] = _weeks(asked.month, found.dues, now)
    return render(request, "desk/calendar.html", context)


def calendar_file(request: HttpRequest) -> HttpResponse:
    """The same month as a file for the calendar of a phone: kinds and codes, and no more.

    What is the reader's own, anyone may take; what is the teams' only who takes lists away.
    """
    reader, now = access.open(request), access.clock()
    asked = Asked.of(request, now)
    if not (asked.mine or access.can(reader, "list.export", now=now)):
        raise refuse("RY-ACCESS-DENIED")
    found = _gather(reader, asked, now)
    content = ics.calendar(found.dues, now=now)
    details = {"list": "calendar", "count": len(found.dues)}
    audit.record_alone(actor=reader.id, verb="list.export", details=details, at=now)
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="calendar-{asked.month}.ics"'
    return response


def _gather(reader: Reader, asked: Asked, now: datetime) -> dues.Gathered:
    month = asked.month
    found = dues.gather(reader, since=month.since, until=month.until, mine=asked.mine, now=now)
    wanted = [due for due in found.dues if not asked.kind or due.kind == asked.kind]
    return dues.Gathered(wanted, found.cut)


def _links(asked: Asked) -> dict[str, str]:
    return {
        "last": asked.address(month=str(asked.month.last)),
        "next": asked.address(month=str(asked.month.next)),
        "today": asked.address(month=""),
        "grid": asked.address(view=""),
        "list": asked.address(view="list"),
        "teams": asked.address(whose="teams"),
        "file": asked.address(view=""),
    }


def _weeks(month: Month, found: list[Due], now: datetime) -> list[list[dict[str, Any]]]:
    by_day: dict[date, list[Due]] = {}
    for due in found:
        by_day.setdefault(local_day(due.at), []).append(due)
    today = local_day(now)
    return [
        [_day(day, month, by_day.get(day, []), today) for day in week] for week in month.weeks()
    ]


def _day(day: date, month: Month, found: list[Due], today: date) -> dict[str, Any]:
    return {
        "day": day,
        "inside": (day.year, day.month) == (month.year, month.number),
        "today": day == today,
        "rows": [_row(due) for due in found[:SHOWN]],
        "more": len(found) - SHOWN if len(found) > SHOWN else 0,
        "more_words": gettext("%(count)s more") % {"count": len(found) - SHOWN},
    }


def _row(due: Due) -> dict[str, Any]:
    timed = isinstance(due.at, datetime)
    return {
        "due": due,
        "hour": f"{due.at.astimezone(BANGKOK):%H:%M}" if isinstance(due.at, datetime) else "",
        "day": local_day(due.at),
        "when": due.at,
        "timed": timed,
        "said": written_day(local_day(due.at)),
        "kind": words.kind(due.kind),
        "colour": words.colour(due.kind),
    }
