"""Signed notes, checkpoints and proofs: every MUST of the C2SP texts, and known notes."""

from base64 import b64encode

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from romyen.rules import ledger, notes
from romyen.rules.refusals import Refusal

ORIGIN = "romyen.example/log"
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
VERIFIER = notes.verifier_of(ORIGIN, KEY)
STRANGER = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
TEXT = notes.Checkpoint(ORIGIN, 7, ledger.EMPTY_ROOT).text()
NOTE = str(notes.sign(TEXT, ORIGIN, KEY))

# The example of Go's package golang.org/x/mod/sumdb/note, and the key of Go's checksum database.
GO_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
GO_NOTE = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
    "\n"
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb"
    "6KE6RyyBwJnAM=\n"
)
SUMDB_KEY = "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8"


def refused(code, call, *arguments):
    with pytest.raises(Refusal) as refusal:
        call(*arguments)
    assert refusal.value.code == code


def test_a_note_signed_by_gos_implementation_opens():
    opened = notes.open_note(GO_NOTE, [notes.parse_verifier(GO_KEY)])
    assert opened.text.endswith("problem is.\n")
    assert str(opened) == GO_NOTE


@pytest.mark.parametrize("line", [GO_KEY, SUMDB_KEY, str(VERIFIER)])
def test_key_lines_are_read_and_written_alike(line):
    assert str(notes.parse_verifier(line)) == line


@pytest.mark.parametrize(
    "line",
    [
        "",
        "PeterNeumann",
        GO_KEY.replace("c74f20a3", "c74f20a4"),
        GO_KEY.replace("+AR", "+BR"),
        GO_KEY[:-4],
        GO_KEY.replace("Peter", "Peter "),
    ],
)
def test_broken_key_lines_are_refused(line):
    refused("RY-AUDIT-NOTE-MALFORMED", notes.parse_verifier, line)


def test_a_checkpoint_comes_back_as_it_was_signed():
    checkpoint = notes.Checkpoint(ORIGIN, 20852163, ledger.leaf_hash(b"x"), ("note 1", "note 2"))
    note = str(notes.sign(checkpoint.text(), ORIGIN, KEY))
    assert notes.open_checkpoint(note, [VERIFIER]) == checkpoint
    assert notes.open_checkpoint(note.encode(), [VERIFIER]) == checkpoint
    assert note.splitlines()[:2] == [ORIGIN, "20852163"]


def test_the_specifications_own_checkpoint_is_parsed():
    text = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
    assert notes.parse_checkpoint(text).size == 20852163
    assert notes.parse_checkpoint(text).text() == text


def test_signatures_of_unknown_keys_are_ignored():
    same_name = notes.sign(TEXT, ORIGIN, STRANGER).signatures[0]
    other_name = notes.sign(TEXT, "witness.example", STRANGER).signatures[0]
    unknown_kind = notes.Signature("witness.example", b"abcd", b"?" * 5000)
    mine = notes.parse_note(NOTE).signatures[0]
    crowded = str(notes.Note(TEXT, (same_name, other_name, mine, unknown_kind)))
    assert notes.open_note(crowded, [VERIFIER]).signatures == (mine,)


def test_sixteen_signatures_are_accepted_and_a_flood_is_not():
    mine = notes.parse_note(NOTE).signatures[0]
    others = tuple(notes.Signature(f"w{n}.example", b"abcd", b"x" * 64) for n in range(100))
    assert notes.open_note(str(notes.Note(TEXT, (*others[:15], mine))), [VERIFIER])
    refused("RY-AUDIT-NOTE-MALFORMED", notes.parse_note, str(notes.Note(TEXT, (*others, mine))))


def test_a_note_without_a_known_signature_is_refused():
    refused("RY-AUDIT-NOTE-UNSIGNED", notes.open_note, NOTE, [])
    stranger = notes.verifier_of(ORIGIN, STRANGER)
    refused("RY-AUDIT-NOTE-UNSIGNED", notes.open_note, NOTE, [stranger])


def test_one_false_signature_of_a_known_key_spoils_the_note():
    mine = notes.parse_note(NOTE).signatures[0]
    false = notes.Signature(ORIGIN, mine.key, bytes(64))
    refused(
        "RY-AUDIT-NOTE-FORGED", notes.open_note, str(notes.Note(TEXT, (mine, false))), [VERIFIER]
    )


def test_a_changed_text_is_refused():
    refused("RY-AUDIT-NOTE-FORGED", notes.open_note, NOTE.replace("\n7\n", "\n8\n"), [VERIFIER])


@given(st.integers(min_value=0, max_value=len(NOTE.encode()) * 8 - 1))
def test_any_flipped_bit_is_refused(bit):
    raw = bytearray(NOTE.encode())
    raw[bit // 8] ^= 1 << bit % 8
    with pytest.raises(Refusal):
        notes.open_checkpoint(bytes(raw), [VERIFIER])


@given(st.binary(max_size=300) | st.text(max_size=300))
def test_rubbish_is_refused_and_never_an_error(data):
    for parse in (notes.parse_note, notes.parse_checkpoint, notes.parse_proof):
        if parse is notes.parse_checkpoint and isinstance(data, bytes):
            continue
        with pytest.raises(Refusal):
            parse(data)


SIGNATURE = NOTE.rpartition("\n\n")[2]


@pytest.mark.parametrize(
    "note",
    [
        NOTE[:-1],  # the last newline is missing
        TEXT,  # no signature
        f"{TEXT}\n",  # an empty line, then nothing
        f"{TEXT}{SIGNATURE}",  # no empty line between
        NOTE + "\n",  # an empty line behind the signatures
        f"{TEXT}\n{SIGNATURE}trailing words\n",
        f"{TEXT}\n-{SIGNATURE[1:]}",  # hyphen for em dash
        f"{TEXT}\n—{SIGNATURE[2:]}",  # no space behind the dash
        f"{TEXT}\n— {SIGNATURE[2:]}".replace("— ", "—  ", 1),  # two spaces
        f"{TEXT}\n— a+b {b64encode(bytes(68)).decode()}\n",  # plus in the name
        f"{TEXT}\n— a\u3000b {b64encode(bytes(68)).decode()}\n",  # Unicode space in the name
        f"{TEXT}\n—  {b64encode(bytes(68)).decode()}\n",  # empty name
        f"{TEXT}\n— {ORIGIN} !!!!\n",
        f"{TEXT}\n— {ORIGIN} {b64encode(bytes(4)).decode()}\n",  # a key id and nothing signed
        f"{TEXT}\n— {ORIGIN} AAAAAAB=\n",  # base64 with stray bits
        NOTE.replace("\n7\n", "\n7\r\n"),
        NOTE.replace("7", "7\t"),
        NOTE.replace("7", "7\0"),
        NOTE.encode() + b"\xff",
        NOTE.encode("utf-16"),
        "x" * notes.MAX_BYTES + NOTE,
        "\ud800" + NOTE,
    ],
)
def test_malformed_notes_are_refused(note):
    refused("RY-AUDIT-NOTE-MALFORMED", notes.parse_note, note)


def test_the_text_reaches_to_the_last_empty_line():
    text = "one\n\ntwo\n"
    note = notes.sign(text, ORIGIN, KEY)
    assert notes.open_note(str(note), [VERIFIER]).text == text


ROOT = b64encode(ledger.EMPTY_ROOT).decode()


@pytest.mark.parametrize(
    "text",
    [
        "",
        f"{ORIGIN}\n7\n{ROOT}",  # no newline at the end
        f"{ORIGIN}\n7\n",
        f"\n7\n{ROOT}\n",
        f"{ORIGIN}\n07\n{ROOT}\n",
        f"{ORIGIN}\n00\n{ROOT}\n",
        f"{ORIGIN}\n-7\n{ROOT}\n",
        f"{ORIGIN}\n+7\n{ROOT}\n",
        f"{ORIGIN}\n7 \n{ROOT}\n",
        f"{ORIGIN}\n๗\n{ROOT}\n",  # a Thai seven is a digit to Python, not to the specification
        f"{ORIGIN}\n0x7\n{ROOT}\n",
        f"{ORIGIN}\n{'9' * 19}\n{ROOT}\n",
        f"{ORIGIN}\n7\n{ROOT[:-4]}\n",
        f"{ORIGIN}\n7\n{ROOT}=\n",
        f"{ORIGIN}\n7\n{ROOT}\n\n",
        f"{ORIGIN}\n7\n{ROOT}\n\nextension\n",
    ],
)
def test_malformed_checkpoints_are_refused(text):
    refused("RY-AUDIT-NOTE-MALFORMED", notes.parse_checkpoint, text)


def test_the_empty_log_has_size_0():
    assert notes.parse_checkpoint(f"{ORIGIN}\n0\n{ROOT}\n").size == 0


@pytest.mark.parametrize("origin", ["", "two\nlines"])
def test_an_origin_is_one_line(origin):
    with pytest.raises(ValueError):
        notes.Checkpoint(origin, 0, ledger.EMPTY_ROOT).text()


def proof_of(index: int) -> notes.Proof:
    data = [b"entry %d" % number for number in range(11)]
    tree = ledger.Tree(map(ledger.leaf_hash, data))
    note = notes.sign(notes.Checkpoint(ORIGIN, 11, tree.root()).text(), ORIGIN, KEY)
    return notes.Proof(data[index], index, tuple(tree.inclusion_proof(index)), str(note))


@pytest.mark.parametrize("index", range(11))
def test_a_proof_is_checked_with_the_public_key_alone(index):
    read = notes.parse_proof(str(proof_of(index)))
    assert read == proof_of(index)
    assert notes.check_proof(read, [VERIFIER]).size == 11


def test_a_proof_of_something_else_is_refused():
    told = notes.Proof(b"entry 9", *_rest(proof_of(4)))
    refused("RY-AUDIT-PROOF-FALSE", notes.check_proof, told, [VERIFIER])


def _rest(proof: notes.Proof) -> tuple[int, tuple[bytes, ...], str]:
    return proof.index, proof.path, proof.note


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("c2sp.org/tlog-proof@v1", "c2sp.org/tlog-proof@v2"),
        ("index 4", "index 04"),
        ("index 4", "4"),
        ("index 4", "index -4"),
        ("extra ", ""),
        ("\n\n", "\n"),
    ],
)
def test_malformed_proofs_are_refused(old, new):
    broken = str(proof_of(4)).replace(old, new)
    refused("RY-AUDIT-NOTE-MALFORMED", notes.parse_proof, broken)
