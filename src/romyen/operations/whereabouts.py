"""When, where and under whose authority: sealed as one value until the day after."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from romyen.partners.models import Partner
from romyen.partners.words import POLICE
from romyen.rules import places
from romyen.rules.refusals import refuse


@dataclass(frozen=True, kw_only=True)
class Whereabouts:
    """A day, the code of a province, the police unit in charge, the exact place in words.

    Everything may be missing while it is planned.
    """

    on: date | None = None
    province: str = ""
    unit: Partner | None = None
    place: str = ""

    def check(self) -> None:
        """Refuse a province that is none, and a unit that is no police unit, beside the field."""
        if self.province:
            places.place(self.province[:2], field="province")
        if self.unit is not None and (self.unit.kind != POLICE or not self.unit.active):
            raise refuse("RY-OPERATION-NOT-POLICE", field="unit")

    def text(self) -> str:
        """JSON, to be sealed."""
        said = {
            "on": str(self.on) if self.on else "",
            "province": self.province,
            "unit": self.unit.pk if self.unit else "",
            "place": self.place.strip(),
        }
        return json.dumps(said, ensure_ascii=False)


def said_in(text: object) -> Mapping[str, str]:
    """What :meth:`Whereabouts.text` wrote; nothing for what is empty or closed."""
    return json.loads(text) if isinstance(text, str) and text else {}
