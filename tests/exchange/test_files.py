"""A file comes in through the browser: looked at first, imported when she says so."""

import threading
from datetime import timedelta
from io import BytesIO

import pytest
from django.db import connections
from tests.exchange.htcds.files import DATA
from tests.exchange.tables import MALEE, table

from romyen import jobs
from romyen.access import clock, rings
from romyen.access.models import Assignment, OpenRing
from romyen.audit.models import Entry
from romyen.exchange.actions import importing, uploads, working
from romyen.exchange.htcds import Mapped, read
from romyen.exchange.models import Difference, Upload
from romyen.survivors.models import Survivor

FILES = "/exchange/files"


def text(answer):
    return answer.content.decode()


class Desk:
    """Someone at a browser with files to bring in."""

    def __init__(self, world, reader, language="en"):
        self.browser, self.tokens = world.client(reader, language), iter(range(1000))

    def post(self, address, **typed):
        """Send a form."""
        token = f"token-{next(self.tokens)}"
        return self.browser.post(address, {"submission": token, **typed})

    def bring(self, content, name="cases.csv", **typed):
        """Choose a file; the page to which that leads, once it was read."""
        given = BytesIO(content)
        given.name = name
        answer = self.post(FILES, file=given, **typed)
        assert answer.status_code == 302, text(answer)
        self.address = answer["Location"]
        return self.after()

    def act(self, verb):
        """Press a button on the file's page; the page once that is done."""
        answer = self.post(f"{self.address}/{verb}")
        assert answer.status_code == 302, text(answer)
        return self.after()

    def after(self):
        """The file's page, when nobody works on it any more."""
        working.wait_for(self.upload, 30)
        return text(self.browser.get(self.address))

    @property
    def upload(self):
        """What is kept of the file."""
        return Upload.objects.get(pk=self.address.rpartition("/")[2])


@pytest.fixture
def nok(world, monkeypatch):
    yield Desk(world, world.nok)
    for thread in threading.enumerate():  # nothing of a story works on into the next one
        if isinstance(thread, working._Work):
            thread.join(30)
    connections.close_all()


real = pytest.mark.django_db(transaction=True)


@real
def test_she_looks_first_and_then_imports(world, nok):
    page = nok.bring((DATA / "filled.xlsx").read_bytes(), "filled.xlsx")
    assert nok.upload.state == Upload.READY
    assert "Would be imported" in page
    assert "RY-HTCDS-VALUE-UNKNOWN" in page
    assert "filled.xlsx" in page
    assert not Survivor.objects.exists()
    page = nok.act("begin")
    assert nok.upload.state == Upload.DONE
    assert (nok.upload.imported, nok.upload.refused) == (34, 6)
    assert Survivor.objects.count() == 34
    assert "Download the rows to mend" in page
    answer = nok.browser.get(f"{nok.address}/errors")
    again = list(Mapped(read(answer.content)))
    assert len(again) == 6
    assert all(outcome.refused for outcome in again)
    assert b"filled" not in answer.headers["Content-Disposition"].encode()


@real
def test_twice_is_told_before_anything_is_done(world, nok):
    nok.bring(table(MALEE))
    nok.act("begin")
    page = nok.bring(table(MALEE, {"prs_FirstName": "Nang"}))
    assert "Here already, the same" in page
    nok.act("begin")
    assert (nok.upload.imported, nok.upload.unchanged) == (1, 1)


@real
def test_what_she_brings_lies_on_the_disk_sealed_to_her_alone(world, nok):
    nok.bring(table({**MALEE, "prs_FirstName": "QZcanary"}), "QZname.csv")
    row = nok.upload
    for blob in (row.sealed, row.report):
        assert b"QZcanary" not in bytes(blob)
        assert b"QZname" not in bytes(blob)
    assert "QZcanary" in nok.after()
    for reader in (world.founder, world.arun, world.dao):
        browser = world.client(reader)
        nothing = browser.get(f"{FILES}/nothing")
        for ending in ("", "/errors"):
            answer = browser.get(nok.address + ending)
            assert (answer.status_code, answer.content) == (404, nothing.content)
        for ending in ("/begin", "/stop", "/forget"):
            answer = browser.post(nok.address + ending, {"submission": "t" + ending})
            assert (answer.status_code, answer.content) == (404, nothing.content)
    nok.act("begin")
    assert bytes(nok.upload.sealed) == b""
    assert "QZcanary" not in nok.after()


@real
def test_signing_out_stops_it_and_later_it_goes_on(world, nok, monkeypatch):
    monkeypatch.setattr(importing, "BATCH", 2)
    nok.bring(table(*({"prs_FirstName": f"Person {n}"} for n in range(7))))
    watched = working._Work._watch

    def then_sign_out(work, report):
        for ring in OpenRing.objects.all():
            rings.wipe(ring)
        return watched(work, report)

    with monkeypatch.context() as patch:
        patch.setattr(working._Work, "_watch", then_sign_out)
        nok.post(f"{nok.address}/begin")
        working.wait_for(nok.upload, 30)
    assert (nok.upload.state, nok.upload.imported) == (Upload.STOPPED, 2)
    assert nok.browser.get(nok.address).status_code == 302
    nok.browser = world.client(world.nok)
    page = nok.act("begin")
    assert "The file was brought in" in page
    assert (nok.upload.imported, nok.upload.unchanged) == (5, 2)
    assert Survivor.objects.count() == 7


@real
@pytest.mark.parametrize("how", ["stop", "forget", "role"])
def test_it_ends_when_she_says_so_or_may_no_longer(world, nok, monkeypatch, how):
    monkeypatch.setattr(importing, "BATCH", 2)
    nok.bring(table(*({"prs_FirstName": f"Person {n}"} for n in range(7))))
    first, go = threading.Event(), threading.Event()
    watched = working._Work._watch

    def wait(work, report):
        first.set()
        go.wait(30)
        return watched(work, report)

    monkeypatch.setattr(working._Work, "_watch", wait)
    nok.post(f"{nok.address}/begin")
    assert first.wait(30)
    running = text(nok.browser.get(nok.address))
    assert "data-hx-trigger" in running
    progress = nok.browser.get(nok.address, headers={"HX-Request": "true"})
    assert "Importing: 0 of 7 rows" in text(progress)
    assert "<html" not in text(progress)
    assert nok.post(f"{nok.address}/begin").status_code == 409
    if how == "role":
        Assignment.objects.filter(member=world.nok.member).delete()
    else:
        nok.post(f"{nok.address}/{how}")
    go.set()
    for thread in [one for one in threading.enumerate() if isinstance(one, working._Work)]:
        thread.join(30)
    assert Survivor.objects.count() == 2
    states = [row.state for row in Upload.objects.all()]
    assert states == ([] if how == "forget" else [Upload.STOPPED])


@real
def test_when_it_is_over_the_page_reloads_itself(world, nok):
    nok.bring(table(MALEE))
    answer = nok.browser.get(nok.address, headers={"HX-Request": "true"})
    assert (answer.status_code, answer["HX-Refresh"]) == (204, "true")
    signed_out = world.client().get(nok.address, headers={"HX-Request": "true"})
    assert (signed_out.status_code, signed_out["HX-Refresh"]) == (204, "true")


@real
def test_work_that_died_with_its_server_can_go_on(world, nok):
    nok.bring(table(MALEE))
    an_hour_ago = clock() - timedelta(hours=1)
    Upload.objects.update(state=Upload.RUNNING, run="a-dead-one", beat_at=an_hour_ago)
    assert "It stopped before the end" in text(nok.browser.get(nok.address))
    nok.act("begin")
    assert nok.upload.state == Upload.DONE


@real
def test_damage_further_down_is_told_in_words(world, nok):
    page = nok.bring(table(MALEE) + b'\n"never closed,1\n')
    assert nok.upload.state == Upload.STOPPED
    assert "RY-HTCDS-DAMAGED" in page
    assert "Nothing was imported" in page


@real
def test_new_keys_do_not_open_an_old_upload(world, nok):
    nok.bring(table(MALEE))
    Upload.objects.update(report=uploads.seal(nok.upload, "another", b"{}"))
    answer = nok.browser.get(nok.address)
    assert answer.status_code == 403
    assert "RY-KEYS-CLOSED" in text(answer)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "code"),
    [
        (None, "Choose a file."),
        (b"", "There is no row with anything in it."),
        (b"%PDF-1.7 something else", "No HTCDS headings were found."),
        (b"PK\x03\x04 not a zip", "The file is damaged or cut off."),
    ],
)
def test_what_cannot_be_read_is_refused_beside_the_field(world, content, code):
    desk = Desk(world, world.nok)
    given = {} if content is None else {"file": BytesIO(content)}
    answer = desk.post(FILES, **given)
    assert answer.status_code == 422
    assert code in text(answer)
    assert 'id="id_file-error"' in text(answer)
    assert not Upload.objects.exists()


@pytest.mark.django_db
def test_a_file_that_is_too_large_is_let_go_and_refused_in_words(world, settings):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 100_000
    answer = Desk(world, world.nok).post(FILES, file=BytesIO(b"x" * 300_000))
    assert answer.status_code == 422
    assert "The file is larger than 32 MiB." in text(answer)


@pytest.mark.django_db
def test_no_file_touches_the_disk_and_strangers_files_are_not_held(world, monkeypatch):
    import tempfile

    def never(*args, **kwargs):
        raise AssertionError("a temporary file")

    for name in ("NamedTemporaryFile", "TemporaryFile", "mkstemp", "SpooledTemporaryFile"):
        monkeypatch.setattr(tempfile, name, never)
    large = b"prs_FirstName\n" + b"A name\n" * 1_000_000
    assert Desk(world, world.nok).post(FILES, file=BytesIO(large)).status_code == 302
    stranger = world.client()
    answer = stranger.post("/sign/in", {"file": BytesIO(large)})
    assert not answer.wsgi_request.FILES


@pytest.mark.django_db
def test_who_may_not_import_has_no_page(world):
    assert world.client(world.mali).get(FILES).status_code == 403
    assert FILES not in text(world.client(world.mali).get("/"))
    assert FILES in text(world.client(world.arun).get("/"))
    assert world.client(world.arun).get(FILES).status_code == 200


@real
def test_founder_of_two_teams_chooses_one(world):
    desk = Desk(world, world.founder)
    answer = desk.post(FILES, file=BytesIO(table(MALEE)))
    assert answer.status_code == 422
    desk.bring(table(MALEE), team=world.other_team.pk)
    desk.act("begin")
    assert Survivor.objects.get().node.team_id == world.other_team.pk


@real
@pytest.mark.parametrize(("language", "words"), [("en", "Would be imported"), ("th", "แถว")])
def test_pages_read_in_both_languages(world, nok, language, words):
    desk = Desk(world, world.nok, language)
    page = desk.bring((DATA / "filled.xlsx").read_bytes())
    assert f'<html lang="{language}"' in page
    assert words in page
    assert f'<html lang="{language}"' in text(desk.browser.get(FILES))


@real
def test_old_uploads_are_forgotten(world, nok):
    nok.bring(table(MALEE))
    jobs.forget_old(now=clock() + timedelta(days=13))
    assert Upload.objects.exists()
    jobs.forget_old(now=clock() + timedelta(days=15))
    assert not Upload.objects.exists()


@real
def test_what_was_done_with_it_stands_in_the_log(world, nok):
    nok.bring(table(MALEE))
    nok.act("begin")
    nok.post(f"{nok.address}/forget")
    mine = Entry.objects.filter(actor=world.nok.id, verb__startswith="exchange")
    assert set(mine.values_list("verb", flat=True)) == {
        "exchange.upload",
        "exchange.import",
        "exchange.import_file",
        "exchange.forget_upload",
    }
    assert not Difference.objects.exists()
