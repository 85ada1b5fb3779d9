"""The gallery rendered: messages lead to their fields, and no markup that the headers forbid."""

import re
from pathlib import Path

import pytest
from django.test import Client, override_settings

import romyen
from romyen.pages import errors
from romyen.pages.errors import RefusalMiddleware
from romyen.rules.refusals import refuse

HERE = Path(__file__).parent
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "DIRS": [HERE / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "romyen.pages.era.calendar",
            ]
        },
    }
]
MIDDLEWARE = [
    "django.middleware.locale.LocaleMiddleware",
    "romyen.pages.era.EraMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "romyen.pages.errors.RefusalMiddleware",
]


@pytest.fixture
def visitor():
    wanted = {
        "ROOT_URLCONF": "pages.gallery",
        "TEMPLATES": TEMPLATES,
        "MIDDLEWARE": MIDDLEWARE,
        "ROMYEN_SLOTS": {"case": ["gallery_alerts", "gallery_hidden"]},
        "ALLOWED_HOSTS": ["testserver"],
    }
    with override_settings(**wanted):
        yield Client(headers={"accept-language": "en"})


def test_every_message_of_the_summary_leads_to_an_input_that_exists(visitor):
    page = visitor.get("/?bad").content.decode()
    targets = re.findall(r'<a href="#(id_[^"]+)">', page)
    assert len(targets) == 3
    for target in targets:
        assert len(re.findall(rf'<(?:input|select)[^>]* id="{target}"', page)) == 1


def test_what_describes_an_input_exists_and_ids_are_used_once(visitor):
    page = visitor.get("/?bad").content.decode()
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    named = " ".join(re.findall(r'aria-describedby="([^"]+)"', page)).split()
    assert set(named) <= set(ids)
    assert set(re.findall(r'<label[^>]* for="([^"]+)"', page)) <= set(ids)


def test_what_was_typed_is_shown_again_but_never_a_passphrase(visitor):
    page = visitor.get("/?bad&passphrase=s3cret").content.decode()
    assert 'value="๓๑"' in page
    assert 'value="มะลิ"' in page
    assert not re.search(r'type="password"[^>]*value=', page)


def test_a_slot_is_a_link_that_fills_itself(visitor):
    page = visitor.get("/").content.decode()
    assert 'data-hx-get="/cases/x/alerts"' in page
    assert '<a class="govuk-link" href="/cases/x/alerts">Alerts</a>' in page


def test_hidden_and_absent_are_the_same_bytes(visitor):
    hidden, absent = visitor.get("/cases/K7/hidden"), visitor.get("/cases/nobody")
    assert hidden.status_code == absent.status_code == 404
    assert hidden.content == absent.content
    assert hidden.headers == absent.headers
    assert b"RY-ABSENT" in hidden.content


@pytest.mark.parametrize("ask", [{"accept": "application/json"}, {"hx-request": "true"}])
def test_a_refusal_answers_in_the_form_it_was_asked_in(visitor, ask):
    answer = visitor.get("/cases/x/hidden", headers=ask)
    assert answer.status_code == 404
    assert b"<html" not in answer.content
    assert b"RY-ABSENT" in answer.content


def test_the_500_page_tells_nothing_of_what_happened(visitor, rf, monkeypatch):
    page = errors.broken(rf.get("/cases/QZcanary"))
    assert page.status_code == 500
    assert b"QZcanary" not in page.content

    def fall(*args, **kwargs):
        raise OSError("disk")

    monkeypatch.setattr(errors, "render_to_string", fall)
    bare = errors.broken(rf.get("/cases/QZcanary"))
    assert bare.status_code == 500
    assert b"disk" not in bare.content


def test_other_errors_are_left_to_django(rf):
    middleware = RefusalMiddleware(lambda request: None)
    assert middleware.process_exception(rf.get("/"), ValueError("x")) is None
    assert middleware.process_exception(rf.get("/"), refuse("RY-BUSY")).status_code == 503


def test_choosing_a_calendar_is_kept_and_leads_only_home_or_back(visitor):
    answer = visitor.post("/pages/era", {"era": "be", "next": "https://elsewhere.example/"})
    assert answer.headers["Location"] == "/"
    assert answer.cookies["romyen_era"].value == "be"
    assert "5 March 2569 B.E." in visitor.get("/").content.decode()
    answer = visitor.post("/pages/era", {"era": "moon", "next": "/?bad"})
    assert (answer.headers["Location"], len(answer.cookies)) == ("/?bad", 0)


def test_no_template_of_ours_holds_inline_script_or_style():
    templates = list(Path(romyen.__file__).parent.rglob("templates/**/*.html"))
    assert templates
    forbidden = re.compile(
        r"<style|\sstyle=|\son[a-z]+=[\x22\x27]|javascript:|<script(?![^>]*\ssrc=)|hx-on",
        re.IGNORECASE,
    )
    found = [path.name for path in templates if forbidden.search(path.read_text())]
    assert found == []
