"""Signing in: before the last factor nothing opens, and what was staged is wiped."""

import base64
from datetime import UTC, datetime, timedelta

import pytest
from django.test import RequestFactory

from romyen.access import rings
from romyen.access.models import OpenRing
from romyen.rules.refusals import Refusal
from world import PASSPHRASE

NOW = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)


def browser(cookie):
    request = RequestFactory().get("/")
    request.COOKIES[rings.cookie_name()] = base64.urlsafe_b64encode(cookie.secret).decode()
    return request


@pytest.fixture
def staged(world):
    return browser(rings.stage(world.nok.member, PASSPHRASE, now=NOW))


def test_staged_keys_are_not_usable_and_the_database_alone_does_not_open_them(world, staged):
    row = rings.row_of(staged)
    assert row.staged
    assert not rings.usable(row, now=NOW)
    with pytest.raises(Refusal, match="RY-ACCESS-SIGN-IN"):
        rings.open_secret(staged, row, now=NOW)
    private = world.nok.ring.private.private_bytes_raw()
    assert private not in bytes(row.sealed)


def test_after_the_last_factor_the_same_keys_are_open(world, staged):
    opened = browser(rings.release(staged, world.nok.member, now=NOW))
    row = rings.row_of(opened)
    secret = rings.open_secret(opened, row, now=NOW)
    assert secret[:32] == world.nok.ring.private.private_bytes_raw()
    assert rings.row_of(staged) is None


def test_five_wrong_codes_wipe_what_was_staged(staged):
    assert [rings.failed_factor(staged) for _ in range(5)] == [False] * 4 + [True]
    assert not OpenRing.objects.filter(staged=True).exists()


def test_what_was_staged_is_over_after_five_minutes(world, staged):
    late = NOW + timedelta(minutes=5)
    assert rings.release(staged, world.nok.member, now=late).secret is None
    rings.sweep(now=late)
    assert rings.row_of(staged) is None


def test_somebody_else_cannot_release_them(world, staged):
    assert rings.release(staged, world.arun.member, now=NOW).secret is None


@pytest.mark.parametrize("pause", [timedelta(minutes=15), timedelta(hours=8)])
def test_idle_and_absolute_ends(world, staged, pause):
    opened = browser(rings.release(staged, world.nok.member, now=NOW))
    row = rings.row_of(opened)
    assert rings.usable(row, now=NOW + pause - timedelta(seconds=1)) == (pause.seconds < 3600)
    assert not rings.usable(row, now=NOW + pause)
    rings.sweep(now=NOW + timedelta(minutes=16))
    assert not bytes(OpenRing.objects.get().sealed)


def test_a_member_who_was_deactivated_is_out_at_once(world, staged):
    opened = browser(rings.release(staged, world.nok.member, now=NOW))
    world.nok.member.is_active = False
    world.nok.member.save()
    assert not rings.usable(rings.row_of(opened), now=NOW)


def test_a_wrong_passphrase_opens_nothing(world):
    with pytest.raises(Refusal, match="RY-KEYS-WRONG-PASSPHRASE"):
        rings.stage(world.nok.member, "another garden entirely", now=NOW)
