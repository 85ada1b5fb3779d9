"""Small numbers stay hidden and cannot be reckoned from what is shown."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from romyen.statistics.suppressing import FEW, GUARD, Counted, hidden

Q = ("2026-Q1", "2026-Q2")


def world(table):
    """Cells and relations of a table of codes by quarters, with every whole."""
    cells, relations = {}, []
    codes = list(table)
    for place, quarter in enumerate(Q):
        for code in codes:
            cells[quarter, "d", code] = table[code][place]
        cells[quarter, "", ""] = sum(table[code][place] for code in codes)
        relations.append([*((quarter, "d", code) for code in codes), (quarter, "", "")])
    for code in codes:
        cells["2026", "d", code] = sum(table[code])
        relations.append([*((quarter, "d", code) for quarter in Q), ("2026", "d", code)])
    cells["2026", "", ""] = sum(map(sum, table.values()))
    relations.append([*((quarter, "", "") for quarter in Q), ("2026", "", "")])
    relations.append([*(("2026", "d", code) for code in codes), ("2026", "", "")])
    counted = {cell: Counted(value, value) for cell, value in cells.items() if value}
    return counted, relations


def test_a_small_number_hides_and_so_does_the_next_smallest_of_its_row():
    cells, relations = world({"a": (3, 40), "b": (20, 30), "c": (50, 60)})
    shut = hidden(cells, relations, 5)
    assert shut["2026-Q1", "d", "a"] == FEW
    assert shut["2026-Q1", "d", "b"] == GUARD
    # the guard and the small one stand in rows of their own, which need a guard in turn
    assert {cell for cell in shut if cell[0] == "2026-Q2"}
    assert ("2026-Q1", "", "") not in shut
    assert ("2026", "", "") not in shut


def test_large_numbers_are_all_shown_and_a_zero_is_no_secret():
    cells, relations = world({"a": (0, 40), "b": (20, 30)})
    assert hidden(cells, relations, 5) == {}


def test_a_whole_that_is_small_hides_with_its_only_part():
    cells, relations = world({"a": (3, 0)})
    assert set(hidden(cells, relations, 5).values()) == {FEW}


def test_two_small_ones_whose_sum_gives_them_away_get_a_guard():
    # both "fewer than 5", together 8: each can only be 4
    cells, relations = world({"a": (4, 50), "b": (4, 50), "c": (90, 90)})
    shut = hidden(cells, relations, 5)
    assert shut["2026-Q1", "d", "c"] == GUARD


def test_a_sum_of_money_is_hidden_by_the_number_of_people_behind_it():
    cells = {("2026", "", ""): Counted(400_000, 2), ("2026-Q1", "", ""): Counted(3, 9)}
    assert hidden(cells, [], 5) == {("2026", "", ""): FEW}


def test_a_figure_without_anybody_behind_it_is_never_shown():
    assert hidden({("2026", "", ""): Counted(7, 0)}, [], 5) == {("2026", "", ""): FEW}


numbers = st.integers(0, 12)


@given(st.dictionaries(st.sampled_from("abcd"), st.tuples(numbers, numbers), min_size=1))
def test_no_hidden_number_is_found_by_one_subtraction(table):
    cells, relations = world(table)
    shut = hidden(cells, relations, 5)
    for cell, one in cells.items():
        if one.value < 5:
            assert cell in shut
    for relation in relations:
        present = [cell for cell in relation if cell in cells]
        closed = [cell for cell in present if cell in shut]
        assert len(closed) != 1
        fits = _readings(present, closed, cells, shut)
        for place, cell in enumerate(closed):
            if len(closed) > 1 and shut[cell] == FEW:
                assert len({reading[place] for reading in fits}) > 1, (relation, shut)


def _readings(present, closed, cells, shut):
    """Every way in which the hidden cells of a relation could be filled."""
    if not closed:
        return []
    total = present[-1]
    spans = [range(1, 5) if shut[cell] == FEW else range(5, 60) for cell in closed[:3]]
    if len(closed) > 3:
        return [tuple([1] * len(closed)), tuple([2] * len(closed))]
    found = []
    for values in product(*spans):
        seen = {
            **{cell: cells[cell].value for cell in present},
            **dict(zip(closed, values, strict=True)),
        }
        if sum(seen[cell] for cell in present[:-1]) == seen[total]:
            found.append(values)
    return found
