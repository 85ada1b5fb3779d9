"""What every answer carries, what is written down of a refusal, and what a late form leaves."""

import io
import sys

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from access.browser import sign_in
from romyen.access import drafts, people
from romyen.access.naming import plain_address, plain_name
from romyen.access.nodes import found_node
from romyen.audit.models import Entry
from romyen.rules.ids import new_id
from romyen.rules.refusals import Refusal

TYPED = "she asked for her sister"


@pytest.fixture(autouse=True)
def fresh_limits():
    cache.clear()


def careful(response):
    """The headers that no answer may lack."""
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert "unsafe" not in response["Content-Security-Policy"]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "geolocation=()" in response["Permissions-Policy"]
    return response


class TestHeaders:
    def test_pages_errors_and_wrong_hosts_carry_them(self, world, client):
        nok = sign_in(world.nok.member)
        for response in (
            nok.get(reverse("access:me")),
            nok.get("/nothing"),
            client.get("/"),
            client.post(reverse("access:me")),
            client.get("/sign/in", headers={"host": "evil.example"}),
            Client(enforce_csrf_checks=True).post("/sign/in"),
        ):
            assert "no-store" in careful(response)["Cache-Control"]

    def test_an_error_of_ours_carries_them_too_and_tells_nothing(self, world, monkeypatch):
        from romyen.access import queries

        nok = sign_in(world.nok.member)
        nok.raise_request_exception = False
        monkeypatch.setattr(queries, "own_page", lambda *a, **k: {}[TYPED])
        response = careful(nok.get(reverse("access:me")))
        assert (response.status_code, response["Cache-Control"]) == (500, "no-store")
        assert TYPED not in response.text
        assert "RY-BROKEN" in response.text
        thai = sign_in(world.nok.member, language="th")
        thai.raise_request_exception = False
        assert 'lang="th"' in thai.get(reverse("access:me")).text

    def test_files_carry_them_and_may_be_kept_for_a_while(self, client):
        response = careful(client.get("/static/romyen/romyen.css"))
        assert "public" in response["Cache-Control"]
        response.close()


class TestRefusals:
    def test_hidden_and_absent_leave_the_same_trace(self, world):
        hidden = found_node("survivor", world.team.node, now=world.now, code="S-TEST")
        dao, absent = sign_in(world.dao.member), new_id()
        for ref in (hidden.pk, absent):
            assert dao.get(f"/record/{ref}/who-can").status_code == 404
        entries = Entry.objects.filter(verb="request.refused").order_by("id")
        assert [e.actor for e in entries] == [world.dao.id] * 2
        assert [e.subjects.get().subject for e in entries] == [hidden.pk, absent]
        bodies = [e.detail.body for e in entries]
        assert bodies[0] == bodies[1] == '{"code":"RY-ABSENT","route":"access:who_can"}'

    def test_a_stranger_with_a_made_up_invitation_is_on_the_log_without_its_token(self, client, db):
        client.get(reverse("access:join", args=["a-made-up-token"]))
        entry = Entry.objects.get(verb="request.refused")
        assert (entry.actor, entry.subjects.count()) == ("stranger", 0)
        assert "made-up" not in entry.detail.body

    def test_a_slip_in_a_form_is_no_refusal(self, world):
        sign_in(world.nok.member).post(reverse("access:invite"), {"name": ""})
        assert not Entry.objects.filter(verb="request.refused").exists()

    def test_who_may_not_exclude_does_not_see_them_in_the_trace(self, world):
        node = found_node("survivor", world.team.node, now=world.now)
        world.exclude(world.prasit, node, by=world.nok)
        sign_in(world.prasit.member).get(f"/record/{node.pk}/who-can")
        assert "Was refused" in sign_in(world.nok.member).get(f"/record/{node.pk}/who-has").text
        assert "refused" not in sign_in(world.pim.member).get(f"/record/{node.pk}/who-has").text


class TestFormTooOld:
    """A page from before the last sign-in is sent: its token is not good any more."""

    @pytest.fixture
    def late(self, world):
        client = sign_in(world.nok.member)
        client.handler.enforce_csrf_checks = True
        return client

    @pytest.mark.parametrize("language", ["th", "en"])
    def test_what_was_typed_is_kept_for_its_author(self, world, late, language):
        late.defaults["HTTP_ACCEPT_LANGUAGE"] = language
        answer = late.post("/leads/new", {"account": TYPED, "csrfmiddlewaretoken": "old"})
        assert answer.status_code == 403
        assert "RY-PAGE-TOO-OLD" in answer.text
        assert ("is kept" in answer.text) == (language == "en")
        assert TYPED not in answer.text
        assert drafts.recall(world.nok, "/leads/new") == {"account": [TYPED]}
        assert TYPED in late.get("/leads/new").text

    def test_a_stranger_leaves_nothing(self, db):
        stranger = Client(enforce_csrf_checks=True, headers={"accept-language": "en"})
        answer = stranger.post("/leads/new", {"account": TYPED})
        assert answer.status_code == 403
        assert "is kept" not in answer.text


_written: list[str] | None = None


def _watch(event, arguments):
    if _written is None:
        return
    if event == "open" and isinstance(arguments[1], str) and set(arguments[1]) & set("wax+"):
        _written.append(str(arguments[0]))
    if event.startswith("tempfile."):
        _written.append(event)


sys.addaudithook(_watch)


@pytest.mark.parametrize("size", [3, 30])
def test_uploads_never_touch_the_disk(world, size):
    global _written
    file = io.BytesIO(b"QZcanary " * (size * 1024 * 1024 // 9))
    file.name = "Mali Jaidee.xlsx"
    client = sign_in(world.nok.member)
    _written = []
    try:
        client.post("/leads/new", {"account": TYPED, "file": file, "submission": "x"})
        touched = [path for path in _written if "romyen.sqlite3" not in path]
    finally:
        _written = None
    assert touched == []


def test_the_watcher_of_the_disk_sees(tmp_path):
    global _written
    _written = []
    (tmp_path / "x").write_text("y")
    seen, _written = _written, None
    assert seen == [str(tmp_path / "x")]


class TestNames:
    """Look-alikes among the staff."""

    @pytest.mark.parametrize(
        ("typed", "kept"),
        [
            ("Lek", "Lek"),
            ("\u202ekeL", "keL"),
            ("Le\u200bk\n", "Lek"),
            ("น้ำฝน", "น้ำฝน"),
            ("Nok\x1b[2J", "Nok[2J"),
        ],
    )
    def test_a_name_is_what_is_seen(self, typed, kept):
        assert plain_name(typed) == kept

    def test_a_domain_in_look_alike_letters_shows_what_it_is(self):
        assert plain_address("Lek@EXAMPLE.org ") == "lek@example.org"
        assert plain_address("lek@ехаmple.org") == "lek@xn--mple-43d3a6i.org"
        for wrong in ("lek", "lеk@example.org", "a@b@c", "x@" + "a" * 300, ""):
            with pytest.raises(Refusal, match="RY-ACCESS-MAIL"):
                plain_address(wrong)

    def test_an_invitation_keeps_it_so_and_sign_in_finds_it(self, world, client):
        _made, token = people.invite(
            email="ying@ไทย.example",
            name="Y\u202eing",
            role="caseworker",
            node=world.team.node,
            actor=world.nok,
            now=world.now,
        )
        ying = people.register(token=token, name="Ying", passphrase="a quiet garden", now=world.now)
        assert ying.email == "ying@xn--o3cw4h.example"
        sent = {"login": "ying@ไทย.example", "password": "a quiet garden"}
        assert client.post(reverse("account_login"), sent).status_code == 302
