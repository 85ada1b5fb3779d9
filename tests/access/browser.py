"""A person at a browser: signs in as the pages ask for it."""

import re
import time

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from romyen.access.models import UsedCode
from world import PASSPHRASE

SEED = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def code_now(seed=SEED):
    """What the phone shows."""
    return format_hotp_value(hotp_value(seed, int(time.time()) // 30))


def wrong_code(seed=SEED):
    """Six digits that the phone does not show, nor did or will in half a minute."""
    step = int(time.time()) // 30
    near = {format_hotp_value(hotp_value(seed, step + n)) for n in range(-2, 3)}
    return next(code for code in ("000000", "000001", "000002", "000003") if code not in near)


def with_phone(member, seed=SEED):
    """Give a member a second factor that is already set up."""
    Authenticator.objects.filter(user=member).delete()
    TOTP.activate(member, seed)
    return member


def half_a_minute_later():
    """The limits on guessing have cooled down, and the phone shows another code."""
    cache.clear()
    UsedCode.objects.all().delete()


def at_passphrase(client, member, passphrase=PASSPHRASE, **more):
    """Type address and passphrase."""
    sent = {"login": member.email, "password": passphrase, **more}
    return client.post(reverse("account_login"), sent)


def at_code(client, code=None):
    """Type the code from the phone; an earlier line of the story may have used the same one."""
    half_a_minute_later()
    return client.post(reverse("mfa_authenticate"), {"code": code or code_now()})


def sign_in(member, language="en", **more):
    """A browser in which the member is signed in, both factors given."""
    client = Client(headers={"accept-language": language})
    with_phone(member)
    half_a_minute_later()
    at_passphrase(client, member, **more)
    assert at_code(client).status_code == 302
    return client


def seed_on(response):
    """The letters that the set-up page shows."""
    letters = re.search(r'romyen-words" translate="no">([A-Z2-7 ]+)<', response.text)
    return letters[1].replace(" ", "")
