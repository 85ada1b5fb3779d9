"""Guessing is slow, and nobody's guessing locks an organisation out."""

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from access.browser import at_code, at_passphrase, code_now, half_a_minute_later, with_phone
from access.browser import wrong_code as wrong
from romyen.access import rings
from romyen.access.models import OpenRing

TOO_MANY = "Too many attempts"


@pytest.fixture(autouse=True)
def fresh_limits():
    cache.clear()


@pytest.fixture
def arun(world):
    return with_phone(world.arun.member)


def browser(address="10.0.0.9", **more):
    return Client(headers={"accept-language": "en"}, REMOTE_ADDR=address, **more)


def guess(address, member, times):
    for _ in range(times):
        page = at_passphrase(browser(address), member, "not the passphrase")
    return page


def test_five_wrong_passphrases_close_the_door_for_that_place_alone(arun):
    assert TOO_MANY in guess("10.0.0.9", arun, 6).text
    assert TOO_MANY in at_passphrase(browser("10.0.0.9"), arun).text  # also the right one
    assert at_passphrase(browser("10.0.0.8"), arun).url == reverse("mfa_authenticate")


def test_whoever_guesses_everyone_is_slowed_and_the_others_come_in(world, arun):
    for name in ("nok", "mali", "pim", "wit", "lek"):
        guess("10.0.0.9", getattr(world, name).member, 3)
    assert TOO_MANY in at_passphrase(browser("10.0.0.9"), arun).text or (
        at_passphrase(browser("10.0.0.9"), arun).status_code == 429
    )
    for name in ("nok", "mali", "pim", "wit", "lek"):
        member = with_phone(getattr(world, name).member)
        assert at_passphrase(browser("10.0.0.7"), member).status_code == 302


def test_behind_our_proxy_each_device_counts_for_itself(arun, settings):
    """The proxy's own word is the last one; what a client puts before it is not heard."""
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for number in range(6):
        told = {"HTTP_X_FORWARDED_FOR": f"9.9.9.{number}, 10.0.0.9"}
        page = at_passphrase(browser("127.0.0.1", **told), arun, "not the passphrase")
    assert TOO_MANY in page.text
    other = browser("127.0.0.1", HTTP_X_FORWARDED_FOR="10.0.0.8")
    assert at_passphrase(other, arun).status_code == 302


def test_who_knows_a_passphrase_does_not_try_codes_for_long(arun):
    """Five codes in five minutes, from however many places the passphrase is typed again."""
    for number in range(5):
        client = browser(f"10.0.1.{number}")
        at_passphrase(client, arun)
        client.post(reverse("mfa_authenticate"), {"code": wrong()})
    client = browser("10.0.2.1")
    at_passphrase(client, arun)
    refused = client.post(reverse("mfa_authenticate"), {"code": code_now()})
    assert TOO_MANY in refused.text
    assert not OpenRing.objects.filter(staged=False).exists()
    half_a_minute_later()
    at_passphrase(client, arun)
    assert at_code(client).status_code == 302


def test_the_store_of_the_limits_is_not_emptied_by_typing_many_addresses(arun):
    guess("10.0.0.9", arun, 5)
    for number in range(400):
        cache.set(f"another-limit-{number}", [1.0], 300)
    assert TOO_MANY in at_passphrase(browser("10.0.0.9"), arun).text


def test_a_staged_ring_of_someone_who_left_is_not_made(world, arun):
    arun.is_active = False
    arun.save()
    page = at_passphrase(browser(), arun)
    assert page.url == reverse("account_inactive")
    assert rings.cookie_name() not in {n for n, c in page.cookies.items() if c.value}
    assert not OpenRing.objects.exists()
