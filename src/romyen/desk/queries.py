"""What waits for one person today."""

from dataclasses import dataclass, field
from datetime import datetime

from romyen import access
from romyen.access.noticed import Noticed, noticed
from romyen.audit.models import Checkpoint
from romyen.cases.panels import Row, clock, task
from romyen.cases.queries import deadlines_of, tasks_of
from romyen.leads.models import Lead
from romyen.leads.queries import Filters, inbox
from romyen.notices.actions import unread

MOST = 8


@dataclass
class Day:
    """The home page: deadlines, tasks, new leads, notices; None where the role has no part."""

    deadlines: list[Row] | None = None
    tasks: list[Row] | None = None
    leads: list[Lead] | None = None
    urgent: list[Lead] = field(default_factory=list)
    notices: list[Noticed] = field(default_factory=list)


def day(reader: access.Reader, *, now: datetime) -> Day:
    """Everything that waits for the reader. Nothing sealed is opened."""
    found = Day(notices=noticed(reader, unread(reader.id)[:MOST], now=now))
    if access.can(reader, "case.work", now=now):
        found.deadlines = [clock(one, now) for one in deadlines_of(reader, now=now, most=MOST)]
        found.tasks = [task(one, now) for one in tasks_of(reader, now=now, most=MOST)]
    if access.can(reader, "lead.read", now=now):
        page = inbox(reader, filters=Filters(status="new"), now=now)
        found.leads, found.urgent = page.rows[:MOST], page.urgent
    return found


def last_checkpoint() -> Checkpoint | None:
    """The newest signed checkpoint of the log."""
    return Checkpoint.objects.order_by("-size", "-pk").first()
