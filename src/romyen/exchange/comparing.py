"""Two versions of one record, line by line, and what somebody makes of them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256

from romyen.exchange.htcds.record import FieldValue, Record
from romyen.exchange.htcds.standard import fields
from romyen.exchange.records.rest import groups_in, within

OURS, THEIRS, BOTH = "ours", "theirs", "both"


@dataclass(frozen=True)
class Line:
    """Fields that say one thing together and differ, or one column outside the standard.

    ``name`` is steady and safe in a form; ``heading`` is set for a column outside the standard.
    """

    name: str
    ours: Mapping[str, FieldValue]
    theirs: Mapping[str, FieldValue]
    heading: str = ""

    @property
    def names(self) -> list[str]:
        """The fields that either version has, in the order of the standard."""
        names = {**self.ours, **self.theirs}
        return [name for name in [*fields(), self.heading] if name in names]

    @property
    def mixes(self) -> bool:
        """Whether the values of both can stand together: lists only."""
        values = [*self.ours.values(), *self.theirs.values()]
        return bool(self.ours and self.theirs) and all(isinstance(one, tuple) for one in values)

    def of(self, choice: str) -> dict[str, FieldValue]:
        """What stands when this is chosen."""
        if choice == BOTH:
            return {name: (*self._listed(self.ours, name), *self._listed(self.theirs, name))
                    for name in self.names}  # fmt: skip
        return dict(self.theirs if choice == THEIRS else self.ours)

    @staticmethod
    def _listed(values: Mapping[str, FieldValue], name: str) -> tuple[str, ...]:
        value = values.get(name, ())
        return (value,) if isinstance(value, str) else value


def lines(ours: Record, theirs: Record) -> list[Line]:
    """Where two versions differ, in the order of the standard, other columns at the end."""
    return [*_of_fields(ours, theirs), *_of_columns(ours, theirs)]


def _of_fields(ours: Record, theirs: Record) -> Iterator[Line]:
    order = list(fields())
    groups = groups_in({**ours.values, **theirs.values})
    for group in sorted(groups, key=lambda group: order.index(group[0])):
        line = Line(group[0], within(ours.values, group), within(theirs.values, group))
        if line.ours != line.theirs:
            yield line


def _of_columns(ours: Record, theirs: Record) -> Iterator[Line]:
    for heading in sorted({**ours.unmapped, **theirs.unmapped}):
        one, other = (within(record.unmapped, (heading,)) for record in (ours, theirs))
        if one != other:
            name = f"kept_{sha256(heading.encode()).hexdigest()[:12]}"
            yield Line(name, one, other, heading)


def chosen(ours: Record, theirs: Record, choices: Mapping[str, str]) -> Record:
    """The record with what was chosen for each line; what does not differ stays."""
    values, kept = dict(ours.values), dict(ours.unmapped)
    for line in lines(ours, theirs):
        stands = line.of(choices[line.name])
        # a kept column holds one text, which is a value too
        home: dict[str, FieldValue] = kept if line.heading else values  # type: ignore[assignment]
        for name in line.ours:
            home.pop(name, None)
        home.update(stands)
    return Record.of(values, kept)
