"""How much memory the server holds after someone has read everything in the demo."""

import re
import subprocess
import sys
from html import unescape
from statistics import median
from urllib.parse import urljoin, urlsplit

from benchmarks.browser import Browser, OverSocket
from benchmarks.figures import Figure
from benchmarks.serving import ROMYEN, memory_mib, served

ABOUT = (
    "The demo organisation served by romyen serve; three of its staff sign in and follow every "
    "link that they are shown, then open every case and file for a purpose."
)
READERS = ("nok", "thida", "lek")
PASSPHRASE = "garden in the shade"
MOST_MIB = 200
MOST_PAGES, QUICK_PAGES = 600, 40
LINK = re.compile(r'href="([^"#]+)')
LEAVE_ALONE = ("/static/", "/sign/", "/language")


def measure(run):
    """Resident memory before and after, and how many pages were read."""
    folder = run.folder / "demo"
    environment = {"ROMYEN_DATA": str(folder / "data"), "ROMYEN_KEYS": str(folder / "keys")}
    said = subprocess.run([ROMYEN, "demo", "load"], env=_with(environment), capture_output=True)
    if said.returncode:
        sys.exit(said.stderr.decode())
    with served(environment) as (port, process):
        before, times = memory_mib(process), []
        for name in READERS:
            times += _read_all(name, port, environment, QUICK_PAGES if run.quick else MOST_PAGES)
        after = memory_mib(process)
    yield Figure(
        "web process after the demo's pages",
        after[0],
        "MiB",
        baseline=before[0],
        beside="the same when it had started",
        most=MOST_MIB,
        note=f"{len(times):,} pages; all processes of the server: {sum(after):.0f} MiB",
    )
    yield Figure("page of the demo through the server", 1000 * median(times), "ms")


def _with(environment):
    import os

    return {**os.environ, **environment}


def _read_all(name, port, environment, most):
    """Follow links from the home page, breadth first; seconds of each page."""
    import time

    browser = Browser(OverSocket(port), host=f"localhost:{port}")
    email = f"{name}@romyen.example"
    browser.sign_in(email, PASSPHRASE, code=_code(email, environment))
    waiting, known, times = ["/"], {"/"}, []
    while waiting and len(times) < most:
        path, begin = waiting.pop(0), time.perf_counter()
        answer = browser.get(path)
        times.append(time.perf_counter() - begin)
        if answer.status >= 500:
            sys.exit(f"{path}: {answer.status}")
        browser.read_token(answer)
        if 'name="purpose"' in answer.text:
            browser.post(path, purpose="care")
        for link in _links(path, answer.text):
            if link not in known:
                known.add(link)
                waiting.append(link)
    return times


def _code(email, environment):
    words = [ROMYEN, "demo", "code", email]
    return subprocess.run(
        words, env=_with(environment), capture_output=True, text=True
    ).stdout.strip()


def _links(path, text):
    for link in LINK.findall(text):
        found = urlsplit(urljoin(path, unescape(link)))
        if not found.netloc and not found.path.startswith(LEAVE_ALONE):
            yield found.path + (f"?{found.query}" if found.query else "")
