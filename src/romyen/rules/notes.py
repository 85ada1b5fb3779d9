"""Signed notes and checkpoints after C2SP ``signed-note``, ``tlog-checkpoint`` and ``tlog-proof``.

A checkpoint is what someone outside keeps: three lines of text (whose log, how many entries, the
root over them) and a signature. It fits on a printed page and says nothing about any entry.

Parsing is strict, because a note is read by people who do not trust the one that hands it over:
whatever the specification does not allow is refused, with a reason.
"""

import re
from base64 import b64decode, b64encode
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from romyen.rules import ledger
from romyen.rules.refusals import Refusal, refuse

ED25519 = b"\x01"
"""The signature type byte of ``signed-note`` for Ed25519 over the note's text."""

MAX_BYTES = 1_000_000
MAX_SIGNATURES = 100
"""Limits of ours; the specification asks for at least 16 signatures."""

PROOF_HEADER = "c2sp.org/tlog-proof@v1"

_SIGNATURE_LINE = re.compile(r"— (\S+) (\S+)")
_DECIMAL = re.compile(r"0|[1-9][0-9]{0,17}")
_INDEX_LINE = re.compile(r"index (0|[1-9][0-9]{0,17})")


@dataclass(frozen=True)
class Signature:
    """One signature line: who signed (name and key id) and the bytes, not yet checked."""

    name: str
    key: bytes
    value: bytes

    def line(self) -> str:
        """The line as it stands under a note."""
        return f"— {self.name} {_base64(self.key + self.value)}\n"


@dataclass(frozen=True)
class Note:
    """A text with signatures, parsed but not trusted: :func:`open_note` does that."""

    text: str
    signatures: tuple[Signature, ...]

    def __str__(self) -> str:
        """The note as it is stored, mailed or printed."""
        return f"{self.text}\n{''.join(signature.line() for signature in self.signatures)}"


@dataclass(frozen=True)
class Verifier:
    """A public key that is trusted under a name."""

    name: str
    public: bytes

    @property
    def key(self) -> bytes:
        """The key id: 4 bytes that tell keys of one name apart; no protection in itself."""
        return sha256(self.name.encode() + b"\n" + ED25519 + self.public).digest()[:4]

    def __str__(self) -> str:
        """The key on one line, ``name+id+base64``, to be written down by whoever checks the log."""
        return f"{self.name}+{self.key.hex()}+{_base64(ED25519 + self.public)}"

    def verifies(self, text: str, signature: Signature) -> bool:
        """Whether this key made that signature over the text."""
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature.value, text.encode())
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True)
class Checkpoint:
    """The state of a log: its origin, its size in entries, the root over them."""

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    def text(self) -> str:
        """The body of the note (``tlog-checkpoint``, "Note text")."""
        lines = [self.origin, str(self.size), _base64(self.root), *self.extensions]
        if not all(lines) or any("\n" in line for line in lines):
            raise ValueError("origin and extension lines are single and not empty")
        return "".join(f"{line}\n" for line in lines)


@dataclass(frozen=True)
class Proof:
    """That one entry stands in a log (``tlog-proof``): its leaf, its place, the path, the note."""

    leaf: bytes
    index: int
    path: tuple[bytes, ...]
    note: str

    def __str__(self) -> str:
        """The proof as a ``.tlog-proof`` file; the extra line carries the leaf's own bytes."""
        head = f"{PROOF_HEADER}\nextra {_base64(self.leaf)}\nindex {self.index}\n"
        path = "".join(f"{_base64(step)}\n" for step in self.path)
        return f"{head}{path}\n{self.note}"


def verifier_of(name: str, private: Ed25519PrivateKey) -> Verifier:
    """The public half of a signing key, under its name."""
    return Verifier(_key_name(name), private.public_key().public_bytes_raw())


def parse_verifier(line: str) -> Verifier:
    """Read a key as :class:`Verifier` prints it. RY-AUDIT-NOTE-MALFORMED when it is not one."""
    match line.strip().split("+", 2):
        case [name, key, encoded] if (body := _bytes(encoded))[:1] == ED25519 and len(body) == 33:
            verifier = Verifier(_key_name(name), body[1:])
            if verifier.key.hex() == key:
                return verifier
    raise _malformed("this is no Ed25519 key line")


def sign(text: str, name: str, private: Ed25519PrivateKey) -> Note:
    """Sign a text. It must be valid as a note's text: RY-AUDIT-NOTE-MALFORMED."""
    verifier = verifier_of(name, private)
    signature = Signature(name, verifier.key, private.sign(text.encode()))
    return parse_note(str(Note(text, (signature,))))


def parse_note(data: str | bytes) -> Note:
    """Take a note apart without trusting it. RY-AUDIT-NOTE-MALFORMED with the reason."""
    content = _clean(data)
    text, gap, tail = content.rpartition("\n\n")
    if not gap or not tail:
        raise _malformed("no empty line stands before the signatures")
    lines = tail.split("\n")
    if lines.pop():
        raise _malformed("the last line does not end with a newline")
    if len(lines) > MAX_SIGNATURES:
        raise _malformed("there are too many signatures")
    return Note(f"{text}\n", tuple(map(_signature, lines)))


def open_note(data: str | bytes, verifiers: Iterable[Verifier]) -> Note:
    """The note with the signatures of these keys only, all of them checked.

    Signatures of unknown keys are ignored. RY-AUDIT-NOTE-FORGED when a known key's signature
    does not verify, RY-AUDIT-NOTE-UNSIGNED when no known key signed.
    """
    note = parse_note(data)
    known = {(verifier.name, verifier.key): verifier for verifier in verifiers}
    ours = [signature for signature in note.signatures if (signature.name, signature.key) in known]
    for signature in ours:
        if not known[signature.name, signature.key].verifies(note.text, signature):
            raise refuse("RY-AUDIT-NOTE-FORGED", name=signature.name)
    if not ours:
        raise refuse("RY-AUDIT-NOTE-UNSIGNED")
    return Note(note.text, tuple(ours))


def parse_checkpoint(text: str) -> Checkpoint:
    """Read the text of an opened note as a checkpoint. RY-AUDIT-NOTE-MALFORMED otherwise."""
    if not text.endswith("\n"):
        raise _malformed("the text does not end with a newline")
    lines = text[:-1].split("\n")
    if len(lines) < 3 or not all(lines):
        raise _malformed("a checkpoint has at least three lines, none empty")
    origin, size, root, *extensions = lines
    if not _DECIMAL.fullmatch(size):
        raise _malformed("the size is no plain decimal number")
    if len(_bytes(root)) != ledger.HASH_SIZE:
        raise _malformed("the root is no SHA-256 hash")
    return Checkpoint(origin, int(size), _bytes(root), tuple(extensions))


def open_checkpoint(data: str | bytes, verifiers: Sequence[Verifier]) -> Checkpoint:
    """A checkpoint whose signature is checked. Refusals as :func:`open_note` and the parser."""
    return parse_checkpoint(open_note(data, verifiers).text)


def parse_proof(data: str | bytes) -> Proof:
    """Take a proof apart without trusting it. RY-AUDIT-NOTE-MALFORMED with the reason."""
    head, gap, note = _clean(data).partition("\n\n")
    header, *lines = head.split("\n")
    if not gap or header != PROOF_HEADER or len(lines) < 2:
        raise _malformed("this is no transparency log proof")
    extra, index, *path = lines
    place = _INDEX_LINE.fullmatch(index)
    if not extra.startswith("extra ") or not place:
        raise _malformed("the proof has no leaf or no index")
    leaf = _bytes(extra.removeprefix("extra "))
    return Proof(leaf, int(place[1]), tuple(map(_bytes, path)), note)


def check_proof(proof: Proof, verifiers: Sequence[Verifier]) -> Checkpoint:
    """Check a proof with nothing but the log's public key; the signed state that holds the leaf.

    RY-AUDIT-PROOF-FALSE when the path does not lead to the signed root.
    """
    checkpoint = open_checkpoint(proof.note, verifiers)
    leaf = ledger.leaf_hash(proof.leaf)
    if not ledger.verify_inclusion(leaf, proof.index, checkpoint.size, proof.path, checkpoint.root):
        raise refuse("RY-AUDIT-PROOF-FALSE")
    return checkpoint


def _clean(data: str | bytes) -> str:
    """The note as text, if it is UTF-8 without control characters and not too long."""
    try:
        raw = data.encode() if isinstance(data, str) else data
        content = raw.decode()
    except UnicodeError:
        raise _malformed("it is not UTF-8") from None
    if len(raw) > MAX_BYTES:
        raise _malformed("it is too long")
    if any(character < " " and character != "\n" for character in content):
        raise _malformed("it holds control characters")
    return content


def _signature(line: str) -> Signature:
    match = _SIGNATURE_LINE.fullmatch(line)
    if not match:
        raise _malformed("a signature line is broken")
    value = _bytes(match[2])
    if len(value) <= 4:
        raise _malformed("a signature is too short")
    return Signature(_key_name(match[1]), value[:4], value[4:])


def _key_name(name: str) -> str:
    if not name or "+" in name or any(character.isspace() for character in name):
        raise _malformed("a key's name is empty or holds a space or a plus sign")
    return name


def _bytes(text: str) -> bytes:
    """Strict base64 (RFC 4648, section 4): one spelling only, so that a note has one form."""
    try:
        data = b64decode(text, validate=True)
    except ValueError:
        raise _malformed("a value is not base64") from None
    if _base64(data) != text:
        raise _malformed("a value is not base64 in its one proper form")
    return data


def _base64(data: bytes) -> str:
    return b64encode(data).decode()


def _malformed(reason: str) -> Refusal:
    return refuse("RY-AUDIT-NOTE-MALFORMED", reason=reason)
