"""A real installation in a temporary folder, founded and served by the command line."""

import contextlib
import os
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

ROMYEN = Path(sys.executable).with_name("romyen")
PASSPHRASE = "tamarind river lantern quiet"
LEK, NOK, THIDA = "lek@example.org", "nok@example.org", "thida@example.org"
STARTS_WITHIN = 30
"""Seconds until the pages must answer; a busy machine needs a few."""
CHEAP = {"ROMYEN_ARGON2_PASSES": "1", "ROMYEN_ARGON2_MEMORY_MIB": "1"}


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@dataclass
class Installation:
    """A data folder with its keys beside it, and the server on it."""

    folder: Path
    port: int = field(default_factory=free_port)
    cheap: bool = True

    @property
    def address(self) -> str:
        """Where its pages are."""
        return f"http://localhost:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        """What its commands find: nothing of the tests' own installation."""
        dropped = ("ROMYEN_", "PYTHONDONTWRITE")  # compiling Django anew takes a second each time
        kept = {name: text for name, text in os.environ.items() if not name.startswith(dropped)}
        return {
            **kept,
            "ROMYEN_DATA": str(self.folder / "data"),
            "ROMYEN_KEYS": str(self.folder / "keys"),
            "ROMYEN_ORIGIN": self.address,
            "HOME": str(self.folder),
            **(CHEAP if self.cheap else {}),
        }

    def run(self, *words: str, typed: str = "") -> subprocess.CompletedProcess[str]:
        """Call ``romyen`` with these words; ``typed`` is what stands on its standard input."""
        return subprocess.run(
            [ROMYEN, *words],
            env=self.environment,
            input=typed,
            capture_output=True,
            text=True,
            timeout=180,
            check=False,
        )

    def command(self, *words: str, typed: str = "") -> str:
        """What a command says that has to succeed."""
        done = self.run(*words, typed=typed)
        assert done.returncode == 0, f"romyen {' '.join(words)}: {done.stdout}{done.stderr}"
        return done.stdout

    def found(self) -> None:
        """A fresh installation: Lek administers, Nok and Thida lead the first team."""
        people = ["--administrator", f"Lek <{LEK}>"]
        people += ["--lead", f"Nok <{NOK}>", "--lead", f"Thida <{THIDA}>"]
        named = ["--organisation", "Baan Suan", "--team", "Intake", "--passphrases-stdin"]
        self.command("init", *named, *people, typed=f"{PASSPHRASE}\n" * 3)

    def staff(self) -> None:
        """Admit everyone whom the thread needs, by the verbs and not by the pages."""
        script = Path(__file__).with_name("colleagues.py")
        path = os.pathsep.join([str(script.parents[2]), str(script.parents[1])])
        environment = {**self.environment, "PYTHONPATH": path}
        done = subprocess.run(
            [sys.executable, script],
            env=environment,
            capture_output=True,
            text=True,
            timeout=180,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr

    @contextlib.contextmanager
    def served(self) -> Iterator["Installation"]:
        """Serve until the block ends. What the server writes must be nothing."""
        said = self.folder / "server.log"
        with said.open("w") as log:
            words = [ROMYEN, "serve", "--port", str(self.port)]
            server = subprocess.Popen(words, env=self.environment, stdout=log, stderr=log)
            try:
                self._wait(server, said)
                yield self
            finally:
                server.terminate()
                try:
                    server.wait(10)
                except subprocess.TimeoutExpired:
                    server.kill()
                    server.wait()

    def _wait(self, server: subprocess.Popen[bytes], said: Path) -> None:
        until = time.monotonic() + STARTS_WITHIN
        while time.monotonic() < until and server.poll() is None:
            with contextlib.suppress(urllib.error.URLError, ConnectionError):
                urllib.request.urlopen(f"{self.address}/sign/in", timeout=5).close()  # noqa: S310
                return
            time.sleep(0.1)
        raise AssertionError(f"The server did not start: {said.read_text()}")

    def complaints(self) -> list[str]:
        """What the server wrote, without where it is, that mails wait (there is no post), and
        that passphrases are cheap to guess (they are, here).
        """
        text = (self.folder / "server.log").read_text()
        text = re.sub(r"(?m)^.*NoPost: mails wait.*\n(?:  .*\n)?", "", text)
        known = ("Romyen is on", "romyen.W001")
        return [line for line in text.splitlines() if line and not any(k in line for k in known)]

    def age_rings(self) -> None:
        """Let everyone have been idle for an hour, as if they had gone to lunch."""
        with contextlib.closing(sqlite3.connect(self.folder / "data" / "romyen.sqlite3")) as base:
            base.execute("PRAGMA busy_timeout = 10000")
            with base:
                base.execute("UPDATE access_openring SET seen_at = datetime(seen_at, '-1 hour')")


@contextlib.contextmanager
def installation(*, cheap: bool = True, like: Installation | None = None) -> Iterator[Installation]:
    """A temporary folder for one installation, gone with the block; ``like`` another if named."""
    folder = Path(tempfile.mkdtemp(prefix="romyen-journey-"))
    try:
        if like is not None:
            for name in ("data", "keys"):
                shutil.copytree(like.folder / name, folder / name)
        yield Installation(folder, cheap=cheap)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
