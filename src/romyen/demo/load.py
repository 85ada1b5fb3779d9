"""Load the demo into an empty data folder; refuse one that holds real data."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection

from romyen import audit
from romyen.access.models import Organisation
from romyen.audit.checkpoints import sign_checkpoint
from romyen.demo import story
from romyen.demo.staff import found_organisation, gather
from romyen.demo.stage import DAYS, Stage
from romyen.desk.installing import make_folder, prepare_database
from romyen.keys import box
from romyen.rules.refusals import refuse

MARK = "demo"
BEGAN = timedelta(days=DAYS + 10)


def is_loaded() -> bool:
    """Whether this data folder holds the demo, whole."""
    mark = settings.ROMYEN_DATA_DIR / MARK
    return mark.exists() and mark.read_text().startswith("loaded")


def load(*, now: datetime, say: Callable[[str], object] = print) -> None:
    """Found the fictional organisation and tell its three years. Refuses real data."""
    mark = settings.ROMYEN_DATA_DIR / MARK
    database = settings.ROMYEN_DATA_DIR / "romyen.sqlite3"
    if not mark.exists() and (database.exists() or box.box_path().exists()):
        raise refuse("RY-DEMO-REAL-DATA")
    if mark.exists() and box.box_path().exists():
        raise refuse("RY-DEMO-HALF-LOADED")
    make_folder(settings.ROMYEN_DATA_DIR)
    with _in_haste():
        prepare_database()
        if Organisation.objects.exists():
            raise refuse("RY-DEMO-REAL-DATA")
        mark.write_text("loading\n")
        settings.ROMYEN_DEMO = True
        say("Founding the fictional organisation …")
        crew, teams = gather(found_organisation(now=now - BEGAN), now=now - BEGAN)
        say("Telling three years of fictional work …")
        story.tell(Stage(crew, teams, now))
        audit.integrate()
        sign_checkpoint(at=now)
    mark.write_text("loaded: everything in this folder is fictional\n")


@contextmanager
def _in_haste() -> Iterator[None]:
    """Let the disk catch up at the end: a load that breaks off is begun anew anyway (the mark)."""
    hasty = connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        if hasty:
            cursor.execute("PRAGMA synchronous=OFF")
        yield
        if hasty:
            cursor.execute("PRAGMA synchronous=FULL")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
