"""Any list as a CSV file: codes and words that stand open, never a sealed value.

A list's view names its columns and how its pages follow each other; the rest is here, once: who may
take it away, what a spreadsheet would calculate, how long it may be, and that it is written down.
"""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext

from romyen import audit
from romyen.access.actors import Reader
from romyen.access.decisions import can, decide
from romyen.access.models import Node
from romyen.rules.days import PartialDay
from romyen.rules.formulas import neutralise
from romyen.rules.refusals import refuse
from romyen.rules.spans import BANGKOK, local_day

VERB = "list.export"
MOST = 10_000
"""Lines of one file; a longer list says at its end that it was cut."""
AT_ONCE = 500
"""So many rows are in memory at a time."""
MARKS = ("after", "before", "older", "page", "as")
"""What of an address says where in a list one is, not which list it is."""

type Row = Any
type Column = tuple[str, Callable[[Row], Any]]
"""The heading in the reader's language, and what stands under it."""
type Page = tuple[Sequence[Row], str]
"""Rows, and the mark that leads to the next ones (empty: none)."""


def wanted(request: HttpRequest) -> bool:
    """Whether the address asks for the file (``?as=csv``)."""
    return request.GET.get("as") == "csv"


def offer(request: HttpRequest, reader: Reader, *, now: datetime) -> str:
    """The address of the same list as a file, for ``pages/take_away.html``; empty for whoever
    takes no lists away.
    """
    if not can(reader, VERB, now=now):
        return ""
    asked = request.GET.copy()
    for mark in MARKS:
        asked.pop(mark, None)
    asked["as"] = "csv"
    return f"?{asked.urlencode()}"


def pages(first: Callable[[str], Page]) -> Iterator[Row]:
    """Every row of a list, page after page: ``first`` is asked with the mark of the page before."""
    mark = ""
    while True:
        rows, mark = first(mark)
        yield from rows
        if not mark:
            return


def take_away(
    reader: Reader,
    name: str,
    columns: Sequence[Column],
    rows: Iterable[Row],
    *,
    node: Callable[[Row], Node] | None = None,
    now: datetime,
) -> HttpResponse:
    """The list as a file; the log says which list and how many lines, before anything leaves.

    ``node`` gives the record of a row: only those leave on which the reader does ``list.export``.
    RY-ACCESS-DENIED for whoever does it nowhere.
    """
    if not can(reader, VERB, now=now):
        raise refuse("RY-ACCESS-DENIED")
    mine = (row for row in rows if node is None or decide(reader, VERB, node(row), now=now))
    text, count = _written(columns, mine)
    details = {"list": name, "count": count}
    audit.record_alone(actor=reader.id, verb=VERB, details=details, at=now)
    response = HttpResponse(text.encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    file = f"{name}-{local_day(now):%Y-%m-%d}.csv"
    response["Content-Disposition"] = f'attachment; filename="{file}"'
    return response


def _written(columns: Sequence[Column], rows: Iterable[Row]) -> tuple[str, int]:
    """The file's text and its number of lines; only the text grows with the list."""
    file, count = io.StringIO(), 0
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow([cell(heading) for heading, _of in columns])
    for row in rows:
        if count == MOST:
            words = gettext("The list is longer than %(most)s lines and was cut here. Narrow it.")
            writer.writerow([words % {"most": MOST}])
            break
        writer.writerow([cell(of(row)) for _heading, of in columns])
        count += 1
    return file.getvalue(), count


def cell(value: Any) -> str:
    """A value as it stands in a file. Whatever is neither text, number nor day is a mistake of
    ours: nothing sealed gets here, not even as its mask.
    """
    if isinstance(value, datetime):
        return f"{value.astimezone(BANGKOK):%Y-%m-%d %H:%M}"
    if value is None or isinstance(value, bool):
        return {None: "", True: gettext("Yes"), False: gettext("No")}[value]
    if isinstance(value, date | PartialDay | int):
        return str(value)
    if not isinstance(value, str | Promise):
        raise TypeError(f"{type(value).__name__} in a list that is taken away")
    text = str(value)
    return f"'{text}" if text[:1] in ("\t", "\r", "\n") else neutralise(text)
