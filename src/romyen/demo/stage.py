"""What the storyteller holds while the demo is told."""

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from romyen.access import Reader, Team
from romyen.cases.models import Case
from romyen.leads.models import Lead
from romyen.partners.models import Partner

SEED = 2551


@dataclass
class Stage:
    """What the storyteller holds: the crew, the teams, the dice, and what was made so far."""

    crew: dict[str, Reader]
    teams: dict[str, Team]
    today: datetime
    dice: random.Random = field(default_factory=lambda: random.Random(SEED))  # noqa: S311
    partners: list[Partner] = field(default_factory=list)
    leads: list[Lead] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)

    def ago(self, days: float, hour: int = 3) -> datetime:
        """A working moment so many days before today, never later than now."""
        moment = self.today - timedelta(days=days)
        return min(self.today, moment.replace(hour=hour, minute=self.dice.randrange(60)))

    def chance(self, share: float) -> bool:
        """Whether the dice say yes."""
        return self.dice.random() < share
