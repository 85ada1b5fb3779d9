"""Search by name or code, in memory, over what the searcher holds (decision 0038).

The names' keys are opened and compared; of them nothing is shown and nothing kept. What is found
is opened with a read entry of its own. A record that is hidden from the searcher is not among what
is compared, so it costs nothing and counts nowhere.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from romyen import access
from romyen.access import Node, Opened, Reader
from romyen.access.decisions import READ
from romyen.cases import held as in_cases
from romyen.cases.models import Case, Person
from romyen.leads import held as in_leads
from romyen.leads.models import Lead
from romyen.rules.codes import check_code
from romyen.rules.likeness import name_reasons
from romyen.rules.names import Key, rank_keys
from romyen.rules.refusals import Refusal, refuse
from romyen.survivors import held as of_survivors
from romyen.survivors.models import Name, Survivor
from romyen.survivors.queries import NAMES, called

VERB, PURPOSE = "search.names", "search"
LEAST = 0.6
"""Names that are less alike are not shown."""
SHOWN = 20
RANKED = 60
"""So many names are ranked: one person may have several."""
LONGEST = 200
CODES = ("survivor", "case", "lead")
KINDS = (*CODES, "person")

type Ref = tuple[str, str]
"""A kind (survivor, person, lead, case) and the id of the row."""


@dataclass(frozen=True)
class Line:
    """A row, the record that it belongs to, what it is called, and further names of hers."""

    row: Any
    node: Node
    called: Opened
    others: tuple[str, ...] = ()

    def why(self, typed: str) -> tuple[str, ...]:
        """Codes of how its names are like what was typed."""
        named = [self.called] if isinstance(self.called, str) else []
        return tuple(name_reasons([typed], [*named, *self.others]))


@dataclass(frozen=True)
class Found:
    """One line of the answer: what kind of thing, the line, and codes of why."""

    kind: str
    line: Line
    reasons: tuple[str, ...]


def search(reader: Reader, typed: str, *, now: datetime) -> list[Found]:
    """What is called like ``typed``, or has it as its code; the best first.

    Refuses with ``RY-ACCESS-DENIED`` whoever searches nowhere, and what says nothing with
    ``RY-SEARCH-EMPTY``.
    """
    if not access.can(reader, VERB, now=now):
        raise refuse("RY-ACCESS-DENIED")
    key = Key.of(typed[:LONGEST])
    if not any(letter.isalnum() for letter in key.plain):
        raise refuse("RY-SEARCH-EMPTY", field="words")
    code = _code_in(typed)
    refs = _by_code(reader, code, now) if code else _by_name(reader, key, now)
    lines = _lines(reader, refs, now)
    return [
        Found(ref[0], lines[ref], ("code",) if code else lines[ref].why(typed))
        for ref in refs
        if ref in lines
    ]


def _code_in(typed: str) -> str:
    """The code that was typed, or nothing: a check character makes a name no code by chance."""
    try:
        return check_code(typed)
    except Refusal:
        return ""


def _by_code(reader: Reader, code: str, now: datetime) -> list[Ref]:
    """The record with exactly this code, if the reader may know of it."""
    access.compare(reader, [], verb=VERB, now=now)
    node = Node.objects.filter(kind__in=CODES, code=code).first()
    if node is None or not access.decide(reader, READ[node.kind], node, now=now):
        return []
    return [(node.kind, node.pk)]


def _by_name(reader: Reader, key: Key, now: datetime) -> list[Ref]:
    places: list[tuple[str, Any]] = [
        ("survivor", of_survivors), ("person", in_cases), ("lead", in_leads),
    ]  # fmt: skip
    columns = [place.name_columns(reader, VERB, now=now) for _, place in places]
    opened = access.compare(reader, [one for some in columns for one in some], verb=VERB, now=now)
    pairs: list[tuple[Ref, Key]] = []
    for (kind, place), some in zip(places, columns, strict=True):
        mine, opened = opened[: len(some)], opened[len(some) :]
        pairs += [((kind, whose), named) for whose, named in place.named(mine)]
    ranked = rank_keys(key, pairs, RANKED)
    return list(dict.fromkeys(ref for ref, score in ranked if score >= LEAST))[:SHOWN]


def _lines(reader: Reader, refs: list[Ref], now: datetime) -> dict[Ref, Line]:
    """The rows with what they are called: a fixed number of queries, one read entry for all."""
    ids = {kind: [ref for one, ref in refs if one == kind] for kind in KINDS}
    hers = Survivor.objects.select_related("node").in_bulk(ids["survivor"])
    cases = Case.objects.select_related("node", "survivor").in_bulk(ids["case"])
    people = Person.objects.select_related("case__node").in_bulk(ids["person"])
    leads = Lead.objects.select_related("node").in_bulk(ids["lead"])
    beside = Name.objects.filter(survivor__in=ids["survivor"], removed_at=None)
    others = list(beside.order_by("at", "pk"))
    named, contents, persons, reporters = access.reveal_all(
        reader,
        ([*hers.values(), *(case.survivor for case in cases.values())], NAMES),
        (others, ["content"]),
        (people.values(), ["name"]),
        (leads.values(), ["reporter"]),
        purpose=PURPOSE,
        now=now,
    )
    lines: dict[Ref, Line] = {}
    for ref, her in hers.items():
        also = tuple(_text(contents[one.pk]) for one in others if one.survivor_id == ref)
        lines["survivor", ref] = Line(her, her.node, called(named[ref]), also)
    for ref, case in cases.items():
        lines["case", ref] = Line(case, case.node, called(named[case.survivor_id]))
    for ref, person in people.items():
        lines["person", ref] = Line(person, person.case.node, persons[ref]["name"])
    for ref, lead in leads.items():
        lines["lead", ref] = Line(lead, lead.node, reporters[ref]["reporter"])
    return lines


def _text(opened: dict[str, Opened]) -> str:
    content = opened["content"]
    return str(json.loads(content).get("text", "")) if isinstance(content, str) else ""
