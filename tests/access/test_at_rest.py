"""A copied database opens nothing: neither keys, nor sessions, nor seeds, nor drafts."""

from pathlib import Path

import pytest
from django.db import connection
from django.urls import reverse

from access.browser import SEED, sign_in
from romyen.access import drafts
from romyen.access.models import Draft, OpenRing, Session
from romyen.access.sessions import SessionStore
from romyen.keys.box import box_path

TYPED = "she is afraid of the man with the blue lorry"


def dump():
    """Every value of every table, as a thief of the file would see it."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            for row in cursor.fetchall():
                yield from (raw(value) for value in row)


def raw(value):
    return bytes(value) if isinstance(value, memoryview | bytes) else str(value).encode()


@pytest.fixture
def stolen(world):
    """Nok is signed in and has typed something; then the database is copied."""
    client = sign_in(world.nok.member)
    answer = client.post(f"{reverse('access:draft')}?form=/leads/new", {"account": TYPED})
    assert answer.json() == {"kept": True}
    return client, b"\0".join(dump())


def test_nothing_in_the_tables_opens_anything(world, stolen):
    client, everything = stolen
    secrets = {
        "the seed of the phone": SEED,
        "the session's key": client.cookies["romyen"].value,
        "the ring's cookie": client.cookies["romyen-ring"].value,
        "the draft": TYPED,
        "the private key": world.nok.ring.private.private_bytes_raw(),
        "the signing key": world.nok.ring.signing.private_bytes_raw(),
    }
    for name, secret in secrets.items():
        assert raw(secret) not in everything, name
    assert world.nok.member.email.encode() in everything  # the scan finds what is in the open


def test_a_session_moved_to_another_key_is_empty(stolen):
    row, thief = Session.objects.first(), SessionStore()
    thief["mine"] = 1
    thief.create()
    Session.objects.filter(key_hash=thief_row(thief)).update(sealed=row.sealed)
    assert SessionStore(thief.session_key).load() == {}


def thief_row(store):
    from romyen.access.sessions import _hash

    return _hash(store.session_key)


def test_staged_keys_do_not_open_by_a_changed_flag(world, client):
    from access.browser import at_passphrase, with_phone

    at_passphrase(client, with_phone(world.nok.member))
    OpenRing.objects.update(staged=False)
    assert client.get(reverse("access:me")).status_code == 503


def test_drafts_are_their_authors_and_can_be_thrown_away(world, stolen):
    client, _everything = stolen
    assert drafts.recall(world.nok, "/leads/new") == {"account": [TYPED]}
    other = sign_in(world.arun.member)
    other.delete(f"{reverse('access:draft')}?form=/leads/new")
    assert Draft.objects.count() == 1
    client.delete(f"{reverse('access:draft')}?form=/leads/new")
    assert not Draft.objects.exists()


def test_the_box_is_its_owners_alone():
    assert Path(box_path()).stat().st_mode & 0o077 == 0
