"""A forgotten passphrase: what the mailbox gives back, and what it never takes (decision 0020).

A link by mail makes a *renewal*: a new passphrase with a key pair of its own, which opens nothing
until a colleague has compared its fingerprint and admitted it. Until then the former passphrase
and its keys stay as they are; whoever signs in with them throws the renewal away.
"""

import json
from datetime import datetime, timedelta

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import translation

from romyen import audit
from romyen.access.decisions import who_can
from romyen.access.models import Forgotten, Member, Node, Renewal
from romyen.keys import founding
from romyen.keys.box import box
from romyen.keys.models import Holder
from romyen.notices.actions import notify

ASKED = "forgotten passphrase"
MAILBOX = "stranger"
"""Who acts on a link from a letter: somebody who reads that mailbox, and no more is known."""


def ask_for_link(address: str, *, language: str, now: datetime) -> Forgotten:
    """Note that somebody forgot a passphrase. The same work for every address."""
    asked = json.dumps({"address": address}).encode()
    return Forgotten.objects.create(
        sealed=box().seal(ASKED, asked), language=language, asked_at=now
    )


def answer_forgotten(*, now: datetime) -> int:
    """Send the links that were asked for, to the addresses on record; how many (a chore).

    A wish that lay for longer than a link is good has been given up.
    """
    from romyen.access.inviting import send_link

    sent = 0
    Forgotten.objects.filter(asked_at__lt=now - timedelta(hours=1)).delete()
    for asked in Forgotten.objects.order_by("asked_at")[:50]:
        with transaction.atomic():
            if not Forgotten.objects.filter(pk=asked.pk).delete()[0]:
                continue
            address = json.loads(box().open(ASKED, bytes(asked.sealed)))["address"]
            with translation.override(asked.language):
                for member in _with_address(address):
                    send_link(member)
                    sent += 1
    return sent


def _with_address(address: str) -> list[Member]:
    from allauth.account.internal.userkit import filter_users_by_email

    return list(filter_users_by_email(address, is_active=True, prefer_verified=True))


def renew(member: Member, passphrase: str, *, now: datetime) -> None:
    """A link from the mailbox was followed: a new pair under ``passphrase`` waits for admission.

    A member whom nobody has admitted yet holds nothing, so there the new pair takes the place of
    the old one at once. Otherwise nothing of the member's own changes.
    """
    with transaction.atomic():
        member = locked(member)
        drop(member)
        holder = founding.make_user_keys(passphrase, person=member.pk, now=now)
        if member.has_usable_keys():
            Renewal.objects.create(
                member=member, holder=holder, password=make_password(passphrase), at=now
            )
            notify([member.pk], "member.renewal", subject=member.pk, now=now)
        else:
            _replace(member, holder, make_password(passphrase), now=now)
        ask_for_admission(member, now=now)
        audit.record(actor=MAILBOX, verb="member.reset", subject=member.pk, at=now)


def locked(member: Member) -> Member:
    """The same member, read anew and held until the transaction ends: one change of keys after
    the other.
    """
    Member.objects.select_for_update().get(pk=member.pk)
    member.refresh_from_db()
    return member


def ask_for_admission(member: Member, *, now: datetime) -> None:
    """Tell those who may admit the member that somebody waits."""
    nodes = Node.objects.filter(assignments__member=member).distinct()
    able = {m.pk for node in nodes for m in who_can("member.admit", node, now=now)}
    notify(able - {member.pk}, "member.waiting", subject=member.pk, now=now)


def waiting_renewal(member: Member) -> Renewal | None:
    """The member's renewal that waits, if there is one."""
    return Renewal.objects.select_related("holder").filter(member=member).first()


def drop(member: Member) -> bool:
    """Throw a renewal away with its pair, which opened nothing; whether there was one."""
    renewal = waiting_renewal(member)
    if renewal is None:
        return False
    renewal.delete()
    renewal.holder.delete()  # its rings go with it
    return True


def keep_former(member: Member, *, now: datetime) -> None:
    """The member signed in with the former passphrase and every factor: no renewal is needed."""
    with transaction.atomic():
        if drop(locked(member)):
            audit.record(actor=member.pk, verb="member.reset_dropped", subject=member.pk, at=now)
            notify([member.pk], "member.renewal_dropped", subject=member.pk, now=now)


def take_renewed(member: Member, renewal: Renewal, *, now: datetime) -> None:
    """The renewal was admitted: its pair and passphrase are the member's from now on."""
    renewal.delete()
    _replace(member, renewal.holder, renewal.password, now=now)


def _replace(member: Member, holder: Holder, password: str, *, now: datetime) -> None:
    former, member.holder, member.password = member.holder, holder, password
    member.save(update_fields=["holder", "password"])
    member.rings.all().delete()
    if former is not None:
        founding.retire(former, now=now)
        details = {"holder": former.pk}
        audit.record(
            actor=member.pk, verb="keys.retire", subject=member.pk, details=details, at=now
        )
