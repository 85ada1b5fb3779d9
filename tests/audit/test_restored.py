"""An older copy of the database is put back, lawfully: the log says so and goes on."""

import json
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner
from django.db import connection, transaction

from romyen.audit import checkpoints, lives, triggers
from romyen.audit.commands import audit
from romyen.audit.models import Checkpoint, Detail, Entry, EntrySubject, Frontier, Leaf
from romyen.audit.verify import verify
from romyen.rules import notes
from romyen.rules.refusals import Refusal

NOW = datetime(2026, 3, 2, 20, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def run(*arguments):
    result = CliRunner().invoke(audit, arguments)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def put_back(size):
    """The database as it was when the log had so many entries, signed at ten."""
    later = Entry.objects.filter(leaf__index__gte=size) | Entry.objects.filter(leaf=None)
    numbers = list(later.values_list("pk", flat=True))
    with transaction.atomic():
        connection.check_constraints()
        triggers.lower_guard(connection)
        Leaf.objects.filter(index__gte=size).delete()
        Checkpoint.objects.filter(size__gt=size).delete()
        for table in (Detail, EntrySubject):
            table.objects.filter(entry__in=numbers).delete()
        Entry.objects.filter(pk__in=numbers).delete()
        Frontier.objects.all().delete()
        connection.check_constraints()
        triggers.raise_guard(connection)


@pytest.fixture
def house(day, log_keys):
    """Ten entries signed, the copy is made, twenty more signed; the lawyer holds both notes."""
    day(10)
    old = checkpoints.sign_checkpoint(at=NOW).note
    day(20, start=10)
    young = checkpoints.sign_checkpoint(at=NOW).note
    put_back(10)
    day(3, start=40)  # people worked before anybody noticed
    return {"old": old.encode(), "young": young.encode()}


def kinds(held, names):
    report = verify(checkpoints.log_verifiers(), {name: held[name] for name in names})
    return {(found.kind, found.place) for found in report.findings}


def test_until_it_is_said_nothing_is_signed(house):
    with pytest.raises(Refusal, match="RY-AUDIT-LOG-DAMAGED"):
        checkpoints.sign_checkpoint(at=NOW)
    assert kinds(house, ["old"]) == {("rolled-back", 30)}


def test_the_log_says_it_and_goes_on_under_another_name(house):
    said = run("restored", "--reason", "disk", "--yes")
    assert said.exit_code == 0
    assert "romyen.example/log/2+" in said.output
    entry = Entry.objects.get(verb="log.restored")
    told = json.loads(entry.detail.body)
    assert (entry.actor, told["signed"], told["common"], told["reason"]) == (
        "operator",
        30,
        10,
        "disk",
    )
    state = notes.open_checkpoint(checkpoints.latest_note(), checkpoints.log_verifiers())
    assert (state.origin, state.size) == ("romyen.example/log/2", 14)
    frozen = checkpoints.log_key_path().with_name("log.frozen-1")
    assert frozen.read_bytes() == house["young"]
    assert kinds(house, ["old"]) == set()
    assert run("verify").exit_code == 0
    assert run("checkpoint").exit_code == 0


def test_who_holds_the_lost_state_is_told_what_it_is(house):
    run("restored", "--reason", "disk", "--yes")
    assert kinds(house, ["young"]) == {("superseded", 30)}


def test_the_beginning_that_both_share_is_still_watched(house):
    run("restored", "--reason", "disk", "--yes")
    with transaction.atomic():
        connection.check_constraints()
        triggers.lower_guard(connection)
        Entry.objects.filter(leaf__index=4).update(actor="dao")
        found = kinds(house, ["old"])
        transaction.set_rollback(True)
    assert ("history-differs", 10) in found


def test_an_auditor_brings_a_line_for_each_name(house, tmp_path):
    run("restored", "--reason", "drill", "--yes")
    lines = run("key").output.split()
    assert [line.partition("+")[0] for line in lines] == [
        "romyen.example/log",
        "romyen.example/log/2",
    ]
    both = [word for line in lines for word in ("--key", line)]
    assert run("verify", *both).exit_code == 0
    assert run("verify", "--key", lines[0]).exit_code == 1


def test_a_log_that_continues_has_nothing_to_say(day, log_keys):
    day(3)
    with pytest.raises(Refusal, match="RY-AUDIT-NOT-RESTORED"):
        run("restored", "--reason", "mistake", "--yes")
    checkpoints.sign_checkpoint(at=NOW)
    with pytest.raises(Refusal, match="RY-AUDIT-NOT-RESTORED"):
        run("restored", "--reason", "mistake", "--yes")
    assert lives.ended() == []
    assert not Entry.objects.filter(verb="log.restored").exists()


def test_a_log_that_breaks_its_own_checkpoints_is_no_older_copy(house):
    with transaction.atomic():
        connection.check_constraints()
        triggers.lower_guard(connection)
        Leaf.objects.filter(index=4).update(hash="00" * 32)
        with pytest.raises(Refusal, match="RY-AUDIT-LOG-DAMAGED"):
            run("restored", "--reason", "disk", "--yes")
        transaction.set_rollback(True)
    assert lives.ended() == []


def test_it_is_asked_once_more(house):
    answered = CliRunner().invoke(audit, ["restored", "--reason", "disk"], input="n\n")
    assert answered.exit_code == 1
    assert lives.ended() == []


def test_a_database_can_be_put_back_twice(house, day):
    run("restored", "--reason", "disk", "--yes")
    day(5, start=60)
    checkpoints.sign_checkpoint(at=NOW)
    put_back(14)
    assert "romyen.example/log/3+" in run("restored", "--reason", "drill", "--yes").output
    assert kinds(house, ["old"]) == set()
    assert run("verify").exit_code == 0


def test_checkpoint_in_json(day, log_keys):
    day(4)
    told = json.loads(run("checkpoint", "--json").output)
    assert told["size"] == 4
    assert told["note"] == checkpoints.latest_note()
