"""A forgotten passphrase: the mailbox gives back sign-in, never keys, and takes nothing away."""

from datetime import datetime, timedelta
from urllib.parse import urlsplit

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from access.browser import at_code, at_passphrase, sign_in, with_phone
from romyen.access import people, renewing
from romyen.access.doors import clock
from romyen.access.installation import reader_of
from romyen.access.models import Forgotten, Member, OpenRing, Renewal
from romyen.access.passphrases import LinkTokens
from romyen.audit.models import Entry
from romyen.keys import chain
from romyen.keys.models import Admission, Grant, Holder
from romyen.notices.actions import open_mail
from romyen.notices.models import Mail, Notice
from romyen.rules.refusals import Refusal
from world import PASSPHRASE

NEW = "a lantern by the river"
WAITING = reverse("access:waiting")


@pytest.fixture(autouse=True)
def fresh_limits():
    cache.clear()


@pytest.fixture
def arun(world):
    return with_phone(world.arun.member)


def link_for(client, address):
    """Ask for the link, let the chore send it, and take it out of the letter."""
    client.post(reverse("account_reset_password"), {"email": address})
    renewing.answer_forgotten(now=clock())
    letter = open_mail(Mail.objects.latest("queued_at"))
    assert "never your keys" in letter["text"]
    return urlsplit(next(line for line in letter["text"].splitlines() if "/key/" in line)).path


def follow(client, link, passphrase=NEW):
    """Follow the link and set a new passphrase."""
    form = client.get(link).url
    return client.post(form, {"password1": passphrase, "password2": passphrase})


def test_the_mailbox_brings_back_sign_in_and_a_colleague_the_keys(world, client, arun):
    old = arun.holder
    assert follow(client, link_for(client, arun.email)).status_code == 302
    assert at_passphrase(client, arun, NEW).url == reverse("mfa_authenticate")
    assert at_code(client).status_code == 302
    assert client.get("/people").url == WAITING
    words = chain.fingerprint(Renewal.objects.get().holder)
    assert words in client.get(WAITING).text
    waits = sign_in(world.nok.member).get("/people").text
    assert reverse("access:admit", args=[arun.pk]) in waits
    people.admit(arun, words=words, actor=world.nok, now=world.now)
    arun.refresh_from_db()
    assert len(reader_of(arun, NEW).ring.compartments) == 5
    assert not Admission.objects.filter(member=old).exists()
    assert Holder.objects.get(pk=old.pk).retired_at
    fresh = Client()
    assert at_passphrase(fresh, arun, PASSPHRASE).status_code == 200  # the former one is over
    at_passphrase(fresh, arun, NEW)
    at_code(fresh)
    assert fresh.get("/people").status_code == 200


def test_whoever_has_the_mailbox_locks_nobody_out(world, client, arun):
    desk = sign_in(arun)
    held = Admission.objects.filter(member=arun.holder).count()
    follow(client, link_for(client, arun.email))
    assert desk.get("/people").status_code == 200
    assert Admission.objects.filter(member=arun.holder).count() == held == 5
    assert Notice.objects.filter(recipient=arun.pk, kind="member.renewal").exists()
    again = sign_in(arun)
    assert again.get("/people").status_code == 200
    assert not Renewal.objects.exists()
    assert Notice.objects.filter(recipient=arun.pk, kind="member.renewal_dropped").exists()
    assert at_passphrase(Client(), arun, NEW).status_code == 200


def test_mailbox_and_phone_together_change_nothing_either(world, client, arun):
    follow(client, link_for(client, arun.email))
    at_passphrase(client, arun, NEW)
    at_code(client)
    for name in ("mfa_index", "mfa_deactivate_totp", "account_change_password", "access:me"):
        assert client.get(reverse(name)).url == WAITING
    client.post(reverse("access:sign_out_everywhere"))
    assert OpenRing.objects.filter(member=arun).exists()
    follow(client, link_for(client, world.somsri.member.email))
    assert world.again(world.somsri).facts.active


def test_who_never_had_a_phone_sees_the_fingerprint_and_sets_up_none(world, client):
    """A lead of a new house: somebody else's phone is not to be set up through the mailbox."""
    somsri = world.somsri.member
    follow(client, link_for(client, somsri.email))
    at_passphrase(client, somsri, NEW)
    assert client.get("/people").url == WAITING
    assert client.get(reverse("mfa_activate_totp")).url == WAITING
    assert client.get(WAITING).status_code == 200
    assert not somsri.authenticator_set.exists()


def test_an_open_browser_and_the_mailbox_do_not_reach_the_second_factor(client, arun):
    desk = sign_in(arun)
    follow(client, link_for(client, arun.email))
    again = desk.get(reverse("mfa_deactivate_totp")).url
    assert desk.post(again, {"password": NEW}).status_code == 200
    assert desk.post(again, {"password": PASSPHRASE}).status_code == 302


def test_a_link_is_good_once_and_for_an_hour(client, arun, monkeypatch):
    link = link_for(client, arun.email)
    follow(client, link)
    assert "no longer good" in client.get(link).text
    sign_in(arun)  # which throws the renewal away, and does not bring the link back
    assert "no longer good" in client.get(link).text
    late = link_for(client, arun.email)
    assert client.get(late).status_code == 302
    hour = datetime.now() + timedelta(hours=1, seconds=1)  # noqa: DTZ005  as Django counts
    monkeypatch.setattr(LinkTokens, "_now", lambda _self: hour)
    assert "no longer good" in client.get(late).text


def test_a_swapped_renewal_does_not_fit_the_words(world, client, arun):
    """Someone asks again between the call and the click: the second pair has other words."""
    follow(client, link_for(client, arun.email))
    words = chain.fingerprint(Renewal.objects.get().holder)
    renewing.renew(arun, "somebody else entirely", now=world.now)
    with pytest.raises(Refusal, match="RY-ACCESS-FINGERPRINT"):
        people.admit(arun, words=words, actor=world.nok, now=world.now)
    assert Member.objects.get(pk=arun.pk).holder_id == arun.holder_id


def test_a_letter_goes_to_the_address_on_record_whatever_was_typed(client, arun):
    Member.objects.filter(pk=arun.pk).update(email="mike@example.org")
    for typed in ("mıke@example.org", "MIKE@EXAMPLE.ORG"):
        client.post(reverse("account_reset_password"), {"email": typed})
    renewing.answer_forgotten(now=clock())
    assert {open_mail(mail)["to"] for mail in Mail.objects.all()} <= {"mike@example.org"}


def test_a_known_address_is_answered_with_the_same_work_as_an_unknown_one(client, arun):
    asked = []
    for address in (arun.email, "nobody@example.org"):
        with CaptureQueriesContext(connection) as seen:
            client.post(reverse("account_reset_password"), {"email": address})
        asked.append([query["sql"].split(" VALUES")[0] for query in seen.captured_queries])
    assert asked[0] == asked[1] != []
    assert Forgotten.objects.count() == 2
    assert arun.email.encode() not in b"".join(bytes(f.sealed) for f in Forgotten.objects.all())


def test_who_left_gets_no_letter(world, client, arun):
    people.deactivate(arun, actor=world.lek, now=world.now)
    client.post(reverse("account_reset_password"), {"email": arun.email})
    assert renewing.answer_forgotten(now=clock()) == 0


def test_it_is_on_the_log_without_a_name(client, arun):
    follow(client, link_for(client, arun.email))
    entry = Entry.objects.get(verb="member.reset")
    assert (entry.actor, entry.subjects.get().subject) == ("stranger", arun.pk)
    assert not Grant.objects.filter(holder=Renewal.objects.get().holder).exists()
