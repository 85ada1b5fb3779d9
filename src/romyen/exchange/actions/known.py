"""Which rows of a file are here already, as far as whoever brings it may know."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from romyen import access
from romyen.access import Actor, Node
from romyen.exchange.htcds.record import Record
from romyen.exchange.marks import Marks
from romyen.exchange.models import Mark
from romyen.rules.refusals import refuse
from romyen.survivors.models import Survivor


@dataclass
class Known:
    """What is known of the records of one batch. ``taken`` holds every code, hidden ones too."""

    by_mark: dict[tuple[str, str], str] = field(default_factory=dict)
    by_code: dict[str, str] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)
    said: set[tuple[str, str]] = field(default_factory=set)
    submitted: set[str] = field(default_factory=set)

    def survivor_of(self, record: Record, marks: Marks) -> str:
        """The id of the survivor whom a record means; empty for someone new.

        Refuses with ``RY-HTCDS-CODE-TAKEN`` when id and code mean two people.
        """
        by_mark = self.by_mark.get((marks.kind, marks.sure), "")
        by_code = self.by_code.get(record.code, "")
        two = by_mark and by_code and by_mark != by_code
        other = by_code and not by_mark and record.instance_id and by_code in self.submitted
        if two or other:
            raise refuse("RY-HTCDS-CODE-TAKEN", field="code")
        return by_mark or by_code

    def says_nothing_new(self, survivor: str, marks: Marks) -> bool:
        """Whether this survivor's record has said just this before."""
        return (survivor, marks.content) in self.said

    def claim(self, code: str) -> str:
        """The code, when it is free; empty for one that someone hidden has.

        Refuses a code that an earlier row of the same file has taken.
        """
        if code in self.by_code:
            raise refuse("RY-HTCDS-CODE-TAKEN", field="code")
        if not code or code in self.taken:
            return ""
        self.taken.add(code)
        self.by_code[code] = ""
        return code


def recognise(rows: Sequence[tuple[Record, Marks]], *, actor: Actor, now: datetime) -> Known:
    """Look a batch up in a fixed number of queries.

    A record that is hidden from the actor is not recognised: a duplicate check must not give
    away that it exists (design §4). The operator recognises all and opens none.
    """
    sure = {marks.sure for _, marks in rows if marks.sure}
    codes = {record.code for record, _ in rows if record.code}
    marked = list(Mark.objects.filter(mark__in=sure).exclude(kind=Mark.CONTENT))
    nodes = dict(Node.objects.filter(kind="survivor", code__in=codes).values_list("code", "pk"))
    candidates = {mark.survivor_id for mark in marked} | set(nodes.values())
    seen = _seen(candidates, actor, now)
    of_them = Mark.objects.filter(survivor__in=seen)
    return Known(
        by_mark={(m.kind, m.mark): m.survivor_id for m in marked if m.survivor_id in seen},
        by_code={code: pk for code, pk in nodes.items() if pk in seen},
        taken=set(nodes),
        said=set(of_them.filter(kind=Mark.CONTENT).values_list("survivor_id", "mark")),
        submitted=set(of_them.filter(kind=Mark.INSTANCE).values_list("survivor_id", flat=True)),
    )


def _seen(ids: Iterable[str], actor: Actor, now: datetime) -> set[str]:
    found = Survivor.objects.filter(pk__in=ids)
    if not actor.everywhere:
        found = access.visible_to(actor, "survivor.read", found, now=now)
    return set(found.values_list("pk", flat=True))
