"""Taking stock of an organisation, and the page that shows it."""

import json
import subprocess
import sys
from statistics import median

from benchmarks import worlds
from benchmarks.figures import Figure

ABOUT = (
    "Stock is taken once in a quarter over every table; the page of numbers is asked for through "
    "the WSGI application with all middleware by somebody who signed in. Medians; the "
    "page is drawn once for each period, language and era, and kept in memory after that."
)
SIZES = (10_000, 100_000)
QUICK_SIZES = (1_000, 3_000)
TIMES, QUICK_TIMES = 60, 10
MOST_MS, MOST_STOCK_S = 25, 30
"""A page as every list and file (design §9); stock within half a minute: nobody waits for it."""


def measure(run):
    """Figures at two sizes."""
    sizes = QUICK_SIZES if run.quick else (*SIZES[:1], run.size or SIZES[1])
    found = [_asked(run.world(size), QUICK_TIMES if run.quick else TIMES) for size in sizes]
    small, large = found
    for size, one in zip(sizes, found, strict=True):
        yield Figure(
            f"taking stock, {size:,} survivors",
            one["stock_s"],
            "s",
            most=MOST_STOCK_S,
            note=f"{one['figures']:,} figures, {one['statements']} statements",
        )
        yield Figure(f"page of numbers, drawn anew, {size:,} survivors", one["anew_ms"], "ms")
        yield Figure(
            f"page of numbers, {size:,} survivors",
            median(one["page_ms"]),
            "ms",
            most=MOST_MS,
            note=f"{one['bytes'] / 1024:.0f} KiB",
        )
    yield Figure(
        f"taking stock, {sizes[1]:,} beside {sizes[0]:,} survivors",
        large["stock_s"],
        "s",
        baseline=small["stock_s"],
        beside=f"{sizes[0]:,} survivors",
        note="grows with the records, and runs four times a year",
    )


def _asked(folder, times):
    """What a process of its own measures in a world."""
    command = [sys.executable, "-m", "benchmarks.dashboard", str(folder), str(times)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return json.loads(done.stdout.splitlines()[-1])


def main(folder, times):
    """Take stock in a transaction that is taken back, and ask for the page inside it."""
    import time

    worlds.enter(folder)
    from django.db import connection, transaction

    from benchmarks.browser import Browser, InProcess, code_from
    from romyen import access
    from romyen.access import doors
    from romyen.statistics import actions, reading
    from romyen.statistics.models import Figure as Row
    from romyen.statistics.models import Stock

    known = worlds.known(folder)
    browser = Browser(InProcess())
    browser.sign_in(worlds.READERS["worker"], worlds.PASSPHRASE, code=code_from(known["phone"]))
    sent = []

    def watch(execute, sql, *rest):
        sent.append(sql)
        return execute(sql, *rest)

    Row.objects.all().delete()
    Stock.objects.all().delete()
    with transaction.atomic(), connection.execute_wrapper(watch):
        begun = time.perf_counter()
        stock = actions.take_stock(actor=access.operator(), now=doors.clock())
        spent = time.perf_counter() - begun
    reading._drawings.clear()

    def page():
        begun = time.perf_counter()
        answer = browser.get("/numbers/")
        if answer.status != 200:
            sys.exit(f"the page of numbers: {answer.status}")
        return 1000 * (time.perf_counter() - begun), len(answer.body)

    anew, size = page()
    asked = [page()[0] for _ in range(times)]
    said = {
        "stock_s": spent,
        "statements": len(sent),
        "figures": stock.figures.count(),
        "anew_ms": anew,
        "page_ms": asked,
        "bytes": size,
    }
    sys.stdout.write(json.dumps(said) + "\n")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
