"""Lists of cases as files: codes and words, no name."""

from datetime import datetime

from django.http import HttpResponse
from django.utils.translation import gettext

from romyen.access import Reader, tables
from romyen.cases import panels, queries
from romyen.cases.models import Case


def caseload(reader: Reader, now: datetime) -> HttpResponse:
    """One's own open cases, the nearest deadline first."""
    columns: list[tables.Column] = [
        (gettext("Code"), lambda load: load.case.node.code),
        (gettext("Nearest deadline"), lambda load: _clock(load, now)),
        (gettext("Due"), lambda load: load.nearest and load.nearest.row.due_at),
        (gettext("Tasks"), lambda load: load.tasks),
        (gettext("Opened"), lambda load: load.case.opened_on),
    ]
    rows = queries.caseload_by_code(reader, now=now)
    return tables.take_away(
        reader, "caseload", columns, rows, node=lambda load: load.case.node, now=now
    )


def _clock(load: queries.Load, now: datetime) -> str:
    return str(panels.clock(load.nearest, now)["title"]) if load.nearest else ""


def every(reader: Reader, status: str, now: datetime) -> HttpResponse:
    """Every case of a status that the reader may read and take away, newest first."""

    def page(before: str) -> tables.Page:
        found = queries.all_cases(
            reader, status=status, before=before, size=tables.AT_ONCE, now=now
        )
        return found.rows, found.older

    columns: list[tables.Column] = [
        (gettext("Code"), lambda case: case.node.code),
        (gettext("Manager"), lambda case: case.manager.name),
        (gettext("Opened"), lambda case: case.opened_on),
        (gettext("Status"), _status),
        (gettext("Closed on"), lambda case: case.closed_on),
    ]
    rows = tables.pages(page)
    return tables.take_away(reader, "cases", columns, rows, node=lambda case: case.node, now=now)


def _status(case: Case) -> str:
    return gettext("Open") if case.is_open else gettext("Closed")
