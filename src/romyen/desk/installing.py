"""Bring an installation into being: folders, database, keys, the first people."""

import os
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.management import call_command

from romyen.access.installation import Founded, Person, found
from romyen.access.models import Organisation
from romyen.audit.checkpoints import found_log_key, log_key_path
from romyen.keys import box, founding
from romyen.keys.chain import root_path
from romyen.rules.refusals import refuse

WORDS = (
    "amber anchor apple autumn bamboo basil beacon blanket blossom breeze bridge bronze candle "
    "canyon carpet cedar cherry cinnamon cloud clover coconut copper coral cotton cradle crystal "
    "curtain daisy dolphin drift ember falcon feather fern fiddle forest fountain garden ginger "
    "glacier granite harbour harvest hazel hollow honey horizon indigo island ivory jasmine "
    "jungle juniper kettle kitten ladder lagoon lantern laurel lavender lemon lily linen lotus "
    "mango maple marble meadow melon mint mirror mountain nectar noodle oasis ocean olive onyx "
    "orange orchid otter paddle papaya parcel pebble pepper petal pillow pine planet pocket "
    "pomelo pond poppy prairie quartz quiet rabbit rain raven ribbon rice river robin rocket "
    "saffron sail sandal sesame shadow shell silver sparrow spring star stone summer sunset "
    "tamarind teapot temple thistle thunder tiger timber tulip turtle valley velvet violet "
    "walnut water willow winter zebra"
).split()
WORDS_IN_A_PASSPHRASE = 8


def new_passphrase() -> str:
    """Eight words of the list above: more than 55 bits, easy to type once and to change."""
    return " ".join(secrets.choice(WORDS) for _ in range(WORDS_IN_A_PASSPHRASE))


def make_folder(path: Path) -> None:
    """A folder for its owner alone."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)


def close_folder(path: Path) -> None:
    """The same for one that somebody made beforehand: founding closes it to others."""
    make_folder(path)
    path.chmod(0o700)


def prepare_database() -> None:
    """Create or bring up to date every table."""
    make_folder(settings.ROMYEN_DATA_DIR)
    os.umask(0o077)
    call_command("migrate", verbosity=0, interactive=False)


def install(
    *,
    organisation: str,
    team: str,
    administrator: Person,
    leads: Sequence[Person],
    now: datetime,
    fictional: bool = False,
) -> Founded:
    """Everything that a new installation needs; refuses where one is already."""
    if box.box_path().exists():
        raise refuse("RY-KEYS-ALREADY-FOUNDED")
    close_folder(settings.ROMYEN_DATA_DIR)
    close_folder(settings.ROMYEN_KEYS_DIR)
    prepare_database()
    if Organisation.objects.exists():
        raise refuse("RY-KEYS-ALREADY-FOUNDED")
    with _all_or_nothing():
        box.found_box()
        found_log_key(log_key_path())
        return found(
            founding.found_root(),
            organisation=organisation,
            team=team,
            administrator=administrator,
            leads=leads,
            now=now,
            fictional=fictional,
        )


@contextmanager
def _all_or_nothing() -> Iterator[None]:
    """Keys of an installation that was not founded would only stand in the way of the next try."""
    paths = (box.box_path(), log_key_path(), root_path())
    there = {path for path in paths if path.exists()}
    try:
        yield
    except BaseException:
        for path in set(paths) - there:
            path.unlink(missing_ok=True)
        box.forget_box()
        raise
