"""The first keys of an installation, the key pairs of people, and the keys of compartments."""

from datetime import datetime

import pyrage
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from romyen.keys import chain, crypto
from romyen.keys.models import Admission, Holder, RecoveryKey
from romyen.keys.rings import Ring, add_admissions, admission_context, open_private, seal_private
from romyen.rules.refusals import refuse


def found_root() -> Ed25519PrivateKey:
    """Make the root of the key chain; its private half is the caller's to use once and forget."""
    if chain.root_path().exists():
        raise refuse("RY-KEYS-ALREADY-FOUNDED")
    root = Ed25519PrivateKey.generate()
    chain.write_root(root.public_key().public_bytes_raw())
    return root


def found_recovery(root: Ed25519PrivateKey, *, now: datetime) -> str:
    """Make the first recovery identity; returns its secret, to be shown once and kept offline."""
    identity = pyrage.x25519.Identity.generate()
    recipient = str(identity.to_public())
    signature = root.sign(chain.recovery_statement(recipient))
    RecoveryKey.objects.create(recipient=recipient, signature=signature, founded_at=now)
    return str(identity)


def make_user_keys(passphrase: str, *, person: str, now: datetime) -> Holder:
    """The key pairs of ``person``, sealed under the passphrase and not yet admitted by anyone."""
    private, signing = X25519PrivateKey.generate(), Ed25519PrivateKey.generate()
    holder = Holder(
        kind=Holder.USER,
        person=person,
        public=private.public_key().public_bytes_raw(),
        verify=signing.public_key().public_bytes_raw(),
        founded_at=now,
    )
    secret = private.private_bytes_raw() + signing.private_bytes_raw()
    holder.sealed_private = seal_private(holder.id, secret, passphrase)
    holder.save()
    return holder


def change_passphrase(holder: Holder, old: str, new: str) -> None:
    """Seal a user's private halves under another passphrase; the keys stay the same."""
    holder.sealed_private = seal_private(holder.id, open_private(holder, old), new)
    holder.save(update_fields=["sealed_private"])


def retire(holder: Holder, *, now: datetime) -> None:
    """A lost passphrase: the pair opens nothing more, and what was wrapped for it goes."""
    holder.admissions.all().delete()
    holder.compartments.all().delete()
    holder.grants.all().delete()
    holder.sealed_private = b""
    holder.retired_at = now
    holder.save(update_fields=["sealed_private", "retired_at"])


def admit_user(holder: Holder, signer: Ed25519PrivateKey, admitter: Holder | None) -> None:
    """Sign a user's statement: the admitter says that these public keys are this person's."""
    holder.admitted_by = admitter
    chain.sign(holder, signer)
    holder.save(update_fields=["admitted_by", "signature"])


def found_compartment(
    team: str, compartment: str, *, ring: Ring, member: Holder, now: datetime
) -> Holder:
    """Make a team compartment's key pair; its first member makes it and signs it."""
    private = X25519PrivateKey.generate()
    holder = Holder(
        kind=Holder.COMPARTMENT,
        team=team,
        compartment=compartment,
        public=private.public_key().public_bytes_raw(),
        admitted_by=member,
        founded_at=now,
    )
    chain.sign(holder, ring.signing)
    holder.save()
    admission = _admission(holder, private, member, now)
    admission.save()
    add_admissions(ring, [admission])
    return holder


def _admission(
    compartment: Holder, private: X25519PrivateKey, member: Holder, now: datetime
) -> Admission:
    context = admission_context(compartment.id, member.id)
    wrapped = crypto.wrap(private.private_bytes_raw(), bytes(member.public), context)
    return Admission(compartment=compartment, member=member, wrapped=wrapped, at=now)


def admit_to_compartment(compartment: Holder, member: Holder, *, ring: Ring, now: datetime) -> bool:
    """Wrap a compartment's private key for a member; False when the ring doesn't hold it."""
    if compartment.id not in ring.compartments:
        return False
    chain.trusted(member)
    if not Admission.objects.filter(compartment=compartment, member=member).exists():
        _admission(compartment, ring.key_of(compartment.id), member, now).save()
    return True


def compartment_holders(teams: list[str]) -> dict[tuple[str, str], Holder]:
    """The compartments in force of some teams, by (team, compartment). One query."""
    found = Holder.objects.filter(
        kind=Holder.COMPARTMENT, team__in=teams, retired_at=None
    ).select_related("admitted_by")
    return {(holder.team, holder.compartment): holder for holder in found.order_by("version")}
