"""What becomes due, gathered from every floor that has something to say (``ROMYEN_DUES``)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from inspect import signature

from django.conf import settings
from django.utils.module_loading import import_string

from romyen import access
from romyen.cases.queries.dues import own_cases
from romyen.rules.dues import MOST, Due
from romyen.rules.spans import local_day

type Source = Callable[..., list[Due]]


@dataclass(frozen=True)
class Gathered:
    """What becomes due in a span of time. ``cut`` is the last day that is shown, where a source
    had more to say than it may; after it there may be more.
    """

    dues: list[Due]
    cut: date | None = None


@cache
def _sources() -> list[tuple[Source, bool]]:
    """Each source, and whether it can be asked for the reader's own alone."""
    found = [import_string(path) for path in settings.ROMYEN_DUES]
    return [(source, "mine" in signature(source).parameters) for source in found]


def gather(
    reader: access.Actor, *, since: datetime, until: datetime, mine: bool, now: datetime
) -> Gathered:
    """Everything that becomes due from ``since`` until before ``until``, in the order of time.

    The number of queries is that of the sources. Nothing sealed is opened.
    """
    parts = []
    for source, narrow in _sources():
        asked = {"mine": True} if mine and narrow else {}
        parts.append(source(reader, since=since, until=until, now=now, **asked))
    dues = sorted((due for part in parts for due in part), key=lambda due: due.order)
    if mine:
        own = set(own_cases(reader, now=now).values())
        dues = [due for due in dues if due.mine or due.code in own]
    cut = min((local_day(part[-1].at) for part in parts if len(part) >= MOST), default=None)
    return Gathered([due for due in dues if not cut or local_day(due.at) <= cut], cut)
