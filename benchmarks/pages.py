"""List and case page at two sizes: what a page costs, and what its walls cost of it."""

import json
import subprocess
import sys
import time
from contextlib import contextmanager
from statistics import median, quantiles

from benchmarks import worlds
from benchmarks.browser import Browser, OverSocket, code_from
from benchmarks.figures import Figure
from benchmarks.serving import memory_mib, served

ABOUT = (
    "Pages asked for in turn with and without their walls (decisions, audit, decryption), through "
    "the WSGI application with all middleware, by people who signed in. Medians."
)
SIZES = (10_000, 100_000)
QUICK_SIZES = (1_000, 3_000)
ROUNDS, EACH = 12, 10
QUICK_ROUNDS, QUICK_EACH = 2, 5
MOST_MS, MOST_RATIO, MOST_GROWTH = 25, 2, 1.2
"""Budgets of a list of 25 and of a file (design §9). A caseload of 60 names is no such list."""
BARE = "without walls"
SERVED_TIMES = 60


class World:
    """A world in its folder and the process that asks for its pages."""

    def __init__(self, size, folder):
        self.size, self.times = size, {}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.asking", str(folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.about = self._hear()

    def _hear(self):
        line = self.process.stdout.readline()
        if not line:
            sys.exit(f"the world of {self.size} survivors fell silent")
        return json.loads(line)

    def round(self, count):
        """Every page so many times."""
        self.process.stdin.write(f"{count}\n")
        self.process.stdin.flush()
        for name, (walls, bare) in self._hear().items():
            kept = self.times.setdefault(name, ([], []))
            kept[0].extend(walls)
            kept[1].extend(bare)

    def end(self):
        """Let the process go; the most memory that it held."""
        self.process.stdin.close()
        said = self._hear()
        self.process.wait()
        return said["memory_mib"]

    def clock(self, name, *, bare=False):
        """Median milliseconds of a page on the clock."""
        return median(one[0] for one in self.times[name][bare])

    def processor(self, name, *, bare=False):
        """Median milliseconds of a page on the processor."""
        return median(one[1] for one in self.times[name][bare])


def measure(run):
    """Figures of every page at both sizes."""
    sizes = QUICK_SIZES if run.quick else (*SIZES[:1], run.size or SIZES[1])
    folders = [run.world(size) for size in sizes]
    with _asked(sizes, folders) as (small, large):
        for _ in range(QUICK_ROUNDS if run.quick else ROUNDS):
            for world in (small, large):
                world.round(QUICK_EACH if run.quick else EACH)
        for name in small.about:
            yield from _page(name, small, large)
        yield from _served(run.world(large.size), large)
        for world in (small, large):
            yield Figure(f"memory, {world.size:,} survivors", world.end(), "MiB", most=200)


@contextmanager
def _asked(sizes, folders):
    asked = [World(size, folder) for size, folder in zip(sizes, folders, strict=True)]
    try:
        yield asked
    finally:
        for world in asked:
            world.process.kill()


def _page(name, small, large):
    for world in (small, large):
        p95 = quantiles([one[0] for one in world.times[name][0]], n=20)[-1]
        yield Figure(
            f"{name}, {world.size:,} survivors",
            world.clock(name),
            "ms",
            baseline=world.clock(name, bare=True),
            beside=BARE,
            most=None if name.startswith("caseload") else MOST_MS,
            most_ratio=MOST_RATIO,
            note=f"p95 {p95:.1f} ms, {world.about[name]['queries']} statements, "
            f"{world.about[name]['bytes'] / 1024:.0f} KiB",
        )
        yield Figure(
            f"{name}, {world.size:,} survivors, processor",
            world.processor(name),
            "ms",
            baseline=world.processor(name, bare=True),
            beside=BARE,
        )
    yield Figure(
        f"{name}, {large.size:,} beside {small.size:,} survivors",
        large.processor(name),
        "ms",
        baseline=small.processor(name),
        beside=f"{small.size:,} survivors",
        most_ratio=MOST_GROWTH,
        note="processor time, which other programmes disturb less",
    )


def _served(folder, world):
    """A list and a case page from a real server, over a connection that is kept."""
    with served(worlds.environment(folder)) as (port, process):
        browser = Browser(OverSocket(port), host=f"localhost:{port}")
        known = worlds.known(folder)
        code = code_from(known["phone"])
        browser.sign_in(worlds.READERS["worker"], worlds.PASSPHRASE, code=code)
        for name, path in (
            ("survivors, 25 codes", "/survivors/"),
            ("case page", f"/cases/{known['cases'][0]}"),
        ):
            yield Figure(
                f"{name}, {world.size:,} survivors, through the server",
                median(_milliseconds(browser, path) for _ in range(SERVED_TIMES)),
                "ms",
                baseline=world.clock(name),
                beside="the application alone",
            )
        yield Figure("memory of the server's web process", memory_mib(process)[0], "MiB", most=200)


def _milliseconds(browser, path):
    begin = time.perf_counter()
    answer = browser.get(path)
    if answer.status != 200:
        sys.exit(f"{path}: {answer.status}")
    return 1000 * (time.perf_counter() - begin)
