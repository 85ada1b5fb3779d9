"""Data keys that somebody has opened, kept between the requests of one process.

Unwrapping is what opening many values costs. Whoever opens many at once (a search, a comparison)
finds the keys again at the next request: they lie in memory as one value for each person,
encrypted under a key that only that person's private keys give. Those are in memory while a
request of theirs is answered, and not between; so what lies here opens to nobody else, and to
whoever reads the memory of an idle server neither (decision 0038).

Keyed by the grant: a grant that was taken back or replaced is never asked for again.
"""

import os
import struct
from collections import OrderedDict
from collections.abc import Container, Mapping
from threading import Lock

from romyen.keys import crypto
from romyen.keys.rings import Ring

MANY = 64
"""Fewer keys at once are unwrapped anew: a page that opens one record keeps nothing."""
MOST_KEYS = 20_000
MOST_PEOPLE = 32
"""What is kept at most: 40 bytes a key, 25 MB in all."""
_PURPOSE = "kept data keys"
_ROW = struct.Struct(">Q32s")
_PROCESS = os.urandom(crypto.KEY_BYTES)
_lock = Lock()
_kept: OrderedDict[str, bytes] = OrderedDict()


def recall(ring: Ring) -> dict[int, bytes]:
    """The data keys that this person has opened before, by the id of the grant."""
    with _lock:
        sealed = _kept.get(ring.holder_id)
    if sealed is None:
        return {}
    try:
        rows = crypto.decrypt(_key(ring), sealed, ring.holder_id.encode())
    except crypto.Unopened:  # a new pair of the same person
        forget(ring.holder_id)
        return {}
    return dict(_ROW.iter_unpack(rows))


def keep(ring: Ring, secrets: Mapping[int, bytes]) -> None:
    """Keep these, in place of what was kept for this person; of too many, the last."""
    last = list(secrets.items())[-MOST_KEYS:]
    rows = b"".join([_ROW.pack(grant, secret) for grant, secret in last])
    sealed = crypto.encrypt(_key(ring), rows, ring.holder_id.encode())
    with _lock:
        _kept[ring.holder_id] = sealed
        _kept.move_to_end(ring.holder_id)
        while len(_kept) > MOST_PEOPLE:
            _kept.popitem(last=False)


def forget(holder_id: str) -> None:
    """This person signed out, was idle for too long, or got other keys."""
    with _lock:
        _kept.pop(holder_id, None)


def forget_all_but(holders: Container[str]) -> None:
    """Nobody else has keys open any more."""
    with _lock:
        for holder_id in [one for one in _kept if one not in holders]:
            del _kept[holder_id]


def kept_for(holder_id: str) -> bool:
    """Whether anything is kept for this person."""
    return holder_id in _kept


def _key(ring: Ring) -> bytes:
    private = ring.private.private_bytes_raw() + ring.signing.private_bytes_raw()
    return crypto.derive(private, salt=_PROCESS, purpose=_PURPOSE)
