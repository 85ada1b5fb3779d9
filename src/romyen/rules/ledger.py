"""The arithmetic of a transparency log: the Merkle tree of RFC 6962, section 2.

Everything here is plain SHA-256 over bytes; nothing knows what an entry says. Indexes count
leaves from 0. A leaf is always given by its hash (:func:`leaf_hash`), never by its data, so that
a proof can be checked by someone who may not read the entry.

The checks of proofs walk the bits of index and size as RFC 9162, sections 2.1.3.2 and 2.1.4.2,
describe; the trees of both RFCs are the same.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

HASH_SIZE = 32
"""Bytes of a SHA-256 hash."""

EMPTY_ROOT = sha256(b"").digest()
"""The root of a log without entries (RFC 6962, section 2.1)."""


def leaf_hash(data: bytes) -> bytes:
    """The hash of one entry: SHA-256(0x00 || data). The 0x00 keeps leaves apart from nodes."""
    return sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of two neighbouring subtrees: SHA-256(0x01 || left || right)."""
    return sha256(b"\x01" + left + right).digest()


def root_of(leaves: Iterable[bytes]) -> bytes:
    """The root over these leaf hashes, in this order."""
    frontier = Frontier()
    for leaf in leaves:
        frontier.append(leaf)
    return frontier.root()


@dataclass
class Frontier:
    """All that appending needs of a tree: the roots of its complete subtrees, largest first.

    A log of n entries has as many peaks as n has one-bits, so a million entries are carried on
    from at most twenty hashes.
    """

    size: int = 0
    peaks: list[bytes] = field(default_factory=list)

    def append(self, leaf: bytes) -> None:
        """Add one leaf hash; amortised two hashes' work."""
        carry, height = leaf, self.size
        while height & 1:
            carry = node_hash(self.peaks.pop(), carry)
            height >>= 1
        self.peaks.append(carry)
        self.size += 1

    def root(self) -> bytes:
        """The root of the whole tree so far."""
        if not self.peaks:
            return EMPTY_ROOT
        *rest, tip = self.peaks
        for peak in reversed(rest):
            tip = node_hash(peak, tip)
        return tip

    def dump(self) -> bytes:
        """The peaks as bytes, to be stored beside the size."""
        return b"".join(self.peaks)

    @classmethod
    def load(cls, size: int, peaks: bytes) -> "Frontier":
        """Take up a stored frontier. ValueError when the peaks do not fit the size."""
        if size < 0 or len(peaks) != size.bit_count() * HASH_SIZE:
            raise ValueError("the peaks do not fit the size")
        return cls(size, [peaks[i : i + HASH_SIZE] for i in range(0, len(peaks), HASH_SIZE)])


class Tree:
    """A whole tree in memory (64 bytes a leaf), for making proofs about any earlier size."""

    def __init__(self, leaves: Iterable[bytes] = ()) -> None:
        self._levels = [bytearray()]
        for leaf in leaves:
            self.append(leaf)

    def __len__(self) -> int:
        """How many leaves the tree has."""
        return len(self._levels[0]) // HASH_SIZE

    def append(self, leaf: bytes) -> None:
        """Add one leaf hash, and every complete subtree that it closes."""
        if len(leaf) != HASH_SIZE:
            raise ValueError("a leaf hash has 32 bytes")
        height, carry = 0, leaf
        while True:
            if height == len(self._levels):
                self._levels.append(bytearray())
            level = self._levels[height]
            level += carry
            if len(level) % (2 * HASH_SIZE):
                return
            carry = node_hash(bytes(level[-2 * HASH_SIZE : -HASH_SIZE]), carry)
            height += 1

    def root(self, size: int | None = None) -> bytes:
        """The root when the tree had ``size`` leaves (default: now). ValueError beyond the end."""
        size = len(self) if size is None else size
        if not 0 <= size <= len(self):
            raise ValueError("the tree never had this size")
        return self._range(0, size) if size else EMPTY_ROOT

    def inclusion_proof(self, index: int, size: int | None = None) -> list[bytes]:
        """The path from leaf ``index`` to the root at ``size`` (RFC 6962, section 2.1.1).

        ValueError when the leaf is not in a tree of that size.
        """
        size = len(self) if size is None else size
        if not 0 <= index < size <= len(self):
            raise ValueError("no such leaf in a tree of this size")
        low, high, path = 0, size, []
        while high - low > 1:
            split = low + _split(high - low)
            if index < split:
                path.append(self._range(split, high))
                high = split
            else:
                path.append(self._range(low, split))
                low = split
        return path[::-1]

    def consistency_proof(self, old: int, new: int | None = None) -> list[bytes]:
        """That the tree of ``old`` leaves is the beginning of the one of ``new`` (section 2.1.2).

        Empty for equal sizes and for an empty old tree, where there is nothing to show.
        ValueError when a size was never reached or ``old`` is the larger.
        """
        new = len(self) if new is None else new
        if not 0 <= old <= new <= len(self):
            raise ValueError("the sizes must be reached, the older one first")
        low, high, path = 0, new, []
        while old and old != high:
            split = low + _split(high - low)
            if old <= split:
                path.append(self._range(split, high))
                high = split
            else:
                path.append(self._range(low, split))
                low = split
        # The old root itself is what the checker brings along; only a part of it must be told.
        if low:
            path.append(self._range(low, high))
        return path[::-1]

    def _range(self, low: int, high: int) -> bytes:
        """The root over leaves [low, high); ``low`` is a multiple of the power of two above."""
        width = high - low
        if width & (width - 1) == 0:
            at = low // width * HASH_SIZE
            return bytes(self._levels[width.bit_length() - 1][at : at + HASH_SIZE])
        split = low + _split(width)
        return node_hash(self._range(low, split), self._range(split, high))


def _split(width: int) -> int:
    """The largest power of two smaller than ``width`` (which is at least 2)."""
    return 1 << ((width - 1).bit_length() - 1)


def verify_inclusion(
    leaf: bytes, index: int, size: int, path: Sequence[bytes], root: bytes
) -> bool:
    """Whether ``path`` leads from leaf hash ``leaf`` at ``index`` to ``root`` at ``size``."""
    if not 0 <= index < size or not _are_hashes(leaf, root, *path):
        return False
    position, last, carry = index, size - 1, leaf
    for sibling in path:
        if not last:
            return False
        if position & 1 or position == last:
            carry = node_hash(sibling, carry)
            while not position & 1 and position:
                position, last = position >> 1, last >> 1
        else:
            carry = node_hash(carry, sibling)
        position, last = position >> 1, last >> 1
    return last == 0 and carry == root


def verify_consistency(
    old: int, new: int, old_root: bytes, new_root: bytes, path: Sequence[bytes]
) -> bool:
    """Whether ``path`` shows the log of ``old`` leaves to be the beginning of that of ``new``."""
    if not 0 <= old <= new or not _are_hashes(old_root, new_root, *path):
        return False
    if old == new:
        return not path and old_root == new_root
    if old == 0:
        return not path and old_root == EMPTY_ROOT
    return _join(old, new, old_root, path) == (old_root, new_root)


def _join(old: int, new: int, old_root: bytes, path: Sequence[bytes]) -> tuple[bytes, bytes] | None:
    """Both roots as the path gives them, or nothing when its length does not fit the sizes."""
    steps = [old_root, *path] if old & (old - 1) == 0 else list(path)
    position, last = old - 1, new - 1
    while position & 1:
        position, last = position >> 1, last >> 1
    if not steps:
        return None
    older = newer = steps[0]
    for step in steps[1:]:
        if not last:
            return None
        if position & 1 or position == last:
            older, newer = node_hash(step, older), node_hash(step, newer)
            while not position & 1 and position:
                position, last = position >> 1, last >> 1
        else:
            newer = node_hash(newer, step)
        position, last = position >> 1, last >> 1
    return (older, newer) if last == 0 else None


def _are_hashes(*values: bytes) -> bool:
    return all(len(value) == HASH_SIZE for value in values)
