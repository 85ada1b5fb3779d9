"""What the storyteller holds while the demo is told."""

import random
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from romyen.access import Reader, Team
from romyen.cases.models import Case
from romyen.demo.cast import CHIANG_MAI, MAE_SOT, PATTAYA
from romyen.leads.models import Lead
from romyen.operations.models import Encounter
from romyen.partners.models import Partner
from romyen.rules.lists import read_yaml
from romyen.rules.spans import BANGKOK, local_day
from romyen.shelters.models import Shelter
from romyen.survivors.models import Survivor

SEED = 2551
DAYS = 1090
TEAMS = {"north": CHIANG_MAI, "border": MAE_SOT, "coast": PATTAYA}
WORKERS = {"north": "nok", "border": "arun", "coast": "thida"}
"""Who takes down, registers and manages in each team."""


@cache
def told(name: str) -> list[dict[str, Any]]:
    """The rows of a table of the demo, ``data/NAME.yaml``."""
    rows: list[dict[str, Any]] = read_yaml(Path(__file__).parent / "data" / f"{name}.yaml")[name]
    return rows


@dataclass
class Stage:
    """The crew, the teams, the dice, and what was made so far."""

    crew: dict[str, Reader]
    teams: dict[str, Team]
    today: datetime
    dice: random.Random = field(default_factory=lambda: random.Random(SEED))  # noqa: S311
    partners: dict[str, Partner] = field(default_factory=dict)
    leads: list[Lead] = field(default_factory=list)
    lead_of: dict[int, Lead] = field(default_factory=dict)
    met: dict[int, Encounter] = field(default_factory=dict)
    people: list[Survivor] = field(default_factory=list)
    houses: dict[str, Shelter] = field(default_factory=dict)
    nights: dict[str, list[tuple[date, date]]] = field(default_factory=dict)
    cases: dict[int, Case] = field(default_factory=dict)

    def team(self, name: str) -> Team:
        """The team with this name of the tables."""
        return self.teams[TEAMS[name]]

    def worker(self, name: str) -> Reader:
        """Who works with the people of that team."""
        return self.crew[WORKERS[name]]

    def ago(self, days: float) -> datetime:
        """So many days before today, at a working hour in Thailand; what is near stays exact."""
        moment = self.today - timedelta(days=days)
        if days < 1:
            return moment
        hour = time(self.dice.randrange(8, 17), self.dice.randrange(0, 60, 5))
        return min(self.today, datetime.combine(local_day(moment), hour, BANGKOK))

    def later(self, moment: datetime, days: float) -> datetime | None:
        """So many days after a moment, or None when that has not come yet."""
        after = moment + timedelta(days=days)
        return after if after < self.today else None

    def chance(self, share: float) -> bool:
        """Whether the dice say yes."""
        return self.dice.random() < share
