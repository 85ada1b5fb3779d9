"""``romyen audit``: what people and machines read."""

import json
import stat
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner
from django.db import connection, transaction

from romyen.audit import checkpoints, queries, triggers
from romyen.audit.commands import audit
from romyen.audit.models import Checkpoint, Entry
from romyen.rules import ledger, notes
from romyen.rules.refusals import Refusal

NOW = datetime(2026, 3, 2, 20, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def run(*arguments, refused=""):
    result = CliRunner().invoke(audit, arguments)
    if refused:
        assert isinstance(result.exception, Refusal)
        assert result.exception.code == refused
    elif result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def test_the_key_file_is_closed_to_others_and_never_replaced(log_keys):
    path = checkpoints.log_key_path()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert run("key").output == f"{log_keys}\n"
    with pytest.raises(Refusal) as refusal:
        checkpoints.found_log_key()
    assert refusal.value.code == "RY-AUDIT-LOG-KEY-EXISTS"


@pytest.mark.parametrize("content", [None, b"", b"rubbish", b"AAAA\n"])
def test_without_a_key_nothing_is_signed(content, settings, tmp_path):
    settings.ROMYEN_KEYS_DIR = tmp_path
    if content is not None:
        (tmp_path / "log.key").write_bytes(content)
    run("checkpoint", refused="RY-AUDIT-NO-LOG-KEY")
    assert not Checkpoint.objects.exists()


def test_a_checkpoint_covers_all_and_is_printed_and_written(day, log_keys, tmp_path):
    day(9)
    out = tmp_path / "today.checkpoint"
    printed = run("checkpoint", "--out", str(out)).output
    assert out.read_text() == printed == checkpoints.latest_note()
    state = notes.open_checkpoint(printed, [log_keys])
    assert (state.origin, state.size) == ("romyen.example/log", 9)
    assert state.root == queries.tree().root()
    assert run("checkpoint").output == printed


def test_a_sound_log_is_said_to_be_sound(day, log_keys, tmp_path):
    day(9)
    held = tmp_path / "held"
    run("checkpoint", "--out", str(held))
    day(4, start=9)
    result = run("verify", "--checkpoint", str(held), "--key", str(log_keys))
    assert result.exit_code == 0
    assert "Entries in the log: 9" in result.output
    assert "Not yet in the log: 4" in result.output
    assert result.output.endswith("The log is sound.\n")


def test_a_damaged_log_is_said_to_be_damaged_and_where(day, log_keys):
    day(9)
    run("checkpoint")
    ref = Entry.objects.get(leaf__index=4).ref
    with transaction.atomic():
        connection.check_constraints()
        triggers.lower_guard(connection)
        Entry.objects.filter(ref=ref).update(actor="dao")
        words, told = run("verify"), run("verify", "--json")
        transaction.set_rollback(True)
    assert (words.exit_code, told.exit_code) == (1, 1)
    assert f"FOUND entry-changed at 4 ({ref})" in words.output
    assert "The log is NOT sound." in words.output
    assert "audit_entry_no_update is missing" in words.output
    report = json.loads(told.output)
    assert (report["sound"], report["size"], report["tail"]) == (False, 9, 0)
    assert report["findings"][0]["kind"] == "entry-changed"


def test_a_log_that_was_never_signed_says_that_nothing_was_compared(day, log_keys):
    day(2)
    assert "nothing was signed yet" in run("verify").output


def test_a_proof_is_checked_without_the_database(day, log_keys, tmp_path):
    ref = day(9)[4].ref
    file = tmp_path / "seen.tlog-proof"
    file.write_text(run("prove", ref).output)
    read = notes.parse_proof(file.read_text())
    state = notes.open_checkpoint(read.note, [log_keys])
    assert ledger.verify_inclusion(
        ledger.leaf_hash(read.leaf), read.index, state.size, read.path, state.root
    )
    checked = run("check", str(file), "--key", str(log_keys))
    assert checked.output.startswith("Entry 4 of 9 in romyen.example/log:\n")
    assert f'"ref":"{ref}"' in checked.output


def test_a_tampered_proof_is_refused(day, log_keys, tmp_path):
    file = tmp_path / "seen.tlog-proof"
    file.write_text(run("prove", day(9)[4].ref).output.replace("index 4", "index 5"))
    run("check", str(file), refused="RY-AUDIT-PROOF-FALSE")


def test_every_entry_about_a_subject_is_proven(day, log_keys):
    day(20)
    proofs = json.loads(run("prove", "--subject", "case3", "--json").output)
    assert [proof["index"] for proof in proofs] == [3, 10, 17]
    for proof in proofs:
        assert notes.check_proof(notes.parse_proof(proof["proof"]), [log_keys]).size == 20
        assert "case3" in json.loads(proof["leaf"])["subjects"]


def test_what_does_not_exist_cannot_be_proven(day, log_keys):
    day(3)
    run("prove", "nothing", refused="RY-AUDIT-NO-ENTRY")
    run("prove", "--subject", "nobody", "--json", refused="RY-AUDIT-NO-ENTRY")


@pytest.mark.parametrize(
    "arguments", [[], ["x", "--subject", "y"], ["--subject", "y"], ["--nothing"]]
)
def test_unclear_questions_are_usage_errors(arguments):
    assert run("prove", *arguments).exit_code == 2


def test_hardening_names_the_role_and_every_table():
    sql = run("harden", "--role", 'app"; DROP').output
    assert sql.count('"app""; DROP"') == 4
    for table in [*triggers.ADDED_TO_ONLY, *triggers.MAY_BE_DELETED]:
        assert table in sql


def test_hardening_is_sql_that_postgresql_takes():
    if connection.vendor != "postgresql":
        pytest.skip("roles are PostgreSQL's")
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        (role,) = cursor.fetchone()
        for statement in triggers.harden(role):
            cursor.execute(statement)


def test_two_sizes_are_shown_to_be_one_log(day, log_keys):
    day(9)
    old = notes.open_checkpoint(run("checkpoint").output, [log_keys])
    day(9, start=9)
    new = notes.open_checkpoint(run("checkpoint").output, [log_keys])
    path = queries.consistency_proof(old.size, new.size)
    assert ledger.verify_consistency(old.size, new.size, old.root, new.root, path)
