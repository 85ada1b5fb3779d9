"""The ground that every test stands on: a folder of its own, no network, cheap passphrases.

This file is read before Django's settings are: whatever the settings take from the environment is
set here. ``DJANGO_SETTINGS_MODULE`` is therefore not named in pyproject.toml: pytest-django would
load the settings before this line.
"""

import atexit
import ipaddress
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from snapshot import Snapshot
    from world import World

FOLDER = Path(tempfile.mkdtemp(prefix="romyen-tests-"))
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)
for name in [name for name in os.environ if name.startswith("ROMYEN_")]:
    if name != "ROMYEN_DATABASE_URL":  # tests/postgres.py names its own cluster with it
        del os.environ[name]
(FOLDER / "data").mkdir(mode=0o700)
(FOLDER / "keys").mkdir(mode=0o700)
os.environ.update(
    DJANGO_SETTINGS_MODULE="romyen.settings",
    ROMYEN_DATA=str(FOLDER / "data"),
    ROMYEN_KEYS=str(FOLDER / "keys"),
    ROMYEN_ARGON2_PASSES="1",
    ROMYEN_ARGON2_MEMORY_MIB="1",
)

settings.register_profile(
    "ci",
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.register_profile("search", parent=settings.get_profile("ci"), derandomize=False)
settings.register_profile(
    "deep", parent=settings.get_profile("ci"), derandomize=False, max_examples=2_000
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


class NetworkInTests(RuntimeError):
    """A test reached for another machine."""


def _is_here(host: object) -> bool:
    if host in (None, "", "localhost", b"localhost"):
        return True
    try:
        return ipaddress.ip_address(str(host).partition("%")[0]).is_loopback
    except ValueError:
        return False


def _no_network(event: str, arguments: tuple[Any, ...]) -> None:
    """Refuse what leaves this machine. A hook, because C code goes past patched methods."""
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        address = arguments[1]
        host = address[0] if isinstance(address, tuple) else None  # no tuple: a unix socket
    elif event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"):
        host = arguments[0]
    else:
        return
    if not _is_here(host):
        raise NetworkInTests(f"{event} {host!r}")


sys.addaudithook(_no_network)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None,
) -> None:
    """SQLite in a file, as installations have it: a second connection sees what was committed."""
    from django.conf import settings as django_settings

    database = django_settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        database.setdefault("TEST", {})["NAME"] = str(FOLDER / "data" / "romyen.sqlite3")


def pytest_configure(config: pytest.Config) -> None:
    """Make Django ready before tests are collected, now that the ground is laid.

    Workers lay a ground of their own: were the settings named in what they inherit, they would
    be loaded before that, and two workers would share one folder.
    """
    import django

    django.setup()
    if getattr(config.option, "numprocesses", None):
        del os.environ["DJANGO_SETTINGS_MODULE"]


@pytest.fixture(scope="session", autouse=True)
def emptying_lowers_the_guard() -> Iterator[None]:
    """The log refuses deletion, also that of a test's rows: only here its triggers step aside."""
    from django.db import connection
    from django.test import TransactionTestCase

    from romyen.audit.triggers import lowered_guard

    flush = TransactionTestCase._fixture_teardown

    def flush_unguarded(self: TransactionTestCase) -> None:
        with lowered_guard(connection):
            flush(self)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", flush_unguarded)
        yield


@pytest.fixture(autouse=True)
def no_keys_of_another_test() -> Iterator[None]:
    """Kept keys outlive a rolled-back database, where the next test's grants have their ids."""
    yield
    from romyen.keys import kept

    kept.forget_all_but(())


@pytest.fixture(autouse=True)
def no_checkpoint_of_another_test() -> Iterator[None]:
    """The note beside the key outlives a rolled-back database; a log of its own for each test."""
    yield
    (FOLDER / "keys" / "log.latest").unlink(missing_ok=True)


PURE = ("rules", "exchange/htcds")
"""Folders whose tests know no database: what they say on one they say on the other."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Pure tests run once. A journey needs the real server's own transactions: it runs last."""
    pure = [Path(__file__).parent / folder for folder in PURE]
    for item in items:
        if any(item.path.is_relative_to(folder) for folder in pure):
            item.add_marker("source")
    items.sort(key=lambda item: item.get_closest_marker("journey") is not None)


_cast: list["Snapshot"] = []


@pytest.fixture
def world(db: None) -> "World":
    """Nok, Arun, Dao, Prasit and the others (tests/world.py)."""
    from snapshot import taken
    from world import make_world

    if not _cast:
        _cast.append(taken(make_world))
        return _cast[0].world.afresh()
    return _cast[0].lay()


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """What the sweep went through, wherever its parts ran."""
    reports = terminalreporter.stats.get("passed", [])
    parts = [value for one in reports for name, value in one.user_properties if name == "sweep"]
    if parts:
        routes = {route for names, _probes in parts for route in names}
        probes = sum(probes for _names, probes in parts)
        terminalreporter.write_line(f"sweep: {len(routes)} routes, {probes} probes, as expected")
