"""Seeded installations with N survivors, for pages to be measured on.

Everything goes through the verbs, or through the bulk forms of them that an import uses: every
value is really sealed, every key really wrapped for its team and for recovery, so that a page
that is measured decrypts what a page decrypts. The same seed gives the same stories; ids, codes
and keys are random as everywhere. All of it is invented.
"""

import json
import os
from pathlib import Path

from benchmarks.worlds.people import PASSPHRASE, READERS

__all__ = ["PASSPHRASE", "READERS", "build", "enter", "known"]

CHEAP = {"ROMYEN_ARGON2_PASSES": "1", "ROMYEN_ARGON2_MEMORY_MIB": "1"}
"""Signing in is not what is measured here."""


def environment(folder):
    """What a process needs to work on the world in this folder."""
    return {
        "DJANGO_SETTINGS_MODULE": "romyen.settings",
        "ROMYEN_DATA": str(folder / "data"),
        "ROMYEN_KEYS": str(folder / "keys"),
        **CHEAP,
    }


def enter(folder):
    """Make this process one of the installation in ``folder``: settings are read once."""
    import django

    os.environ.update(environment(Path(folder)))
    django.setup()


def known(folder):
    """What the builder wrote down of a world: sizes, ids to look at, seeds of second factors."""
    return json.loads((Path(folder) / "world.json").read_text())


def build(folder, survivors, *, say=print):
    """Build a world of so many survivors, unless it stands there already. Call after ``enter``."""
    folder = Path(folder)
    if (folder / "world.json").exists():
        return known(folder)
    from benchmarks.worlds.building import Builder

    world = Builder(survivors, say).build()
    (folder / "world.json").write_text(json.dumps(world, indent=1))
    return world
