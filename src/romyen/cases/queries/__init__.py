"""Reading case files; always through ``access.visible_to``."""

from romyen.cases.queries.clocks import (
    Running,
    deadlines,
    deadlines_of,
    running_of,
    tasks,
    tasks_of,
)
from romyen.cases.queries.files import (
    Load,
    able,
    all_cases,
    case,
    caseload,
    cases_of,
    name_of,
    names_of,
    of_lead,
    of_survivor,
    part,
)
from romyen.cases.queries.papers import (
    Sheet,
    notes,
    people,
    read_notes,
    read_people,
    referrals,
    reviews_waiting,
    sheet,
)
from romyen.cases.queries.timeline import Timeline, timeline

__all__ = [
    "Load",
    "Running",
    "Sheet",
    "Timeline",
    "able",
    "all_cases",
    "case",
    "caseload",
    "cases_of",
    "deadlines",
    "deadlines_of",
    "name_of",
    "names_of",
    "notes",
    "of_lead",
    "of_survivor",
    "part",
    "people",
    "read_notes",
    "read_people",
    "referrals",
    "reviews_waiting",
    "running_of",
    "sheet",
    "tasks",
    "tasks_of",
    "timeline",
]
