"""PostgreSQL with two roles, as docs/operators/postgresql.md says: the application cannot change
the log, nor take the triggers away, and works all the same.
"""

import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.db import connection

APP, HOUSE = "romyen_app", "romyen_two_roles"
ROMYEN = Path(sys.executable).with_name("romyen")
LOG = ("audit_entry", "audit_entrysubject", "audit_leaf", "audit_checkpoint")
PEOPLE = ("--administrator", "Lek <lek@example.org>", "--lead", "Nok <nok@example.org>")
GRANTS = (
    f"GRANT USAGE ON SCHEMA public TO {APP}",
    f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {APP}",
    f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {APP}",
)


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """Founded by the owner, granted, hardened; gives what runs a command as the application."""
    if connection.vendor != "postgresql":
        pytest.skip("roles are PostgreSQL's")
    import psycopg

    folder = tmp_path_factory.mktemp("two-roles")
    here = urlsplit(os.environ["ROMYEN_DATABASE_URL"])
    owner = f"postgres://{here.username}@{here.hostname}:{here.port}"
    with psycopg.connect(f"{owner}/postgres", autocommit=True) as base:
        base.execute(f"DROP DATABASE IF EXISTS {HOUSE}")
        base.execute(f"CREATE DATABASE {HOUSE} ENCODING 'UTF8' TEMPLATE template0")
        base.execute(f"REVOKE ALL ON DATABASE {HOUSE} FROM PUBLIC")
        base.execute(f"GRANT CONNECT ON DATABASE {HOUSE} TO {APP}")

    def run(*words, by=here.username):
        environment = {
            **os.environ,
            "ROMYEN_DATABASE_URL": f"postgres://{by}@{here.hostname}:{here.port}/{HOUSE}",
            "ROMYEN_DATA": str(folder / "data"),
            "ROMYEN_KEYS": str(folder / "keys"),
        }
        done = subprocess.run(words, env=environment, capture_output=True, text=True, input="")
        return done.returncode, done.stdout + done.stderr

    people = (*PEOPLE, "--lead", "Arun <arun@example.org>")
    code, said = run(ROMYEN, "init", "--organisation", "Baan", "--team", "North", *people)
    assert code == 0, said
    code, sql = run(ROMYEN, "audit", "harden", "--role", APP)
    with psycopg.connect(f"{owner}/{HOUSE}", autocommit=True) as base:
        for statement in (*GRANTS, sql):
            base.execute(statement)
    yield run, f"postgres://{APP}@{here.hostname}:{here.port}/{HOUSE}"
    with psycopg.connect(f"{owner}/postgres", autocommit=True) as base:
        base.execute(f"DROP DATABASE {HOUSE} WITH (FORCE)")


@pytest.mark.parametrize("table", LOG)
@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE {0} SET {1} = {1}",
        "DELETE FROM {0}",
        "TRUNCATE {0} CASCADE",
        "ALTER TABLE {0} DISABLE TRIGGER ALL",
        "DROP TRIGGER {0}_no_update ON {0}",
        "DROP TABLE {0} CASCADE",
    ],
)
def test_the_application_cannot_change_the_log(house, table, sql):
    import psycopg

    column = {"audit_leaf": "hash", "audit_checkpoint": "root"}.get(table, "id")
    with psycopg.connect(house[1]) as base, pytest.raises(psycopg.errors.InsufficientPrivilege):
        base.execute(sql.format(table, column))


def test_details_may_go_and_never_change(house):
    import psycopg

    with psycopg.connect(house[1]) as base:
        base.execute("DELETE FROM audit_detail WHERE false")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            base.execute("UPDATE audit_detail SET body = body")


def test_and_works_all_the_same(house):
    run, _url = house
    for words in (
        (ROMYEN, "members", "list"),
        (ROMYEN, "audit", "checkpoint"),
        (ROMYEN, "audit", "verify"),
        (ROMYEN, "keys", "verify"),
        (ROMYEN, "migrate"),  # as "romyen serve" does when it starts: nothing is left to do
    ):
        code, said = run(*words, by=APP)
        assert code == 0, said
    signing_in = ("approvals", "list", "--as", "x@example.org", "--passphrase-stdin")
    code, said = run(ROMYEN, *signing_in, by=APP)  # a failed sign-in is written by the application
    assert (code, "RY-KEYS-WRONG-PASSPHRASE" in said) == (1, True), said
