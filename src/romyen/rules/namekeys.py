"""The keys of a person's names as one text, to be sealed beside the names."""

from collections.abc import Iterable

from romyen.rules.names import Key


def text_of(names: Iterable[str | None]) -> str | None:
    """The keys of all names that are known, one on a line; None where there is none."""
    keys = dict.fromkeys(Key.of(name).text() for name in names if name and name.strip())
    return "\n".join(keys) or None


def keys_in(text: str) -> list[Key]:
    """The keys that :func:`text_of` wrote."""
    return [Key.read(line) for line in text.split("\n")]
