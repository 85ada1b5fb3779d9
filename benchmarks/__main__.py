"""``make bench``: measure, print each figure beside its baseline, keep it as JSON.

Each benchmark is a module with ``ABOUT`` (what was done) and ``measure(run)``, which yields
:class:`~benchmarks.figures.Figure`. It runs in a process of its own, so that memory and settings
are its own.
"""

import argparse
import importlib
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from benchmarks import figures

BENCHMARKS = (
    "start",
    "names",
    "audit",
    "unseal",
    "search",
    "imports",
    "batch",
    "memory",
    "calendar",
    "pages",
    "dashboard",
)
"""In this order: the short ones first."""


@dataclass(frozen=True)
class Run:
    """How to measure: quickly, at which size, and where built worlds lie."""

    quick: bool
    size: int | None
    folder: Path

    def world(self, survivors):
        """The folder of a world with so many survivors, built if it is not there."""
        folder = self.folder / f"{survivors}-survivors"
        if not (folder / "world.json").exists():
            folder.mkdir(parents=True, exist_ok=True)
            self.call("benchmarks.worlds", str(folder), str(survivors))
        return folder

    def call(self, module, *words):
        """Run a module in a process of its own."""
        subprocess.run([sys.executable, "-m", module, *words], check=True)

    @property
    def words(self):
        """The same as arguments."""
        size = ["--size", str(self.size)] if self.size else []
        return [*(["--quick"] if self.quick else []), *size, "--worlds", str(self.folder)]


def main():
    """Measure what is asked for. A budget that was not kept is said, and no failure."""
    asked = _arguments().parse_args()
    with tempfile.TemporaryDirectory(prefix="romyen-bench-") as place:
        run = Run(asked.quick, asked.size, Path(asked.worlds or place).resolve())
        if asked.only:
            return _one(asked.only, run)
        return max(_apart(name, run) for name in BENCHMARKS)


def _arguments():
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--only", choices=BENCHMARKS, help="one benchmark, in this process")
    parser.add_argument("--quick", action="store_true", help="small sizes: is all in order?")
    parser.add_argument("--size", type=int, help="survivors in the larger world (100,000)")
    parser.add_argument("--worlds", help="keep built worlds in this folder, and use them again")
    return parser


def _one(name, run):
    module = importlib.import_module(f"benchmarks.{name}")
    found = list(module.measure(run))
    figures.show(name, found)
    if not run.quick:
        said = {"quick": run.quick, "size": run.size} if run.size else {}
        figures.keep(name, found, about=module.ABOUT, run=said)
    return 0


def _apart(name, run):
    words = [sys.executable, "-m", "benchmarks", "--only", name, *run.words]
    return subprocess.run(words, env=os.environ).returncode


if __name__ == "__main__":
    sys.exit(main())
