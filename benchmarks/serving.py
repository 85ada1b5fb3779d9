"""A real server on an installation: started, waited for, its memory read, ended."""

import contextlib
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path

ROMYEN = Path(sys.executable).with_name("romyen")
STARTS_WITHIN = 60


@contextmanager
def served(environment):
    """``romyen serve`` until the block ends; gives (port, process)."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = one.getsockname()[1]
    process = subprocess.Popen(
        [ROMYEN, "serve", "--port", str(port)],
        env={**os.environ, **environment, "ROMYEN_ORIGIN": f"http://localhost:{port}"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait(port, process)
        yield port, process
    finally:
        process.terminate()
        process.wait(15)


def _wait(port, process):
    until = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < until and process.poll() is None:
        with contextlib.suppress(urllib.error.URLError, ConnectionError):
            urllib.request.urlopen(f"http://localhost:{port}/sign/in", timeout=5).close()
            return
        time.sleep(0.1)
    sys.exit("the server did not start")


def memory_mib(process):
    """Resident memory of the server and of each process below it, the largest first."""
    ids = [process.pid, *_below(process.pid)]
    return sorted((_resident(one) for one in ids), reverse=True)


def _below(parent):
    listed = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    return [one for child in listed for one in (int(child), *_below(int(child)))]


def _resident(one):
    lines = Path(f"/proc/{one}/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))
