"""A copy of the database was put back, lawfully: the log says so and goes on (decision 0021)."""

from datetime import datetime
from hashlib import sha256

from django.db import transaction

from romyen.audit import checkpoints, lives
from romyen.audit.actions import record
from romyen.audit.integration import integrate
from romyen.audit.models import Checkpoint
from romyen.rules import notes
from romyen.rules.refusals import refuse

VERB = "log.restored"
REASONS = ("disk", "mistake", "drill")


def go_on(*, reason: str, at: datetime) -> Checkpoint:
    """Begin the next life of the log over a database that is older than what was signed.

    The entry names the state that can no longer be continued, so the log itself tells of the gap;
    the note of that state is kept beside the key. RY-AUDIT-NOT-RESTORED where the log does continue
    what was signed last; RY-AUDIT-LOG-DAMAGED where it does not even continue its own checkpoints:
    that is no older copy, and nothing is signed.
    """
    integrate()
    frozen = _frozen()
    own = checkpoints.stored()
    checkpoints.continued(own)
    common = max(own, default=0)
    with transaction.atomic():
        details = {
            "signed": frozen.size,
            "root": frozen.root.hex(),
            "note": sha256(checkpoints.latest_note().encode()).hexdigest(),
            "common": common,
            "reason": reason,
        }
        record(actor="operator", verb=VERB, details=details, at=at)
    kept = checkpoints.log_key_path().with_name(f"log.frozen-{len(lives.ended()) + 1}")
    kept.write_text(checkpoints.latest_note(), encoding="utf-8")
    lives.end_present(common)
    return checkpoints.sign_checkpoint(at=at)


def _frozen() -> notes.Checkpoint:
    """The state that was signed last and that this database does not reach."""
    note = checkpoints.latest_note()
    if not note:
        raise refuse("RY-AUDIT-NOT-RESTORED")
    frozen = notes.open_checkpoint(note, checkpoints.log_verifiers())
    if frozen.origin != lives.origin():
        raise refuse("RY-AUDIT-NOT-RESTORED")
    if checkpoints.passes(frozen.size, frozen.root):
        raise refuse("RY-AUDIT-NOT-RESTORED")
    return frozen
