"""What a chart shows: numbers, gaps, and small numbers that stay hidden."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext


@dataclass(frozen=True)
class Hidden:
    """A number that is not shown: a small one, ``below`` so many; or None, to guard another."""

    below: int | None = None

    def __str__(self) -> str:
        """In words: “fewer than 5”."""
        if self.below is None:
            return gettext("not shown")
        return gettext("fewer than %(number)s") % {"number": self.below}


type Value = int | float | Hidden | None


@dataclass(frozen=True)
class Chart:
    """A drawing with its words and its table. ``key`` is the beginning of its ids in the page."""

    kind: str
    key: str
    title: str
    about: str
    drawn: dict[str, Any]
    headings: Sequence[str]
    rows: Sequence[Sequence[str]]
    notes: Sequence[str] = field(default_factory=tuple)

    @property
    def template(self) -> str:
        """What draws it."""
        return f"pages/chart_{self.kind}.html"


def written(value: Value, unit: str = "") -> str:
    """A value in words: digits in groups of three, at most two places after the point."""
    if value is None:
        return gettext("not known")
    if isinstance(value, Hidden):
        return str(value)
    digits = f"{value:,}" if isinstance(value, int) else _short(value)
    return f"{digits}{unit}" if unit == "%" else f"{digits} {unit}".strip()


def _short(value: float) -> str:
    text = f"{value:,.2f}"
    return text.rstrip("0").rstrip(".")


def height_of(value: Value) -> float:
    """How long a value is drawn: a hidden one up to where it could reach, a gap not at all."""
    if isinstance(value, Hidden):
        return float(value.below or 0)
    return float(value or 0)


def greatest(values: Iterable[Value]) -> float:
    """The longest of them."""
    return max((height_of(value) for value in values), default=0.0)


def number(value: float) -> str:
    """A coordinate: one place after the point, whatever the reader's language."""
    return f"{value:.1f}".rstrip("0").rstrip(".")
