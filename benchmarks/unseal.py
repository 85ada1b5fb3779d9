"""How long it takes to open identities: 5,000 at once, as an export does."""

import os
import time
from statistics import median

from benchmarks import worlds
from benchmarks.figures import Figure

ABOUT = (
    "The names of 5,000 survivors opened for one reader in one reading: read entry, grants, keys, "
    "values, as the first reading after signing in. Beside it as many unwrapped keys and opened "
    "values of that size, from memory. Then once more, with the keys that the ring has kept."
)
SURVIVORS, QUICK_SURVIVORS = 10_000, 1_000
IDENTITIES, QUICK_IDENTITIES = 5_000, 500
TIMES = 5


def measure(run):
    """Identities a second, and the length of one reading."""
    count = QUICK_IDENTITIES if run.quick else IDENTITIES
    worlds.enter(run.world(QUICK_SURVIVORS if run.quick else SURVIVORS))
    from django.utils import timezone

    from romyen import access
    from romyen.access.installation import reader_of
    from romyen.access.models import Member
    from romyen.keys import kept
    from romyen.survivors.models import Survivor
    from romyen.survivors.queries import NAMES

    lead = Member.objects.select_related("holder").get(email=worlds.READERS["lead"])
    reader, now = reader_of(lead, worlds.PASSPHRASE), timezone.now()
    rows = list(Survivor.objects.order_by("pk")[:count])

    def opened():
        return access.reveal(reader, rows, NAMES, purpose="care", now=now)

    if not all(isinstance(found["full_name"], str) for found in opened().values()):
        raise SystemExit("some names stayed closed")

    def afresh():
        kept.forget_all_but(())
        return opened()

    keys, values, bare = _bare(count)
    ours, plain = _seconds(afresh), _seconds(bare)
    yield Figure(
        f"{count:,} identities opened",
        ours,
        "s",
        baseline=plain,
        beside=f"the bare cipher: {keys:,} keys, {values:,} values",
    )
    yield Figure("identities opened", count / ours, "/s")
    yield Figure("the same, keys kept from a reading before", _seconds(opened), "s")


def _bare(count):
    """(keys, values, a call that opens them): one key and one value of each identity."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    from romyen.keys import crypto

    private = X25519PrivateKey.generate()
    public = private.public_key().public_bytes_raw()
    context = b"grant|" + b"x" * 60
    sealed = []
    for _ in range(count):
        key = os.urandom(crypto.KEY_BYTES)
        value = crypto.encrypt(key, crypto.pad(b"n" * 40), context)
        sealed.append((crypto.wrap(key, public, context), value))

    def opened():
        for wrapped, value in sealed:
            crypto.decrypt(crypto.unwrap(wrapped, private, context), value, context)

    return count, count, opened


def _seconds(call):
    """Of a call: the median of a few."""
    spent = []
    for _ in range(TIMES):
        begin = time.perf_counter()
        call()
        spent.append(time.perf_counter() - begin)
    return median(spent)
