"""Checkpoints: the log's key, and the signed states that others keep outside.

The key file stands in the folder of keys, outside the data folder. Beside it the last signed note
is kept (``log.latest``), so that a database put back to an older state is noticed even before
anyone outside compares.
"""

import os
from base64 import b64decode, b64encode
from datetime import datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.db import transaction

from romyen.audit import lives
from romyen.audit.integration import integrate
from romyen.audit.models import Checkpoint, Leaf
from romyen.rules import ledger, notes
from romyen.rules.refusals import Refusal, refuse

KEY_FILE = "log.key"
LATEST_FILE = "log.latest"


def log_key_path() -> Path:
    """Where this installation keeps the key of its log."""
    return Path(settings.ROMYEN_KEYS_DIR) / KEY_FILE


def found_log_key(path: Path | None = None) -> notes.Verifier:
    """Make the key of a new log (mode 0600) and return its public half, to be written down.

    RY-AUDIT-LOG-KEY-EXISTS when there is one: exchanging the key of a log means a new log.
    """
    path = path or log_key_path()
    private = Ed25519PrivateKey.generate()
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise refuse("RY-AUDIT-LOG-KEY-EXISTS") from None
    with os.fdopen(descriptor, "wb") as file:
        file.write(b64encode(private.private_bytes_raw()) + b"\n")
        file.flush()
        os.fsync(file.fileno())
    return notes.verifier_of(settings.ROMYEN_LOG_ORIGIN, private)


def log_key(path: Path | None = None) -> Ed25519PrivateKey:
    """The key of the log. RY-AUDIT-NO-LOG-KEY when the file is missing or holds no key."""
    try:
        secret = b64decode((path or log_key_path()).read_bytes().strip(), validate=True)
        return Ed25519PrivateKey.from_private_bytes(secret)
    except (OSError, ValueError):
        raise refuse("RY-AUDIT-NO-LOG-KEY") from None


def log_verifier() -> notes.Verifier:
    """The public half of the log's key under the log's present name. RY-AUDIT-NO-LOG-KEY."""
    return notes.verifier_of(lives.origin(), log_key())


def log_verifiers() -> list[notes.Verifier]:
    """The public half of the log's key under every name that the log has had."""
    names = [*(life.origin for life in lives.ended()), lives.origin()]
    private = log_key()
    return [notes.verifier_of(name, private) for name in names]


def latest_note() -> str:
    """The note that was signed last, as kept beside the key; empty when there is none."""
    try:
        return log_key_path().with_name(LATEST_FILE).read_text()
    except OSError:
        return ""


def sign_checkpoint(*, at: datetime) -> Checkpoint:
    """Integrate, then sign the state of the log and keep the note. An unchanged log is not signed
    again: its checkpoint comes back.

    RY-AUDIT-NO-LOG-KEY; RY-AUDIT-LOG-DAMAGED when the log does not continue what was signed last:
    two inconsistent checkpoints of one log must never exist (C2SP ``tlog-checkpoint``).
    """
    private = log_key()
    integrate()
    frontier = continued(stored() | _beside())
    state = notes.Checkpoint(lives.origin(), frontier.size, frontier.root())
    note = str(notes.sign(state.text(), state.origin, private))
    with transaction.atomic():
        checkpoint, new = Checkpoint.objects.get_or_create(
            size=state.size, defaults={"root": state.root.hex(), "note": note, "at": at}
        )
    if new or not _beside():
        _keep(note)
    return checkpoint


def stored() -> dict[int, bytes]:
    """Size -> root of the last checkpoint in the database."""
    last = Checkpoint.objects.order_by("-size").first()
    return {last.size: bytes.fromhex(last.root)} if last else {}


def _beside() -> dict[int, bytes]:
    """Size -> root of the note beside the key; nothing where it belongs to a life that ended."""
    if not (kept := latest_note()):
        return {}
    checkpoint = notes.open_checkpoint(kept, log_verifiers())
    return {checkpoint.size: checkpoint.root} if checkpoint.origin == lives.origin() else {}


def passes(size: int, root: bytes) -> bool:
    """Whether the log passes through a state."""
    try:
        continued({size: root})
    except Refusal:
        return False
    return True


def continued(signed: dict[int, bytes]) -> ledger.Frontier:
    """The frontier over all leaves, if it passes through every state that was signed."""
    frontier = ledger.Frontier()
    passed = {0} if signed.get(0, ledger.EMPTY_ROOT) == ledger.EMPTY_ROOT else set()
    for leaf in Leaf.objects.order_by("index").values_list("hash", flat=True).iterator():
        frontier.append(bytes.fromhex(leaf))
        if frontier.size in signed and signed[frontier.size] == frontier.root():
            passed.add(frontier.size)
    if not set(signed) <= passed:
        raise refuse("RY-AUDIT-LOG-DAMAGED", signed=max(signed), found=frontier.size)
    return frontier


def _keep(note: str) -> None:
    """Put the note beside the key, whole or not at all."""
    target = log_key_path().with_name(LATEST_FILE)
    draft = target.with_suffix(".new")
    draft.write_text(note)
    draft.replace(target)
