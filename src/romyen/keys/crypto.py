"""The few cryptographic moves of Romyen, each a thin name over a reviewed primitive.

AES-256-GCM with random nonces (NIST SP 800-38D), HPKE base mode with X25519, HKDF-SHA256 and
AES-256-GCM (RFC 9180), Argon2id (RFC 9106). Nothing here knows a table or a person.
"""

import os
import threading

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32
NONCE_BYTES = 12
SMALLEST_BUCKET = 64
LARGEST_BUCKET = 1024

one_at_a_time = threading.Lock()
"""Held by whoever runs Argon2id: one run at a time bounds the memory (128 MiB each)."""

_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


class Unopened(Exception):
    """A ciphertext does not open: wrong key, wrong place, or changed bytes."""


def new_key() -> bytes:
    """256 random bits."""
    return os.urandom(KEY_BYTES)


def encrypt(key: bytes, plaintext: bytes, context: bytes) -> bytes:
    """AES-256-GCM under a fresh nonce, bound to ``context``; returns nonce and ciphertext."""
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, plaintext, context)


def decrypt(key: bytes, sealed: bytes, context: bytes) -> bytes:
    """Undo :func:`encrypt`; raises :class:`Unopened`."""
    try:
        return AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], context)
    except (InvalidTag, ValueError) as error:
        raise Unopened from error


def wrap(secret: bytes, public: bytes, context: bytes) -> bytes:
    """Encrypt a short secret to an X25519 public key (HPKE base mode), bound to ``context``."""
    return _SUITE.encrypt(secret, X25519PublicKey.from_public_bytes(public), info=context)


def unwrap(wrapped: bytes, private: X25519PrivateKey, context: bytes) -> bytes:
    """Undo :func:`wrap`; raises :class:`Unopened`."""
    try:
        return _SUITE.decrypt(wrapped, private, info=context)
    except (InvalidTag, ValueError) as error:
        raise Unopened from error


def derive(secret: bytes, *, salt: bytes, purpose: str) -> bytes:
    """A 256-bit key for one purpose (HKDF-SHA256, RFC 5869)."""
    kdf = HKDF(algorithm=hashes.SHA256(), length=KEY_BYTES, salt=salt, info=purpose.encode())
    return kdf.derive(secret)


def stretch(passphrase: str, salt: bytes, *, passes: int, memory_kib: int) -> bytes:
    """Argon2id of a passphrase: ``passes`` over ``memory_kib`` KiB in one lane."""
    with one_at_a_time:
        return hash_secret_raw(passphrase.encode(), salt, passes, memory_kib, 1, KEY_BYTES, Type.ID)


def pad(text: bytes) -> bytes:
    """Pad to a bucket, so that a ciphertext's length says little about what it holds.

    Buckets are 64, 128, 256, 512 and 1,024 bytes, then multiples of 1,024; the first four bytes
    hold the true length.
    """
    framed = len(text).to_bytes(4) + text
    bucket = SMALLEST_BUCKET
    while bucket < len(framed) and bucket < LARGEST_BUCKET:
        bucket *= 2
    size = -(-len(framed) // bucket) * bucket
    return framed.ljust(size, b"\0")


def unpad(padded: bytes) -> bytes:
    """Undo :func:`pad`."""
    length = int.from_bytes(padded[:4])
    return padded[4 : 4 + length]
