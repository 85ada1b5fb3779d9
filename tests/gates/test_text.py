"""The repository speaks of Romyen only: no machine's paths, no package host."""

import re
import subprocess
from pathlib import Path

import pytest

pytestmark = pytest.mark.source

ROOT = Path(__file__).parents[2]
# Written in pieces, so that this file does not find itself.
WORDS = [
    "/wo" + "rk/",
    "/ro" + "ot/",
    "pypi" + ".org",
    "files.python" + "hosted.org",
    "registry.npm" + "js.org",
]
FAULT = re.compile("|".join(f"(?<![a-z.]){re.escape(word)}" for word in WORDS))
UNTRACKED = {".git", ".venv", "node_modules", "__pycache__"}


def tracked(root: Path) -> list[Path]:
    """What git holds; without git every file that is no tool's own."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=root, capture_output=True, text=True)
    if listed.returncode == 0 and listed.stdout:
        paths = [root / name for name in listed.stdout.split("\0") if name]
    else:
        paths = [p for p in root.rglob("*") if not UNTRACKED.intersection(p.parts)]
    return [path for path in paths if path.is_file()]


def faults(paths: list[Path]) -> list[str]:
    """Every place that names such a word."""
    found = []
    for path in paths:
        text = path.read_bytes().decode(errors="replace")
        found += [
            f"{path.name}:{text.count(chr(10), 0, hit.start()) + 1}: {hit[0]}"
            for hit in FAULT.finditer(text)
        ]
    return found


def test_the_text_names_no_workplace():
    paths = tracked(ROOT)
    assert ROOT / "Makefile" in paths
    assert faults(paths) == []


@pytest.mark.parametrize("word", WORDS)
def test_a_planted_word_is_found(tmp_path, word):
    planted = tmp_path / "notes.md"
    planted.write_text(
        f"first\nsee https:/{word}x\n" if word[0] == "/" else f"first\nfrom {word}\n"
    )
    assert faults(tracked(tmp_path)) == [f"notes.md:2: {word}"]
