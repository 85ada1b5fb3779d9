"""Operators find every setting in ``docs/operators/settings.md``, and nothing else."""

import re
from pathlib import Path

import pytest
from tests.gates.shape import SOURCE, sources

pytestmark = pytest.mark.source

PAGE = Path(__file__).parents[2] / "docs" / "operators" / "settings.md"
READ = re.compile(r"""["'](ROMYEN_[A-Z0-9_]+)["']|^(ROMYEN_[A-Z0-9_]+)(?::.*)? = """, re.MULTILINE)


def used(folder: Path = SOURCE) -> set[str]:
    """Names that the settings hold, or that any module takes from the environment."""
    return {hit[1] or hit[2] for path in sources(folder) for hit in READ.finditer(path.read_text())}


def documented(text: str) -> set[str]:
    """Names at the head of a row of the page's tables."""
    return set(re.findall(r"^\| `(ROMYEN_[A-Z0-9_]+)`", text, re.MULTILINE))


def test_every_setting_is_documented():
    assert used() - documented(PAGE.read_text()) == set()


def test_every_documented_setting_exists():
    assert documented(PAGE.read_text()) - used() == set()


def test_a_planted_setting_is_found(tmp_path):
    (tmp_path / "planted.py").write_text(
        'x = os.environ.get("ROMYEN_PLANTED", "1")\nROMYEN_OTHER: dict[str, str] = {}\n'
    )
    assert used(tmp_path) == {"ROMYEN_PLANTED", "ROMYEN_OTHER"}
    assert documented("| `ROMYEN_PLANTED` | 1 | why |\nand `ROMYEN_OTHER` in passing") == {
        "ROMYEN_PLANTED"
    }
