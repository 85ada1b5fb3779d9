"""Small numbers stay hidden, and cannot be reckoned from the rest of their row or column.

Plain Python. A cell is (period, dimension, code); the whole of a period is (period, "", ""). A
figure that fewer than ``fewest`` people stand behind is hidden. Parts that add up to a whole
form a relation; where one would be found by subtraction, the next smallest of it is hidden too,
until nothing changes. This looks at single relations only, not at several put together: the
full method is a matter of its own.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

type Cell = tuple[str, str, str]

FEW, GUARD = "few", "guard"
"""Hidden because it is small; hidden so that a small one cannot be reckoned."""


@dataclass(frozen=True)
class Counted:
    """A figure, and how many people stand behind it (for a sum of money, whose it is)."""

    value: int
    people: int


def hidden(
    cells: Mapping[Cell, Counted], relations: Iterable[Sequence[Cell]], fewest: int
) -> dict[Cell, str]:
    """Which cells are hidden, and why. A zero is shown: that nothing was recorded names nobody."""
    found = {cell: FEW for cell, one in cells.items() if 0 < one.people < fewest or _odd(one)}
    known = [_present(relation, cells) for relation in relations]
    changed = True
    while changed:
        changed = False
        for relation in known:
            guard = _guard_for(relation, cells, found, fewest)
            if guard is not None:
                found[guard], changed = GUARD, True
    return found


def _odd(one: Counted) -> bool:
    """A figure without anybody behind it that could be told: never shown by mistake."""
    return one.value != 0 and one.people == 0


def _present(relation: Sequence[Cell], cells: Mapping[Cell, Counted]) -> list[Cell]:
    """The cells of a relation that are not nothing; the last one is the whole."""
    return [cell for cell in relation if cell in cells and cells[cell].value]


def _guard_for(
    relation: Sequence[Cell],
    cells: Mapping[Cell, Counted],
    found: Mapping[Cell, str],
    fewest: int,
) -> Cell | None:
    """The next smallest cell, where the hidden ones of this relation could be reckoned."""
    shut = [cell for cell in relation if cell in found]
    shown = [cell for cell in relation if cell not in found]
    if not shut or not shown or not _reckonable(shut, relation, cells, found, fewest):
        return None
    return min(shown, key=lambda cell: (cells[cell].value, cell))


def _reckonable(
    shut: Sequence[Cell],
    relation: Sequence[Cell],
    cells: Mapping[Cell, Counted],
    found: Mapping[Cell, str],
    fewest: int,
) -> bool:
    """One alone is found by subtraction; several where their sum leaves only one reading.

    A small one is at least 1 and below ``fewest``, a guard at least ``fewest``: a sum at the edge
    of what they can be gives all of them away.
    """
    if len(shut) == 1:
        return True
    if relation[-1] in shut:
        return False
    total = sum(cells[cell].value for cell in shut)
    small = sum(found[cell] == FEW for cell in shut)
    guards = len(shut) - small
    if not guards:
        return total < fewest or total >= small * (fewest - 1)
    return total <= small + guards * fewest
