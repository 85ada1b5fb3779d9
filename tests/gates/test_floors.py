"""Imports and foreign keys go down the floors only. ``.importlinter`` is the one list of floors."""

import configparser
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps

pytestmark = pytest.mark.source

ROOT = Path(__file__).parents[2]
LINT_IMPORTS = Path(sys.executable).with_name("lint-imports")


def floors() -> dict[str, int]:
    """Package name → height; the rules stand at 0."""
    contracts = configparser.ConfigParser(comment_prefixes=(";",))
    contracts.read(ROOT / ".importlinter")
    lines = contracts["importlinter:contract:floors"]["layers"].split("\n")
    layers = [re.findall(r"\w+", line) for line in lines if line.strip()]
    return {name: height for height, layer in enumerate(reversed(layers)) for name in layer}


def lint(source: Path) -> subprocess.CompletedProcess[str]:
    """Run import-linter on the package below ``source``."""
    return subprocess.run(
        [LINT_IMPORTS, "--no-cache", "--config", ROOT / ".importlinter"],
        cwd=source,
        env={"PYTHONPATH": str(source), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
    )


def test_imports_go_down():
    done = lint(ROOT / "src")
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture
def planted(tmp_path):
    """A copy of the package's Python, to plant faults in."""
    ignore = shutil.ignore_patterns("static", "locale", "templates", "data", "__pycache__")
    shutil.copytree(ROOT / "src" / "romyen", tmp_path / "romyen", ignore=ignore)
    return tmp_path


@pytest.mark.parametrize(
    ("file", "line", "word"),
    [
        ("rules/planted.py", "import romyen.keys.apps", "romyen.rules is not allowed"),
        ("rules/planted.py", "import django", "romyen.rules is not allowed"),
        ("audit/planted.py", "def late():\n    import romyen.leads.apps", "romyen.audit is not"),
        ("attic/__init__.py", "", "attic"),
    ],
    ids=["upward", "django in the rules", "upward inside a function", "package without a place"],
)
def test_a_planted_import_is_found(planted, file, line, word):
    (planted / "romyen" / file).parent.mkdir(exist_ok=True)
    (planted / "romyen" / file).write_text(line)
    done = lint(planted)
    assert done.returncode == 1
    assert word in done.stdout


def faults(tables: list[type[models.Model]]) -> list[str]:
    """Foreign keys that point up, across without ``related_name="+"``, or to another's table."""
    heights = floors()
    found = []
    for table in tables:
        here = table._meta.app_label
        for field in (*table._meta.local_fields, *table._meta.local_many_to_many):
            target = field.remote_field and field.remote_field.model
            if target is None:
                continue
            there = target._meta.app_label
            name = f"{table._meta.label}.{field.name} → {target._meta.label}"
            if there not in heights:
                found.append(f"{name}: a table that is not ours")
            elif heights[there] > heights[here]:
                found.append(f"{name}: points up")
            elif there != here and not field.remote_field.hidden:
                found.append(f'{name}: crosses floors without related_name="+"')
    return found


def our_tables() -> list[type[models.Model]]:
    """Every model of Romyen's own apps, those that Django makes for many-to-many included."""
    return [
        table
        for table in apps.get_models(include_auto_created=True)
        if table.__module__.startswith("romyen.")
    ]


def test_foreign_keys_go_down():
    assert our_tables()
    assert faults(our_tables()) == []


def test_the_plain_floors_have_no_tables():
    assert not [t for t in our_tables() if t._meta.app_label in ("pages", "rules")]


def test_every_app_has_the_name_of_its_floor():
    ours = {app.label for app in apps.get_app_configs() if app.name.startswith("romyen.")}
    assert ours <= set(floors())


@isolate_apps("romyen.audit", "romyen.access", "romyen.leads", "django.contrib.contenttypes")
def test_planted_keys_are_found():
    class Low(models.Model):
        class Meta:
            app_label = "audit"

    class High(models.Model):
        down = models.ForeignKey(Low, models.PROTECT, related_name="+")
        across = models.OneToOneField(Low, models.PROTECT)
        many = models.ManyToManyField(Low)

        class Meta:
            app_label = "leads"

    class Wrong(models.Model):
        up = models.ForeignKey(High, models.PROTECT, related_name="+")
        foreign = models.ForeignKey("contenttypes.ContentType", models.PROTECT, related_name="+")

        class Meta:
            app_label = "audit"

    class ContentType(models.Model):
        class Meta:
            app_label = "contenttypes"

    assert faults([Low, High, Wrong]) == [
        'leads.High.across → audit.Low: crosses floors without related_name="+"',
        'leads.High.many → audit.Low: crosses floors without related_name="+"',
        "audit.Wrong.up → leads.High: points up",
        "audit.Wrong.foreign → contenttypes.ContentType: a table that is not ours",
    ]
