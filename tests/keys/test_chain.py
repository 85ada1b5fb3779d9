"""Whose key is it? A swapped key makes intake refuse."""

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from romyen.access import found_node, operator
from romyen.access.sealing import holders_for
from romyen.keys import chain
from romyen.keys.models import Holder, RecoveryKey
from romyen.keys.sealing import Sealer
from romyen.rules.refusals import Refusal


def test_every_holder_of_the_world_reaches_the_root(world):
    for holder in Holder.objects.all():
        assert chain.trusted(holder) is holder


def swap(holder):
    mine = X25519PrivateKey.generate()
    Holder.objects.filter(pk=holder.pk).update(public=mine.public_key().public_bytes_raw())


def intake(world):
    node = found_node("survivor", world.team.node, now=world.now)
    holders = holders_for(node, "identity", now=world.now)
    return Sealer("operator").data_key(node.pk, "identity", {"identity": holders}, world.now)


def test_a_swapped_public_key_makes_intake_refuse(world):
    assert intake(world)
    swap(Holder.objects.get(team=world.team.pk, compartment="identity"))
    with pytest.raises(Refusal, match="RY-KEYS-BROKEN-CHAIN"):
        intake(world)


def test_a_swapped_recovery_identity_makes_intake_refuse(world):
    import pyrage

    other = str(pyrage.x25519.Identity.generate().to_public())
    RecoveryKey.objects.update(recipient=other)
    with pytest.raises(Refusal, match="RY-KEYS-BROKEN-CHAIN"):
        intake(world)


def test_a_key_signed_by_a_stranger_is_not_trusted(world):
    """Someone with the database, but not with a holder's key, signs themselves in."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    holder = Holder.objects.get(team=world.team.pk, compartment="care")
    chain.sign(holder, Ed25519PrivateKey.generate())
    with pytest.raises(Refusal, match="RY-KEYS-BROKEN-CHAIN"):
        chain.trusted(holder)


def test_an_unadmitted_member_gets_no_key(world):
    from romyen.keys import founding

    newcomer = founding.make_user_keys("a quiet garden in the shade", person="x", now=world.now)
    with pytest.raises(Refusal, match="RY-KEYS-BROKEN-CHAIN"):
        chain.trusted(newcomer)


def test_whoever_imports_holds_nothing(world):
    actor = operator()
    assert actor.sealer.ring is None


def test_another_root_than_the_one_beside_the_box_is_not_believed(world, settings, tmp_path):
    """Whoever rules the database founds a chain of their own; the anchor lies elsewhere."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    holder = Holder.objects.get(team=world.team.pk, compartment="care")
    settings.ROMYEN_KEYS_DIR = tmp_path
    chain.write_root(Ed25519PrivateKey.generate().public_key().public_bytes_raw())
    with pytest.raises(Refusal, match="RY-KEYS-BROKEN-CHAIN"):
        chain.trusted(holder)
    chain.root_path().unlink()
    with pytest.raises(Refusal, match="RY-KEYS-BROKEN-CHAIN"):
        chain.trusted(holder)


@pytest.mark.parametrize(
    "change",
    [
        {"team": "elsewhere"},
        {"compartment": "care"},
        {"version": 2},
        {"kind": "user"},
        {"person": "somebody"},
        {"verify": b"v" * 32},
        {"signature": b"s" * 64},
    ],
)
def test_every_word_of_a_statement_is_signed(world, change):
    holder = Holder.objects.get(team=world.team.pk, compartment="identity")
    for name, value in change.items():
        setattr(holder, name, value)
    with pytest.raises(Refusal, match="RY-KEYS-BROKEN-CHAIN"):
        chain.trusted(holder)


def test_an_admission_replayed_for_another_pair_is_not_believed(world):
    """The signature of one admission under the row of another pair."""
    arun, dao = world.arun.member.holder, world.dao.member.holder
    dao.signature, dao.admitted_by = arun.signature, arun.admitted_by
    with pytest.raises(Refusal, match="RY-KEYS-BROKEN-CHAIN"):
        chain.trusted(dao)


def test_who_admits_each_other_in_a_circle_reaches_no_root(world):
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from romyen.keys import founding

    pairs = [founding.make_user_keys("x" * 12, person=name, now=world.now) for name in "ab"]
    for one, other in (pairs, pairs[::-1]):
        key = Ed25519PrivateKey.generate()
        other.verify, one.admitted_by = key.public_key().public_bytes_raw(), other
        chain.sign(one, key)
    with pytest.raises(Refusal, match="RY-KEYS-BROKEN-CHAIN"):
        chain.trusted(pairs[0])


def test_a_compartment_admits_nobody(world):
    arun = world.arun.member.holder
    arun.admitted_by = Holder.objects.get(team=world.team.pk, compartment="identity")
    with pytest.raises(Refusal, match="RY-KEYS-BROKEN-CHAIN"):
        chain.trusted(arun)


def test_an_admitted_pair_hung_under_another_name_gets_nothing(world):
    """A partner inside lets the database say that Nok's keys are Dao's: nothing is wrapped."""
    from romyen.access import walls
    from romyen.access.models import Member

    Member.objects.filter(pk=world.dao.id).update(holder=None)
    Member.objects.filter(pk=world.arun.id).update(holder=world.dao.member.holder_id)
    node = found_node("survivor", world.team.node, now=world.now)
    with pytest.raises(Refusal, match="RY-KEYS-BROKEN-CHAIN"):
        walls.share(
            Member.objects.get(pk=world.arun.id),
            "counsellor",
            node,
            purpose="x",
            actor=world.nok,
            now=world.now,
        )
    assert world.client(world.again(world.arun)).get("/people").url == "/waiting"
