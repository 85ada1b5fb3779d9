"""Reading care; always on a case that the reader was allowed, through ``access.visible_to``."""

from romyen.care.queries.dues import dues
from romyen.care.queries.happenings import happenings
from romyen.care.queries.lines import Line, lines
from romyen.care.queries.rows import (
    Summary,
    appointments,
    follow_ups,
    goals,
    measures,
    part,
    services,
    sessions,
    summary,
    turns,
)

__all__ = [
    "Line",
    "Summary",
    "appointments",
    "dues",
    "follow_ups",
    "goals",
    "happenings",
    "lines",
    "measures",
    "part",
    "services",
    "sessions",
    "summary",
    "turns",
]
