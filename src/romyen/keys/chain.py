"""The signed chain of public keys: whose key is it?

Every holder's row is a statement signed by the holder who admitted it, up to the root made by
``romyen init``. The root's public half lies outside the database; a key swapped inside the
database breaks its signature, and nothing more is wrapped for it (design §5).
"""

import base64
import json
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings

from romyen.keys.models import Holder, RecoveryKey
from romyen.rules.refusals import refuse

ROOT = "root"
LONGEST_CHAIN = 64

_seen: set[bytes] = set()


def root_path() -> Path:
    """Where the root's public key lies, beside the box key and outside the data folder."""
    return Path(settings.ROMYEN_KEYS_DIR) / "root.pub"


def write_root(public: bytes) -> None:
    """Anchor a new installation's root."""
    path = root_path()
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.write_text(base64.b64encode(public).decode() + "\n")


def _root() -> Ed25519PublicKey:
    try:
        return Ed25519PublicKey.from_public_bytes(base64.b64decode(root_path().read_text()))
    except (OSError, ValueError) as error:
        raise refuse("RY-KEYS-BROKEN-CHAIN") from error


def statement(holder: Holder) -> bytes:
    """What an admitter signs: everything that says whose key this is, as canonical JSON."""
    said = {
        "admitted_by": holder.admitted_by_id or ROOT,
        "compartment": holder.compartment,
        "holder": holder.id,
        "kind": holder.kind,
        "person": holder.person,
        "public": bytes(holder.public).hex(),
        "team": holder.team,
        "verify": bytes(holder.verify).hex(),
        "version": holder.version,
    }
    return b"romyen holder v1\n" + json.dumps(said, sort_keys=True, separators=(",", ":")).encode()


def recovery_statement(recipient: str) -> bytes:
    """What the root signs of a recovery identity."""
    return b"romyen recovery v1\n" + recipient.encode()


def logged_statement(holder: Holder) -> dict[str, str]:
    """What the log keeps of a signed public key: the hash of exactly what was signed."""
    digest = sha256(statement(holder) + bytes(holder.signature)).hexdigest()
    return {"holder": holder.pk, "statement": digest}


def sign(holder: Holder, key: Ed25519PrivateKey) -> None:
    """Admit ``holder``: sign its statement (the caller saves)."""
    holder.signature = key.sign(statement(holder))


def fingerprint(holder: Holder) -> str:
    """Five groups of four digits-and-letters of the public keys, to be compared by voice."""
    digest = sha256(bytes(holder.public) + bytes(holder.verify)).digest()
    text = base64.b32encode(digest).decode()[:20]
    return " ".join(text[i : i + 4] for i in range(0, 20, 4))


def _mark(holder: Holder, root: bytes) -> bytes:
    return sha256(root + statement(holder) + bytes(holder.signature)).digest()


def trusted(holder: Holder) -> Holder:
    """The same holder when its chain reaches the root; otherwise ``RY-KEYS-BROKEN-CHAIN``.

    A statement that was verified once stays verified: the process remembers the hash of
    exactly these bytes, so that a swapped key is always looked at anew.
    """
    root = _root()
    root_bytes = root.public_bytes_raw()
    link, marks = holder, []
    for _depth in range(LONGEST_CHAIN):
        mark = _mark(link, root_bytes)
        if mark in _seen:
            break
        marks.append(mark)
        parent = link.admitted_by
        _check(link, _signer(parent) if parent else root)
        if parent is None:
            break
        link = parent
    else:
        raise refuse("RY-KEYS-BROKEN-CHAIN")
    _seen.update(marks)
    return holder


def _signer(admitter: Holder) -> Ed25519PublicKey:
    """The key that a user signs with; a compartment signs nothing."""
    try:
        return Ed25519PublicKey.from_public_bytes(bytes(admitter.verify))
    except ValueError as error:
        raise refuse("RY-KEYS-BROKEN-CHAIN", holder=admitter.id) from error


def _check(holder: Holder, signer: Ed25519PublicKey) -> None:
    try:
        signer.verify(bytes(holder.signature), statement(holder))
    except InvalidSignature as error:
        raise refuse("RY-KEYS-BROKEN-CHAIN", holder=holder.id) from error


def trusted_recovery(key: RecoveryKey) -> RecoveryKey:
    """The same recovery key when the root signed it; otherwise ``RY-KEYS-BROKEN-CHAIN``."""
    try:
        _root().verify(bytes(key.signature), recovery_statement(key.recipient))
    except InvalidSignature as error:
        raise refuse("RY-KEYS-BROKEN-CHAIN") from error
    return key
