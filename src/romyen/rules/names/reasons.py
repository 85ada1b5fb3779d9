"""Why two names may be one person's: codes that the page puts into words."""

from romyen.rules.names.keys import Key, Slots, weight
from romyen.rules.names.sounds import distance

SOUND, NEAR = 0.94, 0.85
"""Likeness from which two words count as sounding the same, or nearly."""
CODES = ("same", "same_script_lookalike", "same_sound", "nickname_part", "near")


def reasons(query: str, name: str) -> list[str]:
    """In which ways the two are alike; empty where they are not.

    ``same``: the same letters. ``same_script_lookalike``: the same after folding and without
    titles, as with น้ำ and นํ้า. ``same_sound``: another spelling or script, one sound.
    ``nickname_part``: a word of one stands alone as the other. ``near``: nearly one sound.
    """
    one, other = Key.of(query), Key.of(name)
    if not one.plain or not other.plain:
        return []
    if one.plain == other.plain:
        return ["same" if query.strip() == name.strip() else "same_script_lookalike"]
    whole = _alike(one.whole, other.whole)
    if whole >= SOUND:
        return ["same_sound"]
    found = ["nickname_part"] if _part(one, other) else []
    return found + (["near"] if whole >= NEAR or _all_near(one, other) else [])


def _alike(one: Slots, other: Slots) -> float:
    both = weight(one) + weight(other)
    return max(0.0, 1 - 2 * distance(one, other) / both) if both else 0.0


def _part(one: Key, other: Key) -> bool:
    """Whether all of the one with fewer words sounds like one word of the other."""
    short, long = sorted((one, other), key=lambda key: len(key.words))
    if len(short.words) != 1 or len(long.words) < 2:
        return False
    return any(_alike(short.words[0], word) >= SOUND for word in long.words)


def _all_near(one: Key, other: Key) -> bool:
    """Whether the words are near in another order: family name first."""
    if len(one.words) != len(other.words) or len(one.words) < 2:
        return False
    return all(max(_alike(word, their) for their in other.words) >= NEAR for word in one.words)
