"""Which of many names is meant: the sounds of the query against the sounds of each."""

import heapq
from collections import Counter
from collections.abc import Iterable, Sequence
from math import log

from romyen.rules.names.keys import Key, Slots, plain_key, weight
from romyen.rules.names.outlines import Outline
from romyen.rules.names.sounds import distance

MANY, FEW, LEAST = 10, 48, 100
"""One of so many names passes the first sieve (prints) and the second (outlines), 100 at least."""
PART = 0.97
"""What a match of some words of a longer name is worth beside a match of all of them."""
HARDLY = 0.4
"""Words less alike than this are different words."""
SAME_SOUND = 0.999
"""The most that names get which are not written the same."""
USUAL = 0.002
"""What one step (a factor e) in how usual a way of writing is takes from the score."""
MARGIN = 0.05
"""So far below the last of the best somebody may be before the usual way of writing is weighed."""


def score(query: Key, name: Key, least: float = 0.0) -> float:
    """How likely the two are one name: 0 (nothing in common) to 1 (written the same).

    What stays below ``least`` may be given up early, as 0.
    """
    if query.plain == name.plain:
        return 1.0
    found = _likeness(query.whole, name.whole, query.weight + name.weight, least)
    if found < PART and (len(query.words) > 1 or len(name.words) > 1):
        found = max(found, _by_words(query, name, max(least, found)))
    return min(found, SAME_SOUND)


def _likeness(one: Slots, other: Slots, both: float, least: float = 0.0) -> float:
    if not both:
        return 0.0
    most = (1 - least) * both / 2 + 1e-9
    return max(0.0, 1 - 2 * distance(one, other, most) / both)


def _by_words(query: Key, name: Key, least: float) -> float:
    """Every word of the query with its nearest word of the name, each taken once.

    Words that are hardly alike count as not alike.
    """
    left = [(word, weight(word)) for word in name.words]
    asked = sorted(((weight(word), word) for word in query.words), reverse=True)
    total = open_ = sum(heavy for heavy, _ in asked)
    reached = 0.0
    for heavy, word in asked:
        near = [_likeness(word, other, heavy + its, HARDLY) for other, its in left]
        likeness = max(near, default=0.0)
        reached += likeness * heavy
        open_ -= heavy
        if PART * (reached + open_) < least * total:
            return 0.0
        if likeness:
            del left[near.index(likeness)]
    return PART * reached / total if total else 0.0


def rank_keys[T](
    query: Key, pairs: Iterable[tuple[T, Key]], limit: int = 10
) -> list[tuple[T, float]]:
    """The best of keyed names with their scores, best first; equal scores in the order given.

    Three sieves: the prints of all, the outlines of many, the sounds of a few. Sealed names come
    here with keys that were sealed beside them; nothing of them is remembered.
    """
    if not query.plain or limit < 1:
        return []
    few = _few(query, list(pairs))
    found = _weighed(_scored(query, few, limit))
    best = heapq.nsmallest(limit, found, key=lambda one: (-one[0], one[1]))
    return [(what, value) for value, _at, what in best if value > 0]


def _few[T](query: Key, pairs: Sequence[tuple[T, Key]]) -> list[tuple[int, T, Key]]:
    """Those that pass the sieves, with their places; the nearest first."""
    few, many = max(LEAST, len(pairs) // FEW), max(LEAST, len(pairs) // MANY)
    rough = _sieved(_print_distances(query, [key for _, key in pairs]), many)
    same = [at for at, (_, key) in enumerate(pairs) if key.plain == query.plain]
    shape = _Shape(query)
    places = [rough[one] for one in _sieved([shape.far(pairs[at][1]) for at in rough], few)]
    return [(at, *pairs[at]) for at in dict.fromkeys(same[:few] + places)]


def _sieved(far: Sequence[float], most: int) -> list[int]:
    """The places of the smallest values, in their order."""
    return sorted(range(len(far)), key=far.__getitem__)[:most]


def _print_distances(query: Key, keys: list[Key]) -> list[float]:
    """How far the prints of each are from those of the query: 0 to 1."""
    prints, need, have = query.prints[:-2], query.prints[-2], query.prints[-1]
    size, several = need.bit_count() or 1, bool(query.parts)
    found = []
    for key in keys:
        far = min([_apart(one, other) for one in prints for other in key.prints[:-2]], default=1.0)
        if several or key.parts:
            inside = (need & ~key.prints[-1]).bit_count() / size
            far = min(far, inside + 0.05)
        if several:
            theirs = key.prints[-2]
            far = min(far, (theirs & ~have).bit_count() / (theirs.bit_count() or 1) + 0.1)
        found.append(far)
    return found


def _apart(one: int, other: int) -> float:
    return (one ^ other).bit_count() / ((one | other).bit_count() or 1)


class _Shape:
    """The outlines of a query, and how far names are from them."""

    def __init__(self, query: Key) -> None:
        self._whole = [Outline(row) for row in query.outlines]
        self._parts = [Outline(row) for row in query.parts or query.outlines[:1]]

    def far(self, key: Key) -> float:
        """From 0, the same, to 1: as a whole, or each word with its nearest."""
        far = min([shape.far(row) for shape in self._whole for row in key.outlines], default=1.0)
        if len(self._parts) > 1 or key.parts:
            rows = key.parts or key.outlines[:1]
            near = [min([part.far(row) for row in rows], default=1.0) for part in self._parts]
            far = min(far, sum(near) / (len(near) or 1))
        return far


def _scored[T](
    query: Key, few: list[tuple[int, T, Key]], limit: int
) -> list[tuple[float, int, T, Key]]:
    """The few with their scores, before it is weighed which way of writing is usual."""
    found: list[tuple[float, int, T, Key]] = []
    best: list[float] = []
    for at, what, key in few:
        value = score(query, key, max(0.0, best[0] - MARGIN) if len(best) == limit else 0.0)
        if value > 0:
            found.append((value, at, what, key))
        (heapq.heappushpop if len(best) == limit else heapq.heappush)(best, value)
    return found


def _weighed[T](found: list[tuple[float, int, T, Key]]) -> list[tuple[float, int, T]]:
    """With the usual ways of writing first among those that sound alike.

    Only the distances change: the first of those written otherwise keeps its score.
    """
    usual = _Usual([key.plain for _, _, _, key in found])
    weighed = [
        (value if value == 1 else value + USUAL * usual.of(key.plain), value, at, what)
        for value, at, what, key in found
    ]
    top = max((one for one in weighed if one[1] < 1), default=None, key=lambda one: one[:2])
    shift = top[1] - top[0] if top else 0.0
    return [
        (round(value if value == 1 else max(0.0001, min(likely + shift, SAME_SOUND)), 5), at, what)
        for likely, value, at, what in weighed
    ]


class _Usual:
    """How usual a way of writing is among names that sound nearly alike.

    พงศ์ and พงษ์ sound the same. Which is meant nobody hears, so the one that more of the names
    at hand have comes first: the logarithm of the chance of its letters, each given the two
    before it (additive smoothing, as for any Markov chain of letters).
    """

    _MORE, _LETTERS = 0.3, 40

    def __init__(self, names: list[str]) -> None:
        runs = [run for name in names for run in _runs(name)]
        self._three = Counter(runs)
        self._two = Counter(run[:2] for run in runs)

    def of(self, name: str) -> float:
        """From minus infinity (never) to 0 (certain)."""
        return sum(map(self._chance, _runs(name)))

    def _chance(self, run: str) -> float:
        seen, of_all = self._three[run] + self._MORE, self._two[run[:2]]
        return log(seen / (of_all + self._MORE * self._LETTERS))


def _runs(name: str) -> list[str]:
    text = f"^^{name}$"
    return [text[at : at + 3] for at in range(len(text) - 2)]


def rank(query: str, names: Iterable[str], limit: int = 10) -> list[tuple[str, float]]:
    """The ``limit`` names that ``query`` most likely means, with scores from 0 to 1, best first.

    Query and names may be in any of Thai, Lao, Burmese, Khmer and Latin, with titles or without.
    Equal scores stand in the order of the alphabet. Keys of names are remembered for the next
    query, so this is for names that are plain data. Sealed names go through :func:`rank_keys`.
    """
    ordered = sorted(set(names))
    return rank_keys(Key.of(query), ((name, plain_key(name)) for name in ordered), limit)
