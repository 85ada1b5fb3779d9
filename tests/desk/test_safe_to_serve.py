"""An unsafe installation is not served: keys that others reach, debug pages, http in the open."""

import pytest
from click.testing import CliRunner

from romyen.desk import checks, commands, installing
from romyen.keys import box, chain
from romyen.rules.refusals import Refusal


@pytest.fixture
def house(settings, tmp_path):
    """Two folders as ``romyen init`` leaves them."""
    settings.ROMYEN_DATA_DIR, settings.ROMYEN_KEYS_DIR = tmp_path / "house", tmp_path / "keys"
    for folder in (settings.ROMYEN_DATA_DIR, settings.ROMYEN_KEYS_DIR):
        folder.mkdir(mode=0o700)
    (settings.ROMYEN_DATA_DIR / "romyen.sqlite3").touch(0o600)
    box.found_box()
    chain.write_root(b"r" * 32)
    yield settings
    box.forget_box()


def ids():
    return [one.id for one in [*checks.folders(), *checks.pages(), *checks.origin()]]


def test_a_fresh_house_is_safe(house):
    assert ids() == []


def test_keys_that_others_reach_are_refused_by_name(house):
    box.box_path().chmod(0o640)
    assert ids() == ["romyen.E002"]
    with pytest.raises(Refusal, match=r"box\.key") as refused:
        checks.require_safe()
    assert refused.value.code == "RY-DESK-UNSAFE"


@pytest.mark.parametrize("name", ["", "romyen.sqlite3"])
def test_data_that_others_reach_are_refused(house, name):
    (house.ROMYEN_DATA_DIR / name).chmod(0o755)
    assert ids() == ["romyen.E002"]


def test_the_roots_public_half_may_be_read_and_not_written(house):
    chain.root_path().chmod(0o644)
    assert ids() == []
    chain.root_path().chmod(0o666)
    assert ids() == ["romyen.E002"]


def test_keys_within_the_data_are_refused(house):
    house.ROMYEN_KEYS_DIR = house.ROMYEN_DATA_DIR / "keys"
    assert "romyen.E001" in ids()


@pytest.mark.parametrize(
    ("name", "value", "found"),
    [
        ("DEBUG", True, "romyen.E003"),
        ("ALLOWED_HOSTS", ["*"], "romyen.E004"),
        ("ROMYEN_ORIGIN", "romyen.example.org", "romyen.E005"),
        ("ROMYEN_ORIGIN", "http://garden.home.arpa", "romyen.E006"),
        ("ROMYEN_ORIGIN", "https://garden.home.arpa", "romyen.E007"),
    ],
)
def test_unsafe_settings_are_refused(house, name, value, found):
    setattr(house, name, value)
    assert ids() == [found]


def test_with_tls_the_cookies_are_marked(house):
    house.ROMYEN_ORIGIN = "https://garden.home.arpa"
    house.SESSION_COOKIE_SECURE = house.CSRF_COOKIE_SECURE = house.LANGUAGE_COOKIE_SECURE = True
    house.SECURE_HSTS_SECONDS = 31_536_000
    assert ids() == []


def test_cheap_passphrases_are_warned_of(house):
    house.ROMYEN_ARGON2_PASSES, house.ROMYEN_ARGON2_MEMORY_MIB = 1, 19
    assert "romyen.W001" in checks.require_safe()[0]
    house.ROMYEN_ARGON2_PASSES, house.ROMYEN_ARGON2_MEMORY_MIB = 3, 128
    assert checks.require_safe() == []


PEOPLE = ("--administrator", "Lek <lek@example.org>", "--lead", "Nok <nok@example.org>")
PEOPLE = (*PEOPLE, "--lead", "Arun <arun@example.org>")
NAMED = ("--organisation", "Baan", "--team", "Intake", *PEOPLE)


@pytest.fixture
def bare(settings, tmp_path):
    settings.ROMYEN_DATA_DIR, settings.ROMYEN_KEYS_DIR = tmp_path / "house", tmp_path / "keys"
    settings.ROMYEN_DATA_DIR.mkdir(mode=0o755)
    yield settings
    box.forget_box()


@pytest.mark.django_db
def test_a_founding_that_breaks_off_leaves_no_keys_in_the_way(bare, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(installing, "found", lambda *a, **k: 1 / 0)
        assert CliRunner().invoke(commands.init, NAMED).exit_code == 1
    assert list(bare.ROMYEN_KEYS_DIR.iterdir()) == []
    founded = CliRunner().invoke(commands.init, NAMED)
    assert founded.exit_code == 0, founded.output
    assert bare.ROMYEN_DATA_DIR.stat().st_mode & 0o077 == 0
    assert ids() == []


@pytest.mark.django_db
def test_a_passphrase_that_was_brought_along_is_not_printed(bare):
    given = "tamarind river lantern quiet"
    said = (
        CliRunner()
        .invoke(commands.init, [*NAMED, "--passphrases-stdin"], input=f"{given}\n" * 2)
        .output
    )
    assert given not in said
    assert said.count("as you gave it") == 2
    assert said.count("arun@example.org") == 1


@pytest.mark.parametrize("wrong", ["short", "password1234"])
def test_a_weak_first_passphrase_is_a_usage_error(bare, wrong):
    words = [*NAMED, "--passphrases-stdin"]
    result = CliRunner().invoke(commands.init, words, input=f"{wrong}\n" * 3)
    assert result.exit_code == 2
    assert not bare.ROMYEN_KEYS_DIR.exists()
