"""When someone was born, as surely as anyone knows it.

Many survivors have no papers, or papers that a trafficker made. A birth is therefore a span of
days: a date, a month, a year, or an age that someone estimated on a day. Where the span leaves
doubt whether she is under 18, she is presumed to be a child (design after the Palermo Protocol's
practice; Child Protection Act B.E. 2546 s.4 and Penal Code s.1(17): a child is under 18).
"""

import json
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, NamedTuple, Self

from romyen.rules.days import PartialDay
from romyen.rules.lists import CodeList, of
from romyen.rules.refusals import refuse

ADULT = 18
OLDEST = 120
"""Years; nobody on record has lived longer than 122."""

Minor = Literal["yes", "no", "presumed"]


class AgeRange(NamedTuple):
    """Completed years of age, the least and the most that the birth allows."""

    youngest: int
    oldest: int


@dataclass(frozen=True)
class Birth:
    """The days on which someone may have been born, and how that is known.

    ``kind`` is exact, month, year or estimated; ``method`` a code of ``methods()``. ``typed``
    keeps the words of the record: the partial day, or the ages and the day of the estimate.
    """

    kind: Literal["exact", "month", "year", "estimated"]
    earliest: date
    latest: date
    method: str
    typed: tuple[str, ...]

    @classmethod
    def known(cls, day: PartialDay, method: str = "document") -> Self:
        """A birth of which the date, the month or the year is known."""
        _method(method)
        kind: Literal["exact", "month", "year"] = "year"
        if day.month is not None:
            kind = "month" if day.day is None else "exact"
        return cls(kind, day.earliest, day.latest, method, (str(day),))

    @classmethod
    def estimated(cls, youngest: int, oldest: int, on: date, method: str) -> Self:
        """A birth from an age on a day: between ``youngest`` and ``oldest`` completed years.

        Refuses with ``RY-BIRTH-AGE`` or, for an unknown method, ``RY-LIST-UNKNOWN``.
        """
        _method(method)
        if not 0 <= youngest <= oldest <= OLDEST:
            raise refuse("RY-BIRTH-AGE", field="age")
        earliest = _years_before(on, oldest + 1) + timedelta(days=1)
        typed = (str(youngest), str(oldest), on.isoformat())
        return cls("estimated", earliest, _years_before(on, youngest), method, typed)

    @property
    def day(self) -> PartialDay | None:
        """The date, month or year, unless the birth was estimated from an age."""
        return None if self.kind == "estimated" else PartialDay.from_iso(self.typed[0])

    def age_on(self, day: date) -> AgeRange:
        """Her age in completed years on that day; refuses a day before every possible birth."""
        if day < self.earliest:
            raise refuse("RY-BIRTH-FUTURE")
        return AgeRange(max(0, _years(self.latest, day)), _years(self.earliest, day))

    def minor_on(self, day: date) -> Minor:
        """Whether she is under 18 on that day; in doubt presumed so.

        Methods that err (appearance, a bone examination) widen the doubt by the margin in
        ``data/lists.yaml``.
        """
        youngest, oldest = self.age_on(day)
        margin = int(_method(self.method).get("margin_years", 0))
        if oldest + margin < ADULT:
            return "yes"
        return "no" if youngest - margin >= ADULT else "presumed"

    def to_text(self) -> str:
        """One line of JSON, to be sealed."""
        return json.dumps([self.method, *self.typed])

    @classmethod
    def from_text(cls, text: str) -> Self:
        """The birth that ``to_text`` wrote."""
        method, *typed = json.loads(text)
        if len(typed) == 1:
            return cls.known(PartialDay.from_iso(typed[0]), method)
        youngest, oldest, on = typed
        return cls.estimated(int(youngest), int(oldest), date.fromisoformat(on), method)


def check_birth(birth: Birth, *, today: date, field: str = "birth") -> Birth:
    """The birth, unless it lies in the future or makes her older than 120 years.

    A year or month that has begun passes: part of it may be past.
    """
    if birth.earliest > today:
        raise refuse("RY-BIRTH-FUTURE", field=field)
    if birth.age_on(today).youngest > OLDEST:
        raise refuse("RY-BIRTH-TOO-OLD", field=field)
    return birth


def minor_on(birth: Birth | None, day: date) -> Minor:
    """Whether someone is under 18; nothing known about the birth presumes it."""
    return "presumed" if birth is None else birth.minor_on(day)


def methods() -> CodeList:
    """How a birth can be known: document, stated by her, family, medical, appearance, other."""
    return of("rules", "birth_methods")


def _method(code: str) -> dict[str, int]:
    return dict(methods().item(code, field="birth_method").more)


def _years(born: date, day: date) -> int:
    """Completed years. Someone born on 29 February turns a year older on 1 March."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _years_before(day: date, years: int) -> date:
    """The last day of birth that makes someone so old on that day."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # 29 February, in a year without one
        return day.replace(year=day.year - years, day=28)
