"""Rings: the private keys that one signed-in person has open, in memory only."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from django.conf import settings

from romyen.keys import crypto
from romyen.keys.box import box
from romyen.keys.models import Admission, Holder
from romyen.rules.refusals import refuse

SALT_BYTES = 16
PEPPER = "pepper of user keys"


@dataclass(frozen=True)
class Folded:
    """A compartment's private key that is still wrapped: a page opens the few that it needs."""

    wrapped: bytes
    context: bytes

    def opened(self, private: X25519PrivateKey) -> X25519PrivateKey:
        """The key itself; ``RY-KEYS-TAMPERED`` if the admission was moved or changed."""
        try:
            secret = crypto.unwrap(self.wrapped, private, self.context)
        except crypto.Unopened as error:
            raise refuse("RY-KEYS-TAMPERED") from error
        return X25519PrivateKey.from_private_bytes(secret)


@dataclass
class Ring:
    """A user's opened keys: the own pair, and those of the compartments admitted to."""

    holder_id: str
    private: X25519PrivateKey
    signing: Ed25519PrivateKey
    compartments: dict[str, X25519PrivateKey | Folded] = field(default_factory=dict)

    def key_of(self, holder_id: str) -> X25519PrivateKey:
        """The private key of a holder on this ring (KeyError if it isn't there)."""
        if holder_id == self.holder_id:
            return self.private
        key = self.compartments[holder_id]
        if isinstance(key, Folded):
            key = self.compartments[holder_id] = key.opened(self.private)
        return key

    def holder_ids(self) -> list[str]:
        """Every holder whose grants this ring opens."""
        return [self.holder_id, *self.compartments]

    def __repr__(self) -> str:
        return f"<Ring of {self.holder_id}>"


def admission_context(compartment_id: str, member_id: str) -> bytes:
    """What an admission is bound to, so that it cannot be moved to another row."""
    return f"admission|{compartment_id}|{member_id}".encode()


def _kek(passphrase: str, salt: bytes, passes: int, memory_kib: int) -> bytes:
    stretched = crypto.stretch(passphrase, salt, passes=passes, memory_kib=memory_kib)
    return crypto.derive(stretched, salt=box().secret(PEPPER), purpose="user key")


def seal_private(holder_id: str, secret: bytes, passphrase: str) -> bytes:
    """Seal a user's 64 secret bytes under the passphrase and the pepper.

    Layout: passes (1 byte), memory in MiB (2 bytes), salt (16), then AES-256-GCM.
    """
    passes, memory = settings.ROMYEN_ARGON2_PASSES, settings.ROMYEN_ARGON2_MEMORY_MIB
    salt = crypto.new_key()[:SALT_BYTES]
    kek = _kek(passphrase, salt, passes, memory * 1024)
    head = passes.to_bytes(1) + memory.to_bytes(2) + salt
    return head + crypto.encrypt(kek, secret, head + holder_id.encode())


def open_private(holder: Holder, passphrase: str) -> bytes:
    """The 64 secret bytes of a user; raises ``RY-KEYS-WRONG-PASSPHRASE``."""
    sealed = bytes(holder.sealed_private)
    head, body = sealed[: 3 + SALT_BYTES], sealed[3 + SALT_BYTES :]
    kek = _kek(passphrase, head[3:], head[0], int.from_bytes(head[1:3]) * 1024)
    try:
        return crypto.decrypt(kek, body, head + holder.id.encode())
    except crypto.Unopened as error:
        raise refuse("RY-KEYS-WRONG-PASSPHRASE") from error


def ring_of(holder_id: str, secret: bytes) -> Ring:
    """The ring that a user's 64 secret bytes open, compartments included. One query."""
    private = X25519PrivateKey.from_private_bytes(secret[:32])
    ring = Ring(holder_id, private, Ed25519PrivateKey.from_private_bytes(secret[32:]))
    admissions = Admission.objects.filter(member_id=holder_id, compartment__retired_at=None)
    add_admissions(ring, admissions)
    return ring


def add_admissions(ring: Ring, admissions: Iterable[Admission]) -> None:
    """Put the compartments' private keys on the ring, each folded until it is needed."""
    for admission in admissions:
        context = admission_context(admission.compartment_id, ring.holder_id)
        ring.compartments[admission.compartment_id] = Folded(bytes(admission.wrapped), context)
