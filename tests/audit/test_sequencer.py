"""The sequencer: every committed entry gets one place, whoever runs at the same time."""

import sqlite3
import threading
import time
from datetime import UTC, datetime

import pytest
from django.db import OperationalError, connection, transaction

from romyen import audit
from romyen.audit import checkpoints, integration, sequencer
from romyen.audit.models import Checkpoint, Entry, Frontier, Leaf
from romyen.audit.verify import verify

NOW = datetime(2026, 3, 2, 20, 0, tzinfo=UTC)


def write(number=None, **values):
    return Entry.objects.create(id=number, at=NOW, actor="nok", verb="case.read", **values)


def in_threads(*calls):
    """Run the calls at once, each with a connection of its own; their errors come back."""
    errors, gate = [], threading.Barrier(len(calls))

    def run(call):
        try:
            gate.wait(10)
            call()
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return errors


@pytest.mark.django_db
def test_entries_are_taken_in_their_order_and_once(day):
    day(12)
    assert audit.integrate() == 12
    assert audit.integrate() == 0
    assert list(Leaf.objects.order_by("index").values_list("entry", flat=True)) == list(
        Entry.objects.order_by("id").values_list("id", flat=True)
    )


@pytest.mark.django_db
def test_more_than_a_batch_is_taken(day, monkeypatch, log_keys):
    monkeypatch.setattr(integration, "BATCH", 5)
    day(23)
    assert audit.integrate() == 23
    assert list(Leaf.objects.order_by("index").values_list("index", flat=True)) == list(range(23))
    assert verify([log_keys]).sound


@pytest.mark.django_db
def test_a_lower_number_that_commits_later_is_taken_too():
    write(100)
    audit.integrate()
    late = write(50)
    assert integration.integrate(everything=False) == 1
    assert late.leaf.index == 1


@pytest.mark.django_db
def test_the_full_look_finds_what_lies_behind_the_window():
    write(integration.WINDOW * 3)
    audit.integrate()
    write(1)
    assert integration.integrate(everything=False) == 0
    assert integration.integrate() == 1


@pytest.mark.django_db
def test_a_crash_leaves_neither_half_a_batch_nor_a_gap(day, monkeypatch, log_keys):
    day(3)
    audit.integrate()
    day(5, start=3)
    with monkeypatch.context() as patch:
        patch.setattr(Frontier, "save", lambda row: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            audit.integrate()
    assert Leaf.objects.count() == 3
    assert audit.integrate() == 5
    assert verify([log_keys]).sound


@pytest.mark.django_db(transaction=True)
def test_two_sequencers_and_two_writers_leave_no_gap_and_no_double(monkeypatch, log_keys):
    monkeypatch.setattr(integration, "BATCH", 3)
    done = threading.Event()

    def work():
        for _ in range(40):
            audit.record_alone(actor="nok", verb="case.read", subject="case1", at=NOW)

    def sequence():
        while not done.is_set():
            audit.integrate()

    def finish():
        try:
            assert in_threads(work, work) == []
        finally:
            done.set()

    assert in_threads(sequence, sequence, finish) == []
    audit.integrate()
    assert list(Leaf.objects.order_by("index").values_list("index", flat=True)) == list(range(80))
    assert Leaf.objects.values("entry").distinct().count() == 80
    assert verify([log_keys]).sound


@pytest.mark.django_db(transaction=True)
def test_what_is_not_committed_is_not_taken():
    if connection.vendor == "sqlite":
        pytest.skip("on SQLite nobody else writes meanwhile")
    with transaction.atomic():
        audit.record(actor="nok", verb="case.read", at=NOW)
        audit_alone = in_threads(
            lambda: audit.record_alone(actor="arun", verb="case.read", at=NOW), audit.integrate
        )
        assert audit_alone == []
    audit.integrate()
    assert set(Leaf.objects.values_list("entry__actor", flat=True)) == {"nok", "arun"}
    assert list(Leaf.objects.order_by("index").values_list("index", flat=True)) == [0, 1]


def wait_for(condition):
    limit = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < limit, "it never came"
        time.sleep(0.02)


@pytest.mark.django_db(transaction=True)
def test_the_thread_takes_entries_signs_and_stops(log_keys):
    thread = sequencer.Sequencer(interval=0.02, clock=lambda: NOW, checkpoint_every=0)
    thread.start()
    try:
        audit.record_alone(actor="nok", verb="case.read", at=NOW)
        wait_for(lambda: Checkpoint.objects.filter(size=1).exists())
    finally:
        thread.stop()
    assert not thread.is_alive()
    assert Leaf.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_thread_takes_what_came_last_before_it_ends():
    thread = sequencer.Sequencer(interval=60)
    thread.start()
    audit.record_alone(actor="nok", verb="case.read", at=NOW)
    thread.stop()
    assert Leaf.objects.count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "error", [OperationalError("database is locked"), RuntimeError("a mistake of ours")]
)
def test_the_thread_outlives_trouble_and_keeps_its_words_out_of_the_log(error, monkeypatch, caplog):
    real, troubles = sequencer.integrate, [error] * 3

    def troubled(**arguments):
        if troubles:
            raise troubles.pop()
        return real(**arguments)

    monkeypatch.setattr(sequencer, "integrate", troubled)
    audit.record_alone(actor="nok", verb="case.read", at=NOW)
    thread = sequencer.Sequencer(interval=0.01)
    thread.start()
    try:
        wait_for(Leaf.objects.exists)
    finally:
        thread.stop()
    assert type(error).__name__ in caplog.text
    assert str(error) not in caplog.text


@pytest.mark.django_db
def test_a_missing_key_does_not_stop_the_thread(settings, tmp_path, caplog, day):
    settings.ROMYEN_KEYS_DIR = tmp_path
    day(2)
    sequencer.Sequencer(clock=lambda: NOW).look()
    assert Leaf.objects.count() == 2
    assert "RY-AUDIT-NO-LOG-KEY" in caplog.text


@pytest.mark.django_db(transaction=True)
def test_an_older_copy_of_the_whole_database_is_found(day, log_keys):
    """The file is put back as it was; the note in the drawer is younger than that copy."""
    if connection.vendor != "sqlite":
        pytest.skip("copies a SQLite file; test_rogue does the same by rows")
    day(10)
    checkpoints.sign_checkpoint(at=NOW)
    old = sqlite3.connect(":memory:")
    connection.connection.backup(old)
    day(10, start=10)
    held = {"drawer": checkpoints.sign_checkpoint(at=NOW).note.encode()}
    old.backup(connection.connection)
    old.close()
    found = verify([log_keys], held).findings
    assert {(f.kind, f.place) for f in found} == {("rolled-back", 20)}
    day(30, start=50)
    audit.integrate()
    found = verify([log_keys], held).findings
    assert {(f.kind, f.place) for f in found} == {("history-differs", 20)}
