"""The cryptographic moves do what their names say, and nothing opens in another place."""

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given
from hypothesis import strategies as st

from romyen.keys import crypto


@given(st.binary(max_size=5000))
def test_padding_comes_off_again_and_hides_the_length(text):
    padded = crypto.pad(text)
    assert crypto.unpad(padded) == text
    assert len(padded) in (64, 128, 256, 512, 1024) or len(padded) % 1024 == 0


@given(st.binary(max_size=200), st.binary(max_size=40), st.integers(0, 10_000))
def test_a_changed_byte_or_place_does_not_open(text, context, position):
    key = crypto.new_key()
    sealed = crypto.encrypt(key, text, context)
    assert crypto.decrypt(key, sealed, context) == text
    broken = bytearray(sealed)
    broken[position % len(sealed)] ^= 1
    for attempt in ((key, bytes(broken), context), (key, sealed, context + b"x")):
        with pytest.raises(crypto.Unopened):
            crypto.decrypt(*attempt)
    with pytest.raises(crypto.Unopened):
        crypto.decrypt(crypto.new_key(), sealed, context)


def test_a_wrapped_key_opens_for_its_holder_in_its_place_only():
    holder, other = X25519PrivateKey.generate(), X25519PrivateKey.generate()
    wrapped = crypto.wrap(b"secret", holder.public_key().public_bytes_raw(), b"here")
    assert crypto.unwrap(wrapped, holder, b"here") == b"secret"
    for private, place in ((other, b"here"), (holder, b"there")):
        with pytest.raises(crypto.Unopened):
            crypto.unwrap(wrapped, private, place)


def test_aes_256_gcm_is_the_one_of_the_nist_vectors():
    """GCM test case 16 of McGrew and Viega's submission to NIST (256-bit key, with AAD)."""
    key = bytes.fromhex("feffe9928665731c6d6a8f9467308308" * 2)
    nonce = bytes.fromhex("cafebabefacedbaddecaf888")
    plain = bytes.fromhex(
        "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
        "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39"
    )
    aad = bytes.fromhex("feedfacedeadbeeffeedfacedeadbeefabaddad2")
    sealed = AESGCM(key).encrypt(nonce, plain, aad)
    assert sealed[-16:].hex() == "76fc6ece0f4e1768cddf8853bb2d551b"
    assert crypto.decrypt(key, nonce + sealed, aad) == plain


def test_argon2id_is_the_one_of_rfc_9106():
    """Same inputs, same key; other passphrase, other key (vectors are argon2-cffi's own suite)."""
    one = crypto.stretch("a quiet garden", b"s" * 16, passes=1, memory_kib=64)
    assert one == crypto.stretch("a quiet garden", b"s" * 16, passes=1, memory_kib=64)
    assert one != crypto.stretch("a quiet Garden", b"s" * 16, passes=1, memory_kib=64)
