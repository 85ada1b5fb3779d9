"""A process that lives through the story on a real disk and then dies without tidying up.

``python planting.py FOLDER`` makes an installation in FOLDER (data, keys, temp, given), tells the
sweep's story into its database, and knocks at the doors as people do: with wrong input, a
passphrase in the wrong field, a big file, a page that breaks. It prints as JSON which sealed
columns hold a canary. Whatever lies in FOLDER/data, FOLDER/keys and FOLDER/temp afterwards, and
whatever was printed, is for the scan.
"""

import json
import os
import sys
import threading
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]


def prepare(folder: Path) -> None:
    """The ground, before Django reads its settings."""
    for name in ("data", "keys", "temp", "given"):
        (folder / name).mkdir(mode=0o700)
    os.environ.update(
        DJANGO_SETTINGS_MODULE="romyen.settings",
        ROMYEN_DATA=str(folder / "data"),
        ROMYEN_KEYS=str(folder / "keys"),
        TMPDIR=str(folder / "temp"),
        ROMYEN_ARGON2_PASSES="1",
        ROMYEN_ARGON2_MEMORY_MIB="1",
    )
    sys.path[:0] = [str(ROOT), str(ROOT / "tests")]


def main(folder: Path) -> None:
    """Everything, in order; ends without closing the database."""
    prepare(folder)
    import django

    django.setup()
    from django.db import transaction
    from django.test.utils import setup_test_environment
    from tests.gates.sweep.scene import told

    from romyen import cli

    assert cli.run(["migrate"]) == 0
    setup_test_environment()
    outside = transaction.atomic()
    outside._from_testcase = True  # so that reads may write their own entry
    with outside, told() as scene:
        written = watch_writing()
        knock(scene)
        upload(scene)
        close(scene)
        bring_in(folder, scene)
        take_out(folder)
        said = {"sung": sung(scene), "columns": columns(), "rare": list(scene.canaries.rare)}
    # The transaction is over: all of it is in the database, or in the log ahead of it.
    for one in threading.enumerate():
        if one.name == "romyen-import":
            one.join(60)
    said |= {"letters": post(), "written": written}
    sys.stdout.write(f"\n{json.dumps(said)}\n")
    sys.stdout.flush()
    os._exit(0)  # as a machine that loses its power: the write-ahead log stays


def columns() -> list[str]:
    """Every sealed column of every table."""
    from django.apps import apps

    from romyen.keys.sealing import sealed_fields

    return [f"{m._meta.label}.{name}" for m in apps.get_models() for name in sealed_fields(m)]


def sung(scene: Any) -> list[str]:
    """The sealed columns in which somebody finds a canary: no one person opens them all."""
    from django.apps import apps
    from tests.gates.sweep.leaks import opened

    from romyen.keys.sealing import sealed_fields

    found = set()
    pairs = [(m, reader) for m in apps.get_models() for reader in scene.world.readers.values()]
    for model, reader in pairs:
        for _row, values in opened(model, list(sealed_fields(model)), reader):
            hits = {name for name, text in values.items() if scene.canaries.sung(str(text))}
            found |= {f"{model._meta.label}.{name}" for name in hits}
    return sorted(found)


def close(scene: Any) -> None:
    """A case is closed with words of its own."""
    from datetime import timedelta

    from romyen.cases import actions, queries
    from romyen.rules.spans import local_day

    now, case = scene.world.now + timedelta(hours=1), scene.things["mine"]["case"]
    case.refresh_from_db()
    actions.close_case(
        case,
        outcome="other",
        closed_on=local_day(now),
        words=scene.canaries.new("closing words"),
        confirmed=[one.row.pk for one in queries.running_of(case, now=now)],
        expected=case.version,
        actor=scene.world.nok,
        now=now,
    )


def knock(scene: Any) -> None:
    """At the doors: drafts, what is typed wrongly, into the wrong field, into a broken page."""
    from unittest.mock import patch

    from romyen.access.models import Draft
    from romyen.desk import queries

    nok, stranger = scene.players["nok"].client, scene.players["anonymous"].client
    for client in (nok, stranger):
        client.raise_request_exception = False
    word = scene.canaries.new("typed at a door")
    for path in ("/leads/new", "/survivors/register", "/partners/new"):
        wrong = {"told": word, "name": word, "names": word, "birth_year": word}
        assert nok.post(path, wrong).status_code == 422
        nok.get(path, {"q": word})
    kept = Draft.objects.count()
    answer = nok.post("/draft", {"form": "/leads/new", "told": word, "submission": "x"})
    assert (answer.status_code, Draft.objects.count()) == (200, kept + 1)
    stranger.post("/sign/in", {"login": f"{word}@example.org", "password": word})
    stranger.get(f"/{word}")

    def broken(*args: object, **kwargs: object) -> None:
        raise ValueError(word)

    with patch.object(queries, "day", broken):
        assert nok.get("/", {"q": word}).status_code == 500


def upload(scene: Any) -> None:
    """A file that Django's own handler would have spilled onto the disk."""
    from django.core.files.uploadedfile import SimpleUploadedFile
    from tests.exchange.tables import table

    from romyen.exchange.models import Upload

    word, kept = scene.canaries.new("in an uploaded file"), Upload.objects.count()
    rows = [
        {"prs_FirstName": f"{word} {n}", "prs_SecondName": word, "Notes": word * 20}
        for n in range(4000)
    ]
    big = SimpleUploadedFile(f"{word}.csv", table(*rows), content_type="text/csv")
    assert big.size > 3 * 1024 * 1024
    answer = scene.players["nok"].client.post("/exchange/files", {"file": big, "submission": "big"})
    assert (answer.status_code, Upload.objects.count()) == (302, kept + 1), answer.content.decode()


def bring_in(folder: Path, scene: Any) -> None:
    """A file by command, with a row that cannot come in."""
    from tests.exchange.tables import table

    from romyen import cli
    from romyen.exchange.htcds.standard import Kind, fields

    word = scene.canaries.new("brought in by command")
    free = [f.name for f in fields().values() if f.kind is Kind.TEXT and f.name != "romyen_code"]
    rows = [{"prs_FirstName": word, "Extra": word, name: word} for name in free]
    rows.append({"prs_FirstName": word, "prs_Birthdate": word})
    file = folder / "given" / "file.csv"
    file.write_bytes(table(*rows))
    errors = folder / "given" / "errors.xlsx"
    assert cli.run(["htcds", "import", str(file), "--errors", str(errors)]) in (0, 1)
    assert errors.stat().st_mode & 0o777 == 0o600


def take_out(folder: Path) -> None:
    """Nok asks for an export, Somsri agrees, Nok takes it out: to the one place that was named."""
    from romyen.access.models import Approval

    out = folder / "given" / "out.csv"
    export = ["htcds", "export", "--as", "nok@example.org", "--out", str(out), "--passphrase-stdin"]
    known = set(Approval.objects.values_list("pk", flat=True))
    assert say(export) == 1
    [ref] = Approval.objects.exclude(pk__in=known).values_list("pk", flat=True)
    give = ["approvals", "give", ref, "--as", "somsri@example.org", "--passphrase-stdin"]
    assert say(give) == 0
    assert say([*export, "--approval", ref]) == 0
    assert out.stat().st_mode & 0o777 == 0o600


def say(words: list[str]) -> int:
    """Call ``romyen`` with the passphrase on its standard input."""
    import io
    from unittest.mock import patch

    from romyen import cli
    from world import PASSPHRASE

    typed = io.TextIOWrapper(io.BytesIO(f"{PASSPHRASE}\n".encode()))
    with patch.object(sys, "stdin", typed):
        return cli.run(words)


def post() -> int:
    """Mails wait in the sealed queue, then lie as letters in a folder, as in the demo."""
    from django.test import Client, override_settings
    from django.utils import timezone

    from romyen.access import renewing
    from romyen.notices import mail
    from romyen.notices.models import Mail

    queue = {"default": {"BACKEND": "romyen.notices.mail.QueueBackend"}}
    with override_settings(MAILERS=queue, ROMYEN_DEMO=True):
        Client().post("/sign/reset", {"email": "nok@example.org"})
        renewing.answer_forgotten(now=timezone.now())
        assert Mail.objects.filter(sent_at=None).exists()
        return mail.send_waiting(now=timezone.now())


def watch_writing() -> list[str]:
    """From now on: every file that this process opens to write. What is deleted was written."""
    written: list[str] = []

    def opened(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open" and isinstance(arguments[0], str) and arguments[2] & WRITING:
            written.append(arguments[0])

    sys.addaudithook(opened)
    return written


WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT


if __name__ == "__main__":
    main(Path(sys.argv[1]))
