"""The way in: passphrase, then code, then home; and every way that leads nowhere."""

import json
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from access.browser import (
    SEED,
    at_code,
    at_passphrase,
    code_now,
    seed_on,
    sign_in,
    with_phone,
    wrong_code,
)
from romyen.access import rings
from romyen.access.doors import clock
from romyen.access.models import Draft, OpenRing, Session
from world import PASSPHRASE

HOME = reverse("access:me")


@pytest.fixture(autouse=True)
def fresh_limits():
    """Rate limits and used codes live in the cache."""
    cache.clear()


@pytest.fixture
def nok(world):
    return with_phone(world.nok.member)


def opens(client):
    return client.get(HOME).status_code == 200


def test_passphrase_and_code_open_the_house(client, nok):
    assert at_passphrase(client, nok).url == reverse("mfa_authenticate")
    assert not opens(client)
    assert at_code(client).url == "/"
    assert opens(client)


def test_before_the_last_factor_nothing_opens(client, nok):
    at_passphrase(client, nok)
    for path in (HOME, reverse("mfa_index"), reverse("mfa_view_recovery_codes")):
        assert client.get(path).status_code == 302
    assert all(row.staged for row in OpenRing.objects.all())


@pytest.mark.parametrize("who", ["known", "unknown"])
def test_known_and_unknown_addresses_hear_the_same(client, nok, who):
    address = nok.email if who == "known" else "nobody@example.org"
    page = client.post(reverse("account_login"), {"login": address, "password": "not it at all"})
    assert page.status_code == 200
    assert "govuk-error-summary" in page.text
    assert page.text.count(address) == 1  # only in the field where it was typed
    page = client.post(reverse("account_reset_password"), {"email": address})
    assert (page.status_code, page.url) == (302, reverse("account_reset_password_done"))


def test_five_wrong_codes_and_one_begins_anew(client, nok):
    at_passphrase(client, nok)
    for _ in range(4):
        assert at_code(client, wrong_code()).status_code == 200
    assert at_code(client, wrong_code()).url == reverse("account_login")
    assert not OpenRing.objects.exists()
    assert at_code(client).url == reverse("account_login")
    assert not opens(client)


def test_a_code_after_five_minutes_opens_nothing(client, nok):
    at_passphrase(client, nok)
    OpenRing.objects.update(ends_at=clock() - timedelta(seconds=1))
    at_code(client)
    assert not opens(client)


@pytest.mark.parametrize("again", ["same", "parted", "dashed"])
def test_a_code_is_good_once_also_a_step_later(client, nok, monkeypatch, again):
    """However it is written: spaces and dashes are no part of a code."""
    code = code_now()
    at_passphrase(client, nok)
    assert client.post(reverse("mfa_authenticate"), {"code": code}).url == "/"
    client.post(reverse("account_logout"))
    monkeypatch.setattr("allauth.mfa.totp.internal.auth.TOTP._mark_code_used", lambda *a: True)
    cache.clear()
    at_passphrase(client, nok)
    again = {"same": code, "parted": f"{code[:3]} {code[3:]}", "dashed": f"-{code}"}[again]
    assert client.post(reverse("mfa_authenticate"), {"code": again}).status_code == 200
    assert not opens(client)


def test_a_code_without_the_cookie_of_the_passphrase_opens_nothing(client, nok):
    at_passphrase(client, nok)
    del client.cookies[rings.cookie_name()]
    at_code(client)
    assert not opens(client)


def test_signing_out_wipes_the_keys(client, nok):
    at_passphrase(client, nok)
    at_code(client)
    kept = client.cookies.copy()
    assert client.post(reverse("account_logout")).url == reverse("account_login")
    assert not OpenRing.objects.exists()
    client.cookies = kept
    assert not opens(client)


def test_keys_go_at_sign_out_even_when_the_session_is_gone(client, nok):
    at_passphrase(client, nok)
    at_code(client)
    Session.objects.all().delete()
    client.post(reverse("account_logout"))
    assert not OpenRing.objects.exists()


def test_signing_out_everywhere(nok):
    phone, desk = sign_in(nok), sign_in(nok)
    assert opens(phone)
    assert opens(desk)
    phone.post(reverse("access:sign_out_everywhere"))
    assert not opens(phone)
    assert not opens(desk)


def test_idle_keys_are_wiped_and_the_way_back_is_sign_in(client, nok):
    at_passphrase(client, nok)
    at_code(client)
    OpenRing.objects.update(seen_at=clock() - timedelta(minutes=15))
    answer = client.get(HOME)
    assert answer.url == f"{reverse('account_login')}?next=%2Fme"
    assert not bytes(OpenRing.objects.get().sealed)
    assert client.get(answer.url).status_code == 200  # not round and round
    at_passphrase(client, nok, next=HOME)
    assert at_code(client).url == HOME
    assert opens(client)


@pytest.mark.parametrize(
    ("wish", "way"),
    [
        ("/me/notices", "/me/notices"),
        ("https://evil.example/", "/"),
        ("//evil.example/", "/"),
        ("javascript:alert(1)", "/"),
        ("/\\evil.example", "/"),
    ],
)
def test_next_leads_only_into_this_house(client, nok, wish, way):
    at_passphrase(client, nok, next=wish)
    assert at_code(client).url == way


def test_the_session_key_changes_with_sign_in(client, nok):
    client.get(reverse("account_login"))
    session = client.session
    session["planted"] = "x"
    session.save()
    client.cookies["romyen"] = session.session_key
    at_passphrase(client, nok)
    at_code(client)
    assert client.cookies["romyen"].value != session.session_key
    assert not client.session.exists(session.session_key)


def test_the_first_sign_in_sets_up_the_phone_and_then_opens(client, world):
    member = world.arun.member
    at_passphrase(client, member)
    assert client.get(HOME).url == reverse("mfa_activate_totp")
    page = client.get(reverse("mfa_activate_totp"))
    assert "<svg" in page.text
    assert "style=" not in page.text
    answer = client.post(reverse("mfa_activate_totp"), {"code": code_now(seed_on(page))})
    assert answer.url == reverse("mfa_view_recovery_codes")
    codes = client.get(answer.url)
    assert "shown once" in codes.text
    assert "shown once. Write" not in client.get(answer.url).text
    assert opens(client)


def test_a_wrong_first_code_sets_up_nothing(client, world):
    at_passphrase(client, world.arun.member)
    page = client.get(reverse("mfa_activate_totp"))
    answer = client.post(reverse("mfa_activate_totp"), {"code": wrong_code(seed_on(page))})
    assert "govuk-error-summary" in answer.text
    assert seed_on(answer) == seed_on(page)
    assert client.get(HOME).url == reverse("mfa_activate_totp")


def test_a_first_code_that_comes_too_late_begins_anew(client, world):
    at_passphrase(client, world.arun.member)
    page = client.get(reverse("mfa_activate_totp"))
    OpenRing.objects.update(ends_at=clock())
    answer = client.post(reverse("mfa_activate_totp"), {"code": code_now(seed_on(page))})
    assert answer.url.startswith(reverse("account_login"))
    assert not opens(client)
    assert not world.arun.member.authenticator_set.exists()


def test_a_recovery_code_stands_in_for_the_phone_once(client, nok):
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    code = RecoveryCodes.activate(nok).get_unused_codes()[0]
    at_passphrase(client, nok)
    assert at_code(client, code).url == "/"
    assert opens(client)
    client.post(reverse("account_logout"))
    at_passphrase(client, nok)
    assert at_code(client, code).status_code == 200


def test_the_second_factor_is_replaced_never_dropped(nok):
    client = sign_in(nok)
    again = client.get(reverse("mfa_deactivate_totp"))
    assert again.url.startswith(reverse("account_reauthenticate"))
    client.post(again.url, {"password": PASSPHRASE})
    page = client.get(reverse("mfa_deactivate_totp"))
    new = seed_on(page)
    wrong = client.post(reverse("mfa_deactivate_totp"), {"code": wrong_code(new)})
    assert "govuk-error-summary" in wrong.text
    cache.clear()
    assert at_code(Client(), code_now()).status_code == 302
    client.post(reverse("mfa_deactivate_totp"), {"code": code_now(new)})
    fresh = Client()
    at_passphrase(fresh, nok)
    assert at_code(fresh, code_now(SEED)).status_code == 200
    assert at_code(fresh, code_now(new)).url == "/"


def test_an_open_browser_alone_does_not_reach_the_second_factor(nok):
    client = sign_in(nok)
    client.post(reverse("mfa_deactivate_totp"), {"code": "000000"})
    for name in ("mfa_generate_recovery_codes", "mfa_deactivate_totp"):
        assert client.get(reverse(name)).url.startswith(reverse("account_reauthenticate"))


def test_a_mail_link_asks_to_go_on(nok):
    client = sign_in(nok)
    secret = client.cookies.pop(rings.cookie_name())
    page = client.get(HOME, headers={"sec-fetch-site": "cross-site"})
    assert page.status_code == 200
    assert nok.name not in page.text
    client.cookies[rings.cookie_name()] = secret.value
    assert opens(client)


def test_another_passphrase_keeps_the_keys(nok, world):
    client = sign_in(nok)
    before = bytes(nok.holder.public)
    words = {"oldpassword": PASSPHRASE, "password1": "a lantern by the river"}
    client.post(reverse("account_change_password"), {**words, "password2": words["password1"]})
    assert not opens(client)
    nok.refresh_from_db()
    assert bytes(nok.holder.public) == before
    assert opens(sign_in(nok, passphrase="a lantern by the river"))


class TestLateForm:
    """A form that arrives after the sign-in expired is sealed to its author."""

    TYPED = "she asked for her sister"

    @pytest.fixture
    def late(self, nok):
        client = sign_in(nok)
        OpenRing.objects.update(seen_at=clock() - timedelta(minutes=20))
        sent = {"text": self.TYPED, "passphrase": "secret words"}
        answer = client.post("/me/notices", sent)
        assert answer.url == f"{reverse('account_login')}?next=%2Fme%2Fnotices&kept=1"
        return client

    def test_it_is_sealed_to_its_author(self, late, nok):
        draft = Draft.objects.get()
        assert draft.member == nok
        assert self.TYPED.encode() not in bytes(draft.sealed)
        assert "secret words" not in json.dumps([*Draft.objects.values_list("form", flat=True)])

    def test_the_author_finds_it_again_and_nobody_else(self, late, nok, world):
        from romyen.access import drafts

        assert drafts.recall(world.nok, "/me/notices") == {"text": [self.TYPED]}
        assert drafts.recall(world.arun, "/me/notices") is None
        Draft.objects.update(member=world.arun.member)
        assert drafts.recall(world.arun, "/me/notices") is None
