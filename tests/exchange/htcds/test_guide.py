"""The guide and the packaging say what the engine does."""

import re
import subprocess
import sys

from tests.exchange.htcds.files import DATA

from romyen.exchange.htcds import conflict_kinds
from romyen.exchange.htcds.standard import UNMAPPED, fields

GUIDE = (DATA.parents[2] / "docs" / "users" / "htcds.md").read_text("utf-8")

OF_THE_VERBS = {"RY-HTCDS-BIRTH-TWICE", "RY-HTCDS-BIRTH-UNREADABLE", "RY-HTCDS-CODE-TAKEN"}
"""What refuses a row further on, when the file is read already."""


def test_the_guide_names_every_code_and_every_column_of_ours():
    told = set(re.findall(r"`((?:RY)?-[A-Z-]+)`", GUIDE))
    named = {code if code.startswith("RY-") else f"RY-HTCDS{code}" for code in told}
    assert named == {kind.code for kind in conflict_kinds()} | OF_THE_VERBS
    ours = {field.name for field in fields().values() if field.local} | {UNMAPPED}
    assert ours <= set(re.findall(r"`(romyen_\w+)`", GUIDE))


def test_the_engine_is_plain_python():
    asked = "import sys, romyen.exchange.htcds; print('django' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "False"
