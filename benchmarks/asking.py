"""The process that asks for pages: ``python -m benchmarks.asking FOLDER``, one for each world.

It signs two people in through the pages, then waits for lines on standard input: each names how
many times to ask for every page, once as it is and once bare, in turn. It answers with one line
of JSON: milliseconds on the clock and on the processor. Two worlds are so measured in the same
minutes of a machine that may be busy.
"""

import json
import os
import resource
import sys
import time

from benchmarks import worlds
from benchmarks.bare import Bare
from benchmarks.browser import Browser, InProcess, code_from

TYPED = {"purpose": "care"}


class Page:
    """One page that somebody asks for; ``typed`` makes it a form that is sent."""

    def __init__(self, name, browser, path, **typed):
        self.name, self.browser, self.path, self.typed = name, browser, path, typed

    def ask(self):
        """Get it, or send the form."""
        if self.typed:
            return self.browser.post(self.path, **self.typed)
        return self.browser.get(self.path)

    def timed(self):
        """(milliseconds on the clock, on the processor); a page that is not well ends it all."""
        clock, processor = time.perf_counter(), time.thread_time()
        answer = self.ask()
        spent = time.perf_counter() - clock, time.thread_time() - processor
        if answer.status != 200:
            sys.exit(f"{self.name}: {answer.status}")
        return [1000 * one for one in spent]


def pages(known):
    """What is measured: lists and files, for one who sees a team and one who sees all of them."""
    worker, lead = (_signed_in(known, name) for name in ("worker", "lead"))
    hers, older = known["cases"], _middle()
    someone = _survivor_of(hers[0])
    return [
        Page("survivors, 25 codes", worker, "/survivors/"),
        Page("survivors, half way back", worker, f"/survivors/?before={older}"),
        Page("survivors of all teams, 25 codes", lead, "/survivors/"),
        Page("survivors of all teams, half way back", lead, f"/survivors/?before={older}"),
        Page("every open case, 25 codes", worker, "/cases/every"),
        Page("every case of all teams, 25 codes", lead, "/cases/every?status=all"),
        Page(f"caseload, {_caseload(worker)} names opened", worker, "/cases/"),
        Page("case page", worker, f"/cases/{hers[0]}"),
        Page("case page, opened", worker, f"/cases/{hers[1]}", **TYPED),
        Page("survivor page", worker, f"/survivors/{someone}"),
        Page("survivor page, opened", worker, f"/survivors/{_survivor_of(hers[1])}", **TYPED),
        Page("leads, 25 open ones", worker, "/leads/"),
        Page("leads of all teams, 25", lead, "/leads/?status=all"),
        Page("home", worker, "/"),
    ]


def _signed_in(known, name):
    browser = Browser(InProcess())
    code = code_from(known["phone"])
    browser.sign_in(worlds.READERS[name], worlds.PASSPHRASE, code=code)
    browser.read_token(browser.get(f"/cases/{known['cases'][0]}"))
    return browser


def _middle():
    """A mark in the middle of the list of survivors, as its link to older ones would say it."""
    from romyen.access.models import Node

    rows = Node.objects.filter(kind="survivor").order_by("-created_at")
    node = rows[rows.count() // 2]
    return f"{node.created_at.isoformat()}_{node.pk}".replace("+", "%2B")


def _survivor_of(case):
    from romyen.cases.models import Case

    return Case.objects.get(pk=case).survivor_id


def _caseload(browser):
    from romyen.cases.models import Case

    return Case.objects.filter(manager__email=worlds.READERS["worker"], status="open").count()


def queries_of(page):
    """How many statements a page sends to the database, begin and commit left out."""
    from django.db import connection

    sent = []

    def watch(execute, sql, *rest):
        sent.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(watch):
        page.ask()
    return len(sent)


def rounds(asked, bare, count):
    """Each page ``count`` times with its walls and without, in turn: {name: [walls, bare]}."""
    found = {page.name: ([], []) for page in asked}
    for page in asked:
        for _ in range(count):
            found[page.name][0].append(page.timed())
            with bare.down():
                found[page.name][1].append(page.timed())
    return found


def main(folder):
    """Make ready, say what pages there are, then measure as often as asked."""
    worlds.enter(folder)
    asked, bare = pages(worlds.known(folder)), Bare()
    with bare.watching():
        for page in asked:
            page.ask()
    rounds(asked, bare, 3)
    about = {
        page.name: {"queries": queries_of(page), "bytes": len(page.ask().body)} for page in asked
    }
    _say(about)
    for line in sys.stdin:
        _say(rounds(asked, bare, int(line)))
    _say({"memory_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024})


def _say(found):
    sys.stdout.write(json.dumps(found) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    os.environ.setdefault("PYTHONHASHSEED", "0")
    main(sys.argv[1])
