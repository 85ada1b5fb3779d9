"""The shape of the code: sizes of files and functions (``make lint`` prints them)."""

import ast
import sys
from dataclasses import dataclass
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "romyen"
FILE_LINES = 400
LONG_FUNCTION = 50
ATTICS = {"utils", "util", "helpers", "helper", "services", "service", "signals", "base", "common"}


@dataclass(frozen=True)
class Shape:
    """Lines per file and per function, both by name."""

    files: dict[str, int]
    functions: dict[str, int]

    @property
    def median(self) -> float:
        """Lines of the function in the middle."""
        return median(self.functions.values())

    @property
    def long_share(self) -> float:
        """Share of functions over 50 lines."""
        return sum(n > LONG_FUNCTION for n in self.functions.values()) / len(self.functions)

    def __str__(self) -> str:
        longest = max(self.functions, key=self.functions.__getitem__)
        return (
            f"{len(self.files)} files, {sum(self.files.values())} lines, "
            f"{len(self.functions)} functions: median {self.median:g} lines, "
            f"{self.long_share:.1%} over {LONG_FUNCTION}, "
            f"longest {longest} ({self.functions[longest]})"
        )


def sources(folder: Path = SOURCE) -> list[Path]:
    """The Python that people write by hand: everything but migrations."""
    return sorted(p for p in folder.rglob("*.py") if "migrations" not in p.parts)


def measure(folder: Path = SOURCE) -> Shape:
    """Count the lines of files and functions below ``folder``."""
    files, functions = {}, {}
    for path in sources(folder):
        text, name = path.read_text(), path.relative_to(folder).as_posix()
        files[name] = text.count("\n")
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                functions[f"{name}:{node.name}:{node.lineno}"] = (
                    (node.end_lineno or node.lineno) - node.lineno + 1
                )
    return Shape(files, functions)


def faults(folder: Path = SOURCE) -> list[str]:
    """Attics, files that should be folders, and code that grows lengthy as a whole."""
    shape = measure(folder)
    found = [
        f"{path.relative_to(folder)}: an attic; name what it does"
        for path in sources(folder)
        if path.stem in ATTICS or path.parent.name in ATTICS
    ]
    found += [
        f"{name}: {lines} lines; past {FILE_LINES} a file becomes a folder"
        for name, lines in shape.files.items()
        if lines > FILE_LINES
    ]
    if shape.median >= 10:
        found.append(f"the median function has {shape.median:g} lines, ten or more")
    if shape.long_share > 0.02:
        found.append(f"{shape.long_share:.1%} of the functions pass {LONG_FUNCTION} lines")
    return found


if __name__ == "__main__":
    sys.stdout.write(f"{measure()}\n")
