"""What a section of the paper is, and what it is told."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from romyen.access import Reader
from romyen.cases.models import Case
from romyen.exchange.summary.blocks import Block


@dataclass(frozen=True)
class Printing:
    """Whose summary, by whom, for what: what every section needs to be told."""

    reader: Reader
    case: Case
    purpose: str
    now: datetime


@dataclass(frozen=True)
class Section:
    """A part that may be chosen. ``verb``: who may print it, beyond whoever prints at all."""

    title: str
    verb: str
    tell: Callable[[Printing, Block], None]
