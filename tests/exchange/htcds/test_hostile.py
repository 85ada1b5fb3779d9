"""Files built to harm are refused in words, within 256 MiB and 10 seconds (security T17)."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.exchange.htcds.files import outcomes
from tests.exchange.htcds.hostile import DULL, FILES, attempt

from romyen.rules.refusals import Refusal

ROOT = Path(__file__).parents[3]
MEMORY = 256
SECONDS = 10


def cost(content: bytes, folder: Path) -> tuple[str, float, float]:
    """What a process of its own says, needs in seconds and in MiB, for reading the file."""
    path = folder / "file"
    path.write_bytes(content)
    environment = os.environ | {"PYTHONPATH": f"{ROOT}:{ROOT / 'src'}"}
    command = [sys.executable, "-m", "tests.exchange.htcds.hostile", str(path)]
    ran = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    code, seconds, memory = ran.stdout.split()
    return code, float(seconds), float(memory)


@pytest.mark.parametrize("name", FILES)
def test_it_is_refused_within_the_budget(name, tmp_path):
    code, make = FILES[name]
    said, seconds, memory = cost(make(), tmp_path)
    assert said == code
    assert memory <= MEMORY
    assert seconds <= SECONDS


@pytest.mark.parametrize("name", DULL)
def test_what_is_only_dull_is_read_within_the_budget(name, tmp_path):
    said, seconds, memory = cost(DULL[name](), tmp_path)
    assert said.isdigit()
    assert memory <= MEMORY
    assert seconds <= SECONDS


def test_the_measure_can_fail(tmp_path):
    said, _, memory = cost(b"prs_FirstName,prs_Gender\nA,\n", tmp_path)
    assert (said, memory < MEMORY) == ("1", True)


def test_an_entity_reads_no_file_of_the_server():
    document = (
        '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "{}">]>'
        "<data><prs_FirstName>&x;</prs_FirstName></data>"
    )
    with pytest.raises(Refusal, match="RY-HTCDS-XML-UNSAFE"):
        outcomes(document.format(Path(__file__).as_uri()).encode())


@pytest.mark.parametrize("start", range(0, 20_000, 611))
def test_a_workbook_cut_anywhere_is_refused(start):
    from tests.exchange.htcds.files import DATA

    content = (DATA / "filled.xlsx").read_bytes()
    assert attempt(content[: min(start + 1, len(content) - 1)]) in (
        "RY-HTCDS-DAMAGED",
        "RY-HTCDS-ENCODING",
        "RY-HTCDS-NO-HEADER",
    )


@pytest.mark.parametrize("at", range(40, 20_000, 211))
def test_a_workbook_with_a_changed_byte_never_breaks_the_reader(at):
    from tests.exchange.htcds.files import DATA

    content = bytearray((DATA / "filled.xlsx").read_bytes())
    content[at % len(content)] ^= 0x5A
    said = attempt(bytes(content))
    assert said.startswith("RY-HTCDS-") or said.isdigit()
