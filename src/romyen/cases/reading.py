"""Everything that a case's page holds: read masked, and opened together for a purpose."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from romyen import access
from romyen.cases import queries
from romyen.cases.models import Case, Event, Link, Offer, Referral, Task, Turn
from romyen.cases.queries import Running, Timeline
from romyen.rules.spans import local_day
from romyen.survivors import queries as her
from romyen.survivors.ages import age_for_rules
from romyen.survivors.queries import Agreed

_EVENT = ("detail", "void_reason")
_DEADLINE = ("reason", "extension_paper")
_TASK = ("words", "dropped_reason")


@dataclass(frozen=True)
class Page:
    """The rows of a case's page, still sealed."""

    case: Case
    deadlines: list[Running]
    tasks: list[Task]
    referrals: list[Referral]
    timeline: Timeline
    links: list[tuple[Link, Case]]
    agreed: list[Agreed]
    names: dict[str, str]
    offer: Offer | None = None

    def open(
        self, reader: access.Actor, *, purpose: str, now: datetime
    ) -> dict[str, dict[str, Any]]:
        """Open name, words of events, tasks, turns and deadlines: one read entry for all."""
        rows = [one.row for one in self.timeline.happenings]
        opened = access.reveal_all(
            reader,
            ([self.case.survivor], her.NAMES),
            ([self.case], ("closing",)),
            (self.tasks, _TASK),
            ([one.row for one in self.deadlines], _DEADLINE),
            ([row for row in rows if isinstance(row, Event)], _EVENT),
            ([row for row in rows if isinstance(row, Turn)], ("words",)),
            ([row for row in rows if isinstance(row, Offer)], ("words",)),
            purpose=purpose,
            now=now,
        )
        return {str(pk): values for part in opened for pk, values in part.items()}

    @property
    def sealed_name(self) -> Any:
        """What stands for her name until it is opened; it prints as •••."""
        fields = (getattr(self.case.survivor, name) for name in her.NAMES)
        return next((value for value in fields if value is not None), None)

    def name(self, opened: dict[str, dict[str, Any]]) -> Any:
        """What she is called, or its mask."""
        hers = opened.get(str(self.case.survivor_id))
        return her.called(hers) if hers else self.sealed_name


def read_page(reader: access.Actor, case: Case, *, now: datetime) -> Page:
    """Read a case's page; the number of queries does not grow with the case."""
    papers = queries.papers_of(case)
    line = queries.timeline(reader, case, papers=papers, now=now)
    tasks = queries.tasks(case)
    return Page(
        case=case,
        offer=queries.waiting_on(case),
        deadlines=queries.deadlines(case, now=now),
        tasks=tasks,
        referrals=papers.referrals,
        timeline=line,
        links=queries.links_of(reader, case, now=now),
        agreed=_agreed(reader, case, papers, now),
        names=access.names_of(
            [
                *(one.by for one in line.happenings),
                *(_people_of(one.row) for one in line.happenings),
            ]
        ),
    )


def _agreed(
    reader: access.Actor, case: Case, papers: queries.Papers, now: datetime
) -> list[Agreed]:
    """How consent stands, as her own page says it."""
    age = age_for_rules(reader, case.survivor, now=now)
    on = local_day(now)
    return her.panel(case.survivor, age, on=on, whole=False, given=papers.consents)


def _people_of(row: Any) -> str:
    """Whoever else a happening names: the new manager of a turn."""
    return row.manager if isinstance(row, Turn) else ""
