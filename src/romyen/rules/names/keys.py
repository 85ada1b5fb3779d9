"""Keys: names made ready for comparing."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache, reduce
from operator import or_

from romyen.rules.names import burmese, khmer, lao, latin, thai
from romyen.rules.names.letters import fold, words
from romyen.rules.names.outlines import outlines, print_of
from romyen.rules.names.sounds import skipped

type Slots = tuple[str, ...]

_SCRIPTS: tuple[tuple[str, str, Callable[[str], Slots]], ...] = (
    ("\u0e00", "\u0e7f", thai.sounds),
    ("\u0e80", "\u0eff", lao.sounds),
    ("\u1000", "\u109f", burmese.sounds),
    ("\u1780", "\u17ff", khmer.sounds),
)
_LONGEST = 200
"""Letters of a name that are read; the rest of a longer text says nothing more about a person."""
VERSION = "1"
"""Of the reading. Raise it when outlines are made otherwise: older keys are then made anew."""


def sounds(word: str) -> Slots:
    """A folded word as slots, whatever its script; what cannot be read has none."""
    for first, last, read in _SCRIPTS:
        if first <= word[0] <= last:
            return tuple(map(sys.intern, read(word)))
    return tuple(map(sys.intern, latin.sounds(word)))


@dataclass(frozen=True)
class Key:
    """A name made ready for comparing. It tells as much as the name: seal it as the name is."""

    plain: str
    """The folded name without titles."""
    outlines: tuple[str, ...]
    """Of all words as one."""
    parts: tuple[str, ...]
    """An outline of each word, if there are several."""
    prints: tuple[int, ...]
    """Of the outlines, then what any word needs (all bits), then what any word may have."""

    @classmethod
    def of(cls, name: str) -> "Key":
        """The key of a name in any script."""
        folded = fold(name[:_LONGEST])
        plain = " ".join(words(folded)) or folded
        read = _read(plain)
        whole = outlines(_joined(read))
        each = [outlines(word) for word in read] if len(read) > 1 else [whole]
        need = reduce(or_, [print_of(rows[0]) for rows in each])
        have = reduce(or_, [print_of(row) for rows in each for row in rows])
        parts = tuple(rows[0] for rows in each) if len(each) > 1 else ()
        return cls(plain, whole, parts, (*map(print_of, whole), need, have))

    def text(self) -> str:
        """The key as a short text, to be sealed beside the name it was made from."""
        prints = " ".join([f"{one:x}" for one in self.prints])
        rows = (" ".join(self.outlines), " ".join(self.parts), prints)
        return "\t".join((VERSION, self.plain, *rows))

    @classmethod
    def read(cls, text: str) -> "Key":
        """The key that :meth:`text` wrote; one of an older reading is made anew from its name."""
        fields = text.split("\t")
        if fields[0] != VERSION or len(fields) != 5:
            return cls.of(fields[1] if len(fields) > 1 else "")
        _, plain, whole, parts, prints = fields
        return cls(
            plain,
            tuple(whole.split(" ")),
            tuple(parts.split(" ")) if parts else (),
            tuple([int(one, 16) for one in prints.split(" ")]),
        )

    @cached_property
    def words(self) -> tuple[Slots, ...]:
        """The sounds of each word. They are read when first asked for: few keys get so far."""
        return _read(self.plain)

    @cached_property
    def whole(self) -> Slots:
        """All words as one: spaces are set differently in each script."""
        return _joined(self.words)

    @cached_property
    def weight(self) -> float:
        """What the whole weighs."""
        return weight(self.whole)


def _read(plain: str) -> tuple[Slots, ...]:
    return tuple(found for word in plain.split(" ") if word and (found := sounds(word)))


def _joined(read: tuple[Slots, ...]) -> Slots:
    return tuple(slot for word in read for slot in word)


def weight(slots: Slots) -> float:
    """What a row weighs: the cost of leaving all of it out."""
    return sum(map(skipped, slots))


@lru_cache(maxsize=32_768)
def plain_key(name: str) -> Key:
    """The key of a name that is no secret, remembered. Never for a name that is sealed."""
    return Key.of(name)
