"""``romyen keys verify``: the chain up to the root, and what the log was told of it."""

import pytest
from click.testing import CliRunner
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from romyen.access import people, renewing
from romyen.access.models import Member
from romyen.audit.models import Detail
from romyen.keys import chain, founding
from romyen.keys.commands import verify
from romyen.keys.models import Holder, RecoveryKey
from romyen.rules.refusals import Refusal


def run():
    result = CliRunner().invoke(verify)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def test_a_house_as_it_was_made_is_good(world):
    assert run().output.endswith("recovery identities: 1, all good\n")


def test_a_swapped_key_breaks_the_chain(world):
    Holder.objects.filter(pk=world.arun.member.holder_id).update(public=b"p" * 32)
    with pytest.raises(Refusal, match="RY-KEYS-BROKEN-CHAIN"):
        run()


def test_a_key_that_a_partner_inside_signed_past_romyen_is_found(world):
    mine = founding.make_user_keys("twelve letters", person="x", now=world.now)
    founding.admit_user(mine, world.nok.ring.signing, world.nok.member.holder)
    chain.trusted(mine)
    said = run()
    assert (said.exit_code, mine.pk in said.output) == (1, True)
    assert "never admitted through Romyen" in said.output


def test_another_root_with_every_signature_under_it_is_found(world):
    """Whoever writes to both folders makes the whole chain anew; the log knows the old one."""
    kept, root = chain.root_path().read_bytes(), Ed25519PrivateKey.generate()
    try:
        chain.write_root(root.public_key().public_bytes_raw())
        for key in RecoveryKey.objects.all():
            key.signature = root.sign(chain.recovery_statement(key.recipient))
            key.save()
        for holder in Holder.objects.all():
            holder.admitted_by = None
            chain.sign(holder, root)
            holder.save()
        assert run().exit_code == 1
    finally:
        chain.root_path().write_bytes(kept)


def test_a_retired_pair_that_is_back_is_found(world):
    arun = world.arun.member
    old = Holder.objects.get(pk=arun.holder_id)
    renewing.renew(arun, "a lantern by the river", now=world.now)
    words = chain.fingerprint(arun.renewal.holder)
    people.admit(arun, words=words, actor=world.nok, now=world.now)
    assert run().exit_code == 0
    Holder.objects.filter(pk=old.pk).update(retired_at=None, sealed_private=old.sealed_private)
    Member.objects.filter(pk=arun.pk).update(holder=old)
    said = run()
    assert (said.exit_code, "was retired and is back" in said.output) == (1, True)


def test_an_admission_whose_particulars_are_gone_is_found(world):
    Detail.objects.filter(body__contains=world.arun.member.holder_id).delete()
    assert world.arun.member.holder_id in run().output
