"""By what a record is known again: HMACs under the box key (design §5)."""

from collections.abc import Iterable
from dataclasses import dataclass

from romyen.exchange.htcds.record import Record, canonical, recognition
from romyen.exchange.models import Mark
from romyen.keys.box import box

_PURPOSE = "htcds {}"


@dataclass(frozen=True)
class Marks:
    """The marks of one record. ``sure`` names it (empty: only our code does)."""

    kind: str
    sure: str
    content: str

    def rows(self, survivor_id: str) -> list[Mark]:
        """The marks to keep of a survivor (not saved)."""
        sure = [Mark(survivor_id=survivor_id, kind=self.kind, mark=self.sure)] if self.sure else []
        return [*sure, Mark(survivor_id=survivor_id, kind=Mark.CONTENT, mark=self.content)]


def marks_of(record: Record) -> Marks:
    """The marks of a record."""
    kind, said = recognition(record)
    content = content_mark(record)
    if kind == "code":
        return Marks("", "", content)
    return Marks(kind, box().mac(_PURPOSE.format(kind), said), content)


def content_mark(record: Record) -> str:
    """The mark of what a record says, whatever it is called."""
    return box().mac(_PURPOSE.format(Mark.CONTENT), canonical(record))


def remember(rows: Iterable[Mark]) -> None:
    """Keep marks; those that are there already stay."""
    Mark.objects.bulk_create(rows, ignore_conflicts=True)
