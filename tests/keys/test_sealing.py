"""Anyone may put in, only holders take out, and only with a trace."""

import pyrage
import pytest

from romyen import access
from romyen.access.installation import reader_of
from romyen.audit.models import Entry
from romyen.keys import sealing
from romyen.keys.fields import HEAD_BYTES
from romyen.keys.models import Admission, DataKey, Grant
from romyen.survivors.models import Name, Survivor
from world import PASSPHRASE


def blank(node, world):
    return Survivor(node=node, minor="no", gender="", registered_at=world.now, registered_by="test")


@pytest.fixture
def survivor(world):
    node = access.found_node("survivor", world.team.node, now=world.now, code="S-TEST")
    made = blank(node, world)
    access.seal(made, actor=access.operator(), now=world.now, full_name="มะลิ ใจดี")
    made.save(force_insert=True)
    return made


def show(world, reader, survivor):
    found = access.reveal(reader, [survivor], ["full_name"], purpose="test", now=world.now)
    return found[survivor.pk]["full_name"]


def test_the_operator_puts_in_and_the_team_takes_out(world, survivor):
    assert show(world, world.nok, survivor) == "มะลิ ใจดี"
    assert show(world, world.arun, survivor) == "มะลิ ใจดี"


def test_a_stranger_and_another_compartment_see_dots(world, survivor):
    assert show(world, world.dao, survivor) is access.CLOSED
    assert show(world, world.wit, survivor) is access.CLOSED
    assert str(access.CLOSED) == str(survivor.full_name) == "•••"


def test_nothing_opens_without_a_line_in_the_log(world, survivor, monkeypatch):
    before = Entry.objects.filter(verb="sealed.read").count()
    show(world, world.nok, survivor)
    assert Entry.objects.filter(verb="sealed.read").count() == before + 1

    def full_disk(**_said):
        raise OSError("no space left")

    monkeypatch.setattr(sealing.audit, "record_alone", full_disk)
    monkeypatch.setattr(sealing, "decrypt_rows", lambda *a: pytest.fail("opened without a line"))
    with pytest.raises(OSError, match="no space"):
        show(world, world.nok, survivor)


def test_plain_text_cannot_be_assigned(survivor):
    with pytest.raises(TypeError):
        survivor.full_name = "Mali"


def test_a_ciphertext_moved_to_another_row_does_not_open(world, survivor):
    other_node = access.found_node("survivor", world.team.node, now=world.now)
    other = blank(other_node, world)
    other.full_name = survivor.full_name.blob
    with pytest.raises(Exception, match="RY-KEYS-TAMPERED"):
        show(world, world.nok, other)


def test_an_admission_moved_to_another_compartment_opens_nothing(world, survivor):
    mine = Admission.objects.filter(member=world.nok.member.holder)
    identity = mine.get(compartment__compartment="identity")
    other = mine.get(compartment__compartment="care")
    mine.filter(pk=identity.pk).update(wrapped=other.wrapped)
    reader = reader_of(world.nok.member, PASSPHRASE)
    with pytest.raises(Exception, match="RY-KEYS-TAMPERED"):
        show(world, reader, survivor)


def test_a_ciphertext_moved_to_another_column_or_table_does_not_open(world, survivor):
    access.seal(survivor, actor=world.nok, now=world.now, birth="1998")
    survivor.birth, survivor.full_name = survivor.full_name.blob, survivor.birth.blob
    with pytest.raises(Exception, match="RY-KEYS-TAMPERED"):
        show(world, world.nok, survivor)
    alias = Name(survivor=survivor, at=world.now, by="test")
    access.seal(survivor, actor=world.nok, now=world.now, full_name="Mali")
    alias.content = survivor.full_name.blob
    with pytest.raises(Exception, match="RY-KEYS-TAMPERED"):
        access.reveal(world.nok, [alias], ["content"], purpose="test", now=world.now)


def test_a_value_under_the_number_of_another_data_key_does_not_open(world, survivor):
    old = survivor.full_name.blob
    access.seal(survivor, actor=access.operator(), now=world.now, full_name="Mali J.")
    survivor.full_name = survivor.full_name.blob[:HEAD_BYTES] + old[HEAD_BYTES:]
    with pytest.raises(Exception, match="RY-KEYS-TAMPERED"):
        show(world, world.nok, survivor)


def test_the_length_of_a_ciphertext_says_little(world, survivor):
    sizes = set()
    for text in ("a", "มะลิ", "x" * 60):
        access.seal(survivor, actor=world.nok, now=world.now, full_name=text)
        sizes.add(len(survivor.full_name.blob))
    assert len(sizes) == 1


def test_a_later_writer_with_keys_reuses_and_one_without_rotates(world, survivor):
    access.seal(survivor, actor=world.nok, now=world.now, full_name="Mali")
    assert DataKey.objects.filter(subject=survivor.pk, compartment="identity").count() == 1
    access.seal(survivor, actor=access.operator(), now=world.now, full_name="Mali J.")
    survivor.save()
    assert DataKey.objects.filter(subject=survivor.pk, compartment="identity").count() == 2
    assert show(world, world.arun, survivor) == "Mali J."


def test_an_excluded_member_loses_the_key_and_later_writes_rotate(world, survivor):
    world.exclude(world.prasit, survivor.node, by=world.nok)
    assert show(world, world.prasit, survivor) is access.CLOSED
    assert show(world, world.arun, survivor) == "มะลิ ใจดี"
    access.seal(survivor, actor=world.arun, now=world.now, full_name="Mali")
    survivor.save()
    assert DataKey.objects.filter(subject=survivor.pk, compartment="identity").count() == 2
    assert show(world, world.nok, survivor) == "Mali"
    assert show(world, world.prasit, survivor) is access.CLOSED
    assert not Grant.objects.filter(
        data_key__subject=survivor.pk, holder__kind="compartment"
    ).exists()


def test_the_recovery_identity_opens_every_data_key(world, survivor):
    identity = pyrage.x25519.Identity.from_str(world.founded.recovery)
    grant = Grant.objects.get(data_key__subject=survivor.pk, recovery__isnull=False)
    secret = pyrage.decrypt(bytes(grant.wrapped), [identity])[:32]
    ring = world.nok.ring
    opened = sealing.open_data_keys([grant.data_key_id], ring)
    assert opened[grant.data_key_id] == secret
