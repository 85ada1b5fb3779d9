"""A filled official workbook comes in, a person of it is helped, and goes out with two people.

At the end the log says that all of it happened as it stands there; in a copy of the database
where somebody laid hands on it, it says so too. Nothing here is made cheap: the passphrases are
as slow as in an office.
"""

import csv
import json
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import openpyxl
import pytest
from tests.journeys.server import NOK, PASSPHRASE, THIDA, Installation, installation

pytestmark = pytest.mark.journey

FILLED = Path(__file__).parents[1] / "data" / "htcds" / "filled.xlsx"
"""The workbook as IOM publishes it, filled in by tests/data/htcds/make.py: 40 invented people."""
ROWS, TO_MEND = 40, 6
HER = "สมหญิง ใจเย็น"
NICKNAME = "=นกกระจอก"
ENDED = "She opened a small shop."
TODAY = (datetime.now(UTC) + timedelta(hours=7)).date()
"""The day in Bangkok."""


@pytest.fixture
def house():
    """An installation of our own, founded by ``romyen init`` as an office founds it."""
    with installation(cheap=False) as one:
        one.found()
        yield one


def bring_in(house):
    """The good rows come in, the others come back to be mended; a second time changes nothing."""
    file = house.folder / "cases.xlsx"
    shutil.copy(FILLED, file)
    told = json.loads(house.run("htcds", "import", str(file), "--json").stdout)
    counts = [told[name] for name in ("rows", "imported", "refused", "unchanged")]
    assert counts == [ROWS, ROWS - TO_MEND, TO_MEND, 0]
    again = json.loads(house.run("htcds", "import", str(file), "--json").stdout)
    counts = [again[name] for name in ("rows", "imported", "refused", "unchanged")]
    assert counts == [ROWS, 0, TO_MEND, ROWS - TO_MEND]
    mending = openpyxl.load_workbook(told["errors"]).active
    assert mending.max_row >= TO_MEND


def help_someone(nok):
    """Someone of the workbook is helped until her case can be closed; gives her code."""
    nok.sign_in_first(NOK, PASSPHRASE)
    nok.go("/cases/")
    nok.follow(HER)
    case = nok.at(r"^/cases/[\w-]{22}$")[0]
    nok.misses(HER)
    nok.press("Record an event")
    nok.choose("What happened?", "Told of the right to apply to the Fund")
    nok.on("On which day?", TODAY)
    nok.pick("How do we know?", "We were there")
    nok.press("Save")
    nok.follow("It was done", "Apply to the Anti-Trafficking Fund")
    nok.on("Done on", TODAY)
    nok.press("Save")
    nok.follow("Give or withdraw on the survivor's page")
    her = nok.page.locator("h1 .romyen-code").inner_text()
    nok.show("Working on the file")
    nok.reads(HER, "12 ถนนตัวอย่าง")
    nok.follow("Add a name")
    nok.fill("Name", NICKNAME)
    nok.pick("What kind of name?", "Nickname")
    nok.press("Save")
    nok.go(case)
    nok.follow("Close this case")
    nok.pick("How did it end?", "Back in the community")
    nok.fill("In your own words", ENDED)
    nok.press("Save")
    nok.reads("How it ended")
    return her


def take_out(house, nok, thida, name):
    """One asks, another says yes on her page, then the file is written: two people, once."""
    out = house.folder / f"{name}.csv"
    words = ["htcds", "export", "--as", NOK, "--out", str(out), "--passphrase-stdin", "--json"]
    asked = house.run(*words, typed=f"{PASSPHRASE}\n")
    ref = json.loads(asked.stdout)["approval"]
    assert (asked.returncode, out.exists()) == (1, False)
    words += ["--approval", ref]
    early = house.run(*words, typed=f"{PASSPHRASE}\n")
    assert (early.returncode, out.exists()) == (1, False)
    thida.go("/approvals")
    thida.press("I agree")
    house.command(*words, typed=f"{PASSPHRASE}\n")
    assert house.run(*words[:5], f"{out}.again", *words[6:], typed=f"{PASSPHRASE}\n").returncode
    with out.open(encoding="utf-8", newline="") as file:
        return {row["romyen_code"]: row for row in csv.DictReader(file)}


def tamper(house: Installation) -> Installation:
    """A copy of the house in which somebody with the disk took their own line out of the log."""
    copy = Installation(house.folder / "copy", cheap=False)
    for folder in ("data", "keys"):
        shutil.copytree(house.folder / folder, copy.folder / folder)
    with closing(sqlite3.connect(copy.folder / "data" / "romyen.sqlite3")) as base, base:
        for (trigger,) in base.execute(
            "SELECT name FROM sqlite_master WHERE type='trigger'"
        ).fetchall():
            base.execute(f'DROP TRIGGER "{trigger}"')
        changed = base.execute(
            "UPDATE audit_entry SET actor = 'nobody' WHERE verb = 'exchange.export'"
        )
        assert changed.rowcount
    return copy


def test_from_the_official_workbook_to_a_verified_log(house, person):
    bring_in(house)
    with house.served():
        nok, thida = person(house), person(house)
        her = help_someone(nok)
        thida.sign_in_first(THIDA, PASSPHRASE)
        taken = take_out(house, nok, thida, "out")
    assert len(taken) == ROWS - TO_MEND
    names = [taken[her][f"prs_{part}"] for part in ("FirstName", "SecondName")]
    assert " ".join(names) == HER
    assert taken[her]["romyen_nicknames"] == f"'{NICKNAME}"  # no spreadsheet calculates a name
    assert (taken[her]["cas_Status"], taken[her]["cas_ReasonForCaseClosure"]) == ("Closed", ENDED)
    assert house.complaints() == []
    assert "The log is sound" in house.command("audit", "verify")
    found = tamper(house).run("audit", "verify")
    assert found.returncode == 1
    assert "The log is NOT sound" in found.stdout
