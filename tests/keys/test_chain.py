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

    newcomer = founding.make_user_keys("a quiet garden in the shade", now=world.now)
    with pytest.raises(Refusal, match="RY-KEYS-BROKEN-CHAIN"):
        chain.trusted(newcomer)


def test_whoever_imports_holds_nothing(world):
    actor = operator()
    assert actor.sealer.ring is None
