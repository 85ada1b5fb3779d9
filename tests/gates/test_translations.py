"""Every text has its Thai, and the compiled catalogue is the one that people read."""

import re
import shutil
from pathlib import Path

import polib
import pytest
from django.core.management import call_command
from django.test.utils import override_settings

pytestmark = pytest.mark.source

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "romyen"
CATALOGUE = "locale/th/LC_MESSAGES/django.po"
PLACE = re.compile(r"%\(\w+\)[a-z]|%[sd]")

needs_gettext = pytest.mark.skipif(not shutil.which("xgettext"), reason="gettext is not installed")


def extracted(source: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> polib.POFile:
    """The Thai catalogue as it would be after ``make messages``, made in a copy."""
    copy = folder / "romyen"
    shutil.copytree(source, copy, ignore=shutil.ignore_patterns("static", "__pycache__", "data"))
    (copy / CATALOGUE).parent.mkdir(parents=True, exist_ok=True)
    monkeypatch.chdir(copy)
    with override_settings(LOCALE_PATHS=[copy / "locale"]):
        call_command("makemessages", locale=["th"], verbosity=0, no_wrap=True, no_obsolete=True)
    return polib.pofile(str(copy / CATALOGUE))


def faults(catalogue: polib.POFile) -> list[str]:
    """Texts without Thai, with a guessed one, or with other places to fill in."""
    found = []
    for entry in catalogue:
        thai = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
        if entry.obsolete:
            continue
        if not all(thai):
            found.append(f"no Thai: {entry.msgid}")
        elif entry.fuzzy:
            found.append(f"guessed: {entry.msgid}")
        elif any(places(text) != places(entry.msgid_plural or entry.msgid) for text in thai):
            found.append(f"other places: {entry.msgid}")
    return found


def places(text: str) -> set[str]:
    """The places of a text that are filled in, such as ``%(count)s``."""
    return set(PLACE.findall(text.replace("%%", "")))


@needs_gettext
def test_every_text_has_its_thai(tmp_path, monkeypatch):
    catalogue = extracted(SOURCE, tmp_path, monkeypatch)
    assert len(catalogue) > 100
    missing = faults(catalogue)
    assert missing == [], f"{len(missing)} texts; run make messages and translate"


def test_the_compiled_catalogue_is_the_one_that_is_read():
    texts = polib.pofile(str(SOURCE / CATALOGUE))
    compiled = polib.mofile(str((SOURCE / CATALOGUE).with_suffix(".mo")))
    assert faults(texts) == []
    assert _said(compiled) == _said(texts.translated_entries())


def _said(entries: list[polib.POEntry] | polib.MOFile) -> dict[tuple[str | None, str], object]:
    return {(e.msgctxt, e.msgid): e.msgstr_plural or e.msgstr for e in entries}


@needs_gettext
def test_a_planted_text_is_found(tmp_path, monkeypatch):
    source = tmp_path / "planted"
    (source / "templates").mkdir(parents=True)
    (source / "code.py").write_text('x = _("Planted in code")\n')
    (source / "templates" / "page.html").write_text('{% load i18n %}{% translate "On a page" %}')
    assert faults(extracted(source, tmp_path, monkeypatch)) == [
        "no Thai: Planted in code",
        "no Thai: On a page",
    ]


def test_a_planted_slip_is_found():
    slips = polib.POFile()
    slips.append(polib.POEntry(msgid="%(count)s people", msgstr="%(number)s คน"))
    slips.append(polib.POEntry(msgid="A lead", msgstr="เบาะแส", flags=["fuzzy"]))
    slips.append(polib.POEntry(msgid="A case", msgstr="กรณี"))
    assert faults(slips) == ["other places: %(count)s people", "guessed: A lead"]
