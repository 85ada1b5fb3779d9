"""The code keeps its shape, and reads the clock at one place only."""

import ast
from pathlib import Path

import pytest
from tests.gates.shape import SOURCE, faults, measure, sources

pytestmark = pytest.mark.source

DOORS = {"settings", "urls", "asgi", "__main__", "cli", "jobs"}
CLOCKS = {
    "access/doors.py": "the clock of the pages",
    "access/sessions.py": "Django calls a session engine without a clock",
    "notices/mail.py": "Django calls a mail backend without a clock",
}


def test_the_code_keeps_its_shape():
    assert faults() == [], str(measure())


def test_a_planted_shape_is_found(tmp_path):
    long = "def long():\n" + "    x = 1\n" * 60
    (tmp_path / "utils.py").write_text("def short():\n    return 1\n")
    (tmp_path / "helpers").mkdir()
    (tmp_path / "helpers" / "one.py").write_text(long)
    (tmp_path / "huge.py").write_text("x = 1\n" * 401)
    assert faults(tmp_path) == [
        "helpers/one.py: an attic; name what it does",
        "utils.py: an attic; name what it does",
        "huge.py: 401 lines; past 400 a file becomes a folder",
        "the median function has 31.5 lines, ten or more",
        "50.0% of the functions pass 50 lines",
    ]


def clock_readings(text: str) -> list[int]:
    """The lines that ask what time it is, or let the database say it."""
    return sorted(
        {node.lineno for node in ast.walk(ast.parse(text)) if _reads_the_clock(node)}  # type: ignore[attr-defined]
    )


def _reads_the_clock(node: ast.AST) -> bool:
    match node:
        case ast.Attribute(attr="now" | "utcnow", value=ast.Name(id=of) | ast.Attribute(attr=of)):
            return of in ("timezone", "datetime", "dt")
        case ast.Attribute(attr="today", value=ast.Name(id=of) | ast.Attribute(attr=of)):
            return of in ("date", "datetime", "dt")
        case ast.Attribute(attr="time" | "time_ns", value=ast.Name(id="time")):
            return True
        case ast.Call(
            func=ast.Attribute(attr="localdate" | "localtime", value=ast.Name(id="timezone")),
            args=[],
            keywords=[],
        ):
            return True
        case ast.ImportFrom(module="django.utils.timezone" | "django.db.models.functions"):
            return any(name.name in ("now", "localdate", "Now") for name in node.names)
        case ast.keyword(arg="auto_now" | "auto_now_add"):
            return True
    return False


def below_the_doors() -> list[Path]:
    """Every module that is handed ``now``. Pages ask ``access.clock()``; commands are doors."""
    return [
        path
        for path in sources()
        if (path.parent != SOURCE or path.stem not in DOORS)
        and path.name != "commands.py"
        and path.relative_to(SOURCE).as_posix() not in CLOCKS
    ]


def test_nothing_below_the_doors_reads_the_clock():
    found = [
        f"{path.relative_to(SOURCE)}:{line}"
        for path in below_the_doors()
        for line in clock_readings(path.read_text())
    ]
    assert found == []


@pytest.mark.parametrize(
    "line",
    [
        "x = timezone.now()",
        "field = DateTimeField(default=timezone.now)",
        "field = DateTimeField(auto_now_add=True)",
        "x = datetime.now(UTC)",
        "x = datetime.datetime.utcnow()",
        "x = date.today()",
        "x = timezone.localdate()",
        "x = time.time()",
        "from django.utils.timezone import now",
        "from django.db.models.functions import Now",
    ],
)
def test_a_planted_clock_is_found(line):
    assert clock_readings(f"import os\n{line}\n") == [2]


def test_every_excuse_is_still_needed():
    assert [name for name in CLOCKS if not clock_readings((SOURCE / name).read_text())] == []


def test_what_reads_no_clock_passes():
    assert clock_readings("x = timezone.localtime(now)\ny = time.monotonic()\nz = self.now") == []
