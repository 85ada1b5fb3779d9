"""Everything that a case's page holds: read masked, and opened together for a purpose."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from romyen import access
from romyen.cases import queries
from romyen.cases.models import Case, Event, Link, Referral, Task, Turn
from romyen.cases.queries import Running, Timeline
from romyen.cases.words import language
from romyen.rules import consent as rule
from romyen.survivors import queries as her
from romyen.survivors.listed import listed as of_survivors
from romyen.survivors.models import Consent

COLOURS = {"given": "green", "withdrawn": "red", "expired": "orange"}
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
    given: list[Consent]
    names: dict[str, str]

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

    def consents(self, day: date) -> list[dict[str, Any]]:
        """How consent stands, once for each purpose and recipient."""
        rules = her_rules(self.case, self.given)
        known = {(one.purpose, one.recipient): one for one in self.given}
        rows = []
        for (purpose, recipient), one in known.items():
            found = rule.standing(rules, purpose, recipient, day)
            rows.append(
                {
                    "purpose": of_survivors("consent_purposes").label(purpose, language()),
                    "partner": one.partner,
                    "state": found.message,
                    "colour": COLOURS.get(found.state, "orange"),
                    "expires_on": one.expires_on if found.state == "given" else None,
                }
            )
        return rows


def her_rules(case: Case, given: list[Consent]) -> list[rule.Consent]:
    """Consents as the rule reads them, without another query."""
    conflict = case.survivor.guardian_in_conflict
    return [one.as_rule(guardian_conflict=conflict) for one in given]


def read_page(reader: access.Actor, case: Case, *, now: datetime) -> Page:
    """Read a case's page; the number of queries does not grow with the case."""
    line = queries.timeline(reader, case, now=now)
    tasks = queries.tasks(case)
    return Page(
        case=case,
        deadlines=queries.deadlines(case, now=now),
        tasks=tasks,
        referrals=queries.referrals(case),
        timeline=line,
        links=queries.links_of(reader, case, now=now),
        given=list(Consent.objects.filter(survivor=case.survivor_id).select_related("partner")),
        names=queries.names_of(
            [
                *(one.by for one in line.happenings),
                *(_people_of(one.row) for one in line.happenings),
            ]
        ),
    )


def _people_of(row: Any) -> str:
    """Whoever else a happening names: the new manager of a turn."""
    return row.manager if isinstance(row, Turn) else ""
