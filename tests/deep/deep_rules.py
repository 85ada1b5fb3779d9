"""The rules once more, with examples that nobody has seen: twenty times as many, drawn anew."""

import os
import re
import subprocess
import sys
from pathlib import Path

TESTS = Path(__file__).parents[1]


def test_the_rules_hold_on_examples_drawn_anew():
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "tests/rules"],
        cwd=TESTS.parent,
        env={**os.environ, "HYPOTHESIS_PROFILE": "deep"},
        capture_output=True,
        text=True,
        check=False,
    )
    passed = re.search(r"(\d+) passed", run.stdout + run.stderr)
    assert run.returncode == 0, run.stdout[-4000:]
    assert passed
    print(f"\n{passed[1]} tests of the rules, up to 2,000 examples each")
