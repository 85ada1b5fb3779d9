"""The box key: a file of its own, its owner's alone, and never a key that everybody knows."""

import base64
import stat

import pytest

from romyen.keys import box, crypto
from romyen.rules.refusals import Refusal


@pytest.fixture
def folder(settings, tmp_path):
    settings.ROMYEN_KEYS_DIR = tmp_path / "house.keys"
    yield settings.ROMYEN_KEYS_DIR
    box.forget_box()


def test_it_is_made_once_for_its_owner_alone(folder):
    made = box.found_box()
    assert stat.S_IMODE(box.box_path().stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    with pytest.raises(FileExistsError):
        box.found_box()
    assert box.box().secret("x") == made.secret("x")


@pytest.mark.parametrize("content", [b"", b"\n", b"rubbish!", base64.b64encode(b"short"), None])
def test_an_empty_or_spoilt_file_opens_and_seals_nothing(folder, content):
    folder.mkdir()
    if content is not None:
        box.box_path().write_bytes(content)
    with pytest.raises(Refusal, match="RY-KEYS-NO-BOX"):
        box.box()


def test_each_purpose_has_a_key_of_its_own(folder):
    made = box.found_box()
    sealed = made.seal("session", b"words")
    assert made.open("session", sealed) == b"words"
    with pytest.raises(crypto.Unopened):
        made.open("mail queue", sealed)
    with pytest.raises(crypto.Unopened):
        box.Box(crypto.new_key()).open("session", sealed)
