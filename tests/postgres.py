"""Run a command beside a private PostgreSQL server: ``python tests/postgres.py pytest …``.

A cluster of its own in a temporary folder, on a spare port of 127.0.0.1, made for this one
command and removed after it. The command finds it in ``ROMYEN_DATABASE_URL`` and signs in as a
role that may make databases but is no superuser, as in an installation. Without PostgreSQL 15 or
newer it says so loudly and ends with 0: the same suite runs on SQLite.
"""

import os
import pwd
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from glob import glob
from pathlib import Path

OLDEST = 15
PLACES = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/usr/local/pgsql/bin",
    "/opt/homebrew/opt/postgresql@*/bin",
    "/usr/local/opt/postgresql@*/bin",
)
INITDB = ("-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
# A cluster that lives for minutes need not survive a power cut.
HASTE = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=50")


def programs() -> Path | None:
    """The folder with the newest server's programs, None when there is none new enough."""
    on_path = shutil.which("postgres")
    folders = {Path(found) for place in PLACES for found in glob(place)}
    folders |= {Path(on_path).resolve().parent} if on_path else set()
    fit = [(_version(folder), folder) for folder in folders]
    return max((found for found in fit if found[0] >= OLDEST), default=(0, None))[1]


def _version(folder: Path) -> int:
    if not (folder / "initdb").exists() or not (folder / "postgres").exists():
        return 0
    said = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True)
    number = re.search(r"(\d+)", said.stdout)
    return int(number[1]) if number else 0


def _unprivileged() -> dict[str, object]:
    """PostgreSQL refuses root: then its own user runs it, or nobody."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            who = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": who.pw_uid, "group": who.pw_gid, "extra_groups": []}
    raise SystemExit("PostgreSQL does not run as root, and there is no other user.")


def _spare_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _quietly(command: list[object], **how: object) -> None:
    done = subprocess.run(command, capture_output=True, text=True, **how)
    if done.returncode:
        raise SystemExit(f"{command[0]} failed:\n{done.stdout}{done.stderr}")


def _await(folder: Path, port: int, server: subprocess.Popen[bytes]) -> None:
    probe = [folder / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(port)]
    for _ in range(300):
        if server.poll() is not None:
            break
        if subprocess.run(probe).returncode == 0:
            return
        time.sleep(0.1)
    raise SystemExit("The PostgreSQL server for the tests did not start.")


@contextmanager
def cluster(folder: Path) -> Iterator[str]:
    """A running private cluster; gives its URL, and stops and removes it at the end."""
    how = _unprivileged()
    home = Path(tempfile.mkdtemp(prefix="romyen-postgres-"))
    server = None
    try:
        if how:
            os.chown(home, how["user"], how["group"])
        how |= {"cwd": home, "env": {"PATH": os.defpath, "LC_ALL": "C"}}
        data, port = home / "cluster", _spare_port()
        _quietly(
            [folder / "initdb", "-D", data, *INITDB],
            **how,
        )
        options = [f"port={port}", "listen_addresses=127.0.0.1", "unix_socket_directories="]
        server = subprocess.Popen(
            [folder / "postgres", "-D", data]
            + [part for option in (*options, *HASTE) for part in ("-c", option)],
            stdout=subprocess.DEVNULL,
            stderr=(home / "log").open("wb"),
            **how,
        )
        _await(folder, port, server)
        ask = [folder / "psql", "-q", "-h", "127.0.0.1", "-p", str(port), "-U", "postgres"]
        _quietly([*ask, "-c", "CREATE ROLE romyen LOGIN CREATEDB"], **how)
        _quietly([*ask, "-c", "CREATE ROLE romyen_app LOGIN"], **how)
        _quietly([*ask, "-c", "CREATE DATABASE romyen OWNER romyen"], **how)
        yield f"postgres://romyen@127.0.0.1:{port}/romyen"
    finally:
        if server is not None:
            server.send_signal(signal.SIGINT)  # "fast" shutdown: open sessions are cut off
            try:
                server.wait(20)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()
        shutil.rmtree(home, ignore_errors=True)


def main(command: list[str]) -> int:
    """Run ``command`` beside a cluster and return its exit code."""
    folder = programs()
    if folder is None:
        bar = "=" * 72
        print(f"{bar}\nSKIPPED: PostgreSQL {OLDEST} or newer was not found, so")
        print(f"  {' '.join(command)}\ndid not run on PostgreSQL.\n{bar}", flush=True)
        return 0
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that "finally" runs
    with cluster(folder) as url:
        print(f"On PostgreSQL {_version(folder)}:", flush=True)
        return subprocess.run(command, env={**os.environ, "ROMYEN_DATABASE_URL": url}).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
