"""Search by name, and the look at who is known already, over 5,000 people that one person holds."""

import os
import random
import sys
import time
from pathlib import Path
from statistics import median

from benchmarks import worlds
from benchmarks.figures import Figure

ABOUT = (
    "One person who holds 5,000 survivors, each with a name and a nickname, and 500 leads with a "
    "reporter, searches for names in four scripts: rows, grants, keys, values, comparing, the "
    "entries, and the names of those who are shown. Cold: the first time after signing in, when "
    "every data key is unwrapped. Beside it AES-256-GCM alone over the same sealed bytes. Then the "
    "look at who is known already, by name, birth and telephone, before a file is begun."
)
PEOPLE, QUICK_PEOPLE = 5_000, 300
BATCH = 250
TIMES = 15
SOUGHT = ("ดอกไม้", "Khin Mala", "သန်းသန်းအေး", "Sok Dara", "ບົວ ແກ້ວມະນີ", "Saengdao Jaidee")
BUDGET = 300
"""Milliseconds, warm, with decryption."""


def measure(run):
    """Cold and warm searches, and the look at who is known already."""
    count = QUICK_PEOPLE if run.quick else PEOPLE
    folder = run.folder / f"{count}-names"
    if not (folder / "built").exists():
        folder.mkdir(parents=True, exist_ok=True)
        run.call("benchmarks.search", str(folder), str(count))
    worlds.enter(folder)
    reader = _signed_in()
    cold = _cold(reader, SOUGHT[0])
    warm, worked = [], []
    for words in SOUGHT * TIMES:
        signed_in, begun = _signed_in(), time.process_time()
        warm.append(_search(signed_in, words))
        worked.append((time.process_time() - begun) * 1000)
    held, bare = _held(_signed_in())
    yield Figure(
        f"search, {held:,} names of {count:,} people: p50",
        median(warm),
        "ms",
        baseline=bare,
        beside="AES-256-GCM alone over the same bytes",
        most=None if run.quick else BUDGET,
    )
    yield Figure("the same: p95", sorted(warm)[int(len(warm) * 0.95)], "ms")
    yield Figure(
        "the same: processor time, p50",
        median(worked),
        "ms",
        note="what it takes on a machine that does nothing else",
    )
    yield Figure("the same: first after signing in", cold, "ms")
    yield Figure(
        f"known already? among {count:,} people: p50",
        median(_known(_signed_in()) for _ in range(TIMES)),
        "ms",
    )


def _signed_in():
    """The reader of a new request: facts are asked anew."""
    from romyen.access.installation import reader_of
    from romyen.access.models import Member

    lead = Member.objects.select_related("holder").get(email=worlds.READERS["lead"])
    reader = reader_of(lead, worlds.PASSPHRASE)
    _sure(reader.facts.active)
    return reader


def _sure(found):
    if not found:
        raise SystemExit("nothing was found: what is measured is not a search")


def _timed(call):
    """(milliseconds, what came of it)."""
    begin = time.perf_counter()
    found = call()
    return (time.perf_counter() - begin) * 1000, found


def _search(reader, words):
    from django.utils import timezone

    from romyen.linkage.searching import search

    spent, found = _timed(lambda: search(reader, words, now=timezone.now()))
    _sure(found or words == SOUGHT[-1])
    return spent


def _cold(reader, words):
    from romyen.keys import kept

    kept.forget_all_but(())
    return _search(reader, words)


def _known(reader):
    from django.utils import timezone

    from romyen.rules.births import Birth
    from romyen.rules.days import PartialDay
    from romyen.survivors.known import Asked, likely

    asked = Asked(
        names=("Dokmai Rakthai",),
        nicknames=("Fon",),
        birth=Birth.known(PartialDay(2005, 6, 7), "stated"),
        telephones=("0800000123",),
    )
    spent, found = _timed(lambda: likely(reader, asked, now=timezone.now()))
    _sure(found)
    return spent


def _held(reader):
    """How many names are compared, and the time of the bare cipher over their bytes."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM
    from django.utils import timezone

    from romyen.keys.fields import HEAD_BYTES
    from romyen.leads import held as in_leads
    from romyen.survivors import held

    now = timezone.now()
    columns = held.name_columns(reader, "search.names", now=now)
    columns += in_leads.name_columns(reader, "search.names", now=now)
    lengths = [len(blob) - HEAD_BYTES - 28 for column in columns for _, _, blob in column.rows]
    sealed = [_sealed(size) for size in lengths]

    def bare():
        for key, nonce, value in sealed:
            AESGCM(key).decrypt(nonce, value, b"place")

    return len(lengths), median(_timed(bare)[0] for _ in range(5))


def _sealed(size):
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    key, nonce = os.urandom(32), os.urandom(12)
    return key, nonce, AESGCM(key).encrypt(nonce, b"n" * size, b"place")


def build(folder, count):
    """The people and leads of one team, through the verbs; the same seed, the same names."""
    worlds.enter(folder)
    from django.db import transaction
    from django.utils import timezone

    from benchmarks.worlds import people, stories
    from romyen import access
    from romyen.leads import actions as leadwork
    from romyen.rules.spans import local_day
    from romyen.survivors.actions import taking_over

    dice, now = random.Random(2551), timezone.now()
    staff = people.gather(now)
    team = staff.teams[0]
    for begin in range(0, count, BATCH):
        numbers = range(begin, min(begin + BATCH, count))
        files = [stories.kept(dice, number, local_day(now)) for number in numbers]
        with transaction.atomic():
            taking_over.take_over(files, team=team.node, actor=access.operator(), now=now)
    worker = staff.workers[team.pk][0]
    for number in range(count // 10):
        leadwork.take_down(
            team=team, account=stories.NOTES[0], source="public", imminence="unknown",
            reporter=f"{dice.choice(stories.NAMES)} {number}", actor=worker, now=now,
        )  # fmt: skip
    (folder / "built").touch()


if __name__ == "__main__":
    build(Path(sys.argv[1]), int(sys.argv[2]))
