"""Entries: what they hold, when they stand, and that they cannot be changed."""

from datetime import UTC, date, datetime, timedelta, timezone
from hashlib import sha256

import pytest
from django.db import DatabaseError, connection, transaction

from romyen import audit
from romyen.audit import actions, triggers
from romyen.audit.canonical import canonical, instant
from romyen.audit.models import Checkpoint, Detail, Entry, EntrySubject, Leaf, Outbox

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


def test_canonical_json_has_one_spelling():
    value = {"ข": [True, None, 3], "b": {"z": "น้ำ", "a": (1,)}, "day": date(2026, 3, 2), "at": NOW}
    assert canonical(value) == (
        '{"at":"2026-03-02T09:30:00.000000Z","b":{"a":[1],"z":"น้ำ"},"day":"2026-03-02",'
        '"ข":[true,null,3]}'
    )


@pytest.mark.parametrize("value", [1.5, b"x", {1: "x"}, {"a": {2, 3}}, object()])
def test_what_has_no_one_spelling_is_an_error(value):
    with pytest.raises(TypeError):
        canonical({"value": value})


def test_instants_are_written_in_utc():
    assert instant(NOW.astimezone(timezone(timedelta(hours=7)))) == "2026-03-02T09:30:00.000000Z"
    with pytest.raises(ValueError):
        instant(NOW.replace(tzinfo=None))


@pytest.mark.django_db
def test_a_leaf_is_reproduced_from_the_rows_to_the_byte():
    written = audit.record(
        actor="nok", verb="lead.triage", subject="lead2", subjects=["lead1", "lead2"],
        purpose="triage", details={"decision": "case"}, at=NOW,
    )  # fmt: skip
    read = Entry.objects.get(ref=written.ref)
    salt, body = bytes(read.detail.salt), read.detail.body
    committed = sha256(salt + body.encode()).hexdigest()
    assert (body, len(salt)) == ('{"decision":"case"}', 32)
    assert read.leaf_bytes().decode() == (
        '{"actor":"nok","at":"2026-03-02T09:30:00.000000Z",'
        f'"details":"{committed}","purpose":"triage","ref":"{written.ref}",'
        '"subjects":["lead1","lead2"],"v":1,"verb":"lead.triage"}'
    )


@pytest.mark.django_db
def test_equal_details_have_unequal_commitments():
    first, second = (
        audit.record(actor="nok", verb="x.y", details={"code": 1}, at=NOW) for _ in range(2)
    )
    assert first.commitment != second.commitment


@pytest.mark.django_db
def test_an_entry_without_details_commits_to_nothing():
    assert audit.record(actor="system", verb="x.y", at=NOW).commitment == ""
    assert not Detail.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong",
    [
        {"actor": ""},
        {"verb": ""},
        {"actor": "x" * 33},
        {"subject": "x" * 33},
        {"subjects": [""]},
        {"verb": "x" * 65},
        {"purpose": "x" * 121},
        {"at": NOW.replace(tzinfo=None)},
    ],
)
def test_what_no_entry_can_hold_is_an_error(wrong):
    with pytest.raises(ValueError):
        audit.record(**{"actor": "nok", "verb": "x.y", "at": NOW} | wrong)
    assert not Entry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_the_entry_of_a_rolled_back_verb_leaves_no_trace():
    with transaction.atomic():
        audit.record(actor="nok", verb="x.y", subject="case1", details={"n": 1}, at=NOW)
        transaction.set_rollback(True)
    for table in (Entry, EntrySubject, Detail, Leaf):
        assert not table.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_write_without_a_transaction_is_a_mistake():
    with pytest.raises(RuntimeError, match="transaction"):
        audit.record(actor="nok", verb="x.y", at=NOW)


@pytest.mark.django_db(transaction=True)
def test_an_entry_alone_is_committed_before_it_returns():
    audit.record_alone(actor="nok", verb="case.read", subjects=["case1", "case2"], at=NOW)
    connection.close()
    assert Entry.objects.get().verb == "case.read"
    assert EntrySubject.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_an_entry_alone_refuses_to_be_taken_back_with_others():
    with pytest.raises(RuntimeError), transaction.atomic():
        audit.record_alone(actor="nok", verb="case.read", subject="case1", at=NOW)
    assert not Entry.objects.exists()


@pytest.mark.django_db
def test_who_has_seen_this_is_answered_newest_first_and_by_pages(day):
    day(30)
    everyone = audit.entries_about("case3")
    assert [entry.at.minute for entry in everyone] == [24, 17, 10, 3]
    assert {entry.purpose for entry in everyone} == {"caseload"}
    first = audit.entries_about("case3", limit=3)
    assert audit.entries_about("case3", before=first[-1].ref) == everyone[3:]
    assert audit.entries_about("stranger") == []


@pytest.mark.django_db
def test_who_has_seen_this_uses_the_index(day):
    day(3)
    about = Entry.objects.filter(subjects__subject="case1").order_by("-id")
    if connection.vendor == "sqlite":
        assert "audit_entry_by_subject" in about.explain()
    assert len(about) == 1


@pytest.fixture
def filled(day, log_keys):
    day(5)
    from romyen.audit.checkpoints import sign_checkpoint

    sign_checkpoint(at=NOW)


CHANGES = [
    (Entry, {"actor": "dao"}),
    (Entry, {"at": NOW}),
    (EntrySubject, {"subject": "case99"}),
    (Leaf, {"hash": "0" * 64}),
    (Checkpoint, {"root": "0" * 64}),
    (Detail, {"body": "{}"}),
]


@pytest.mark.django_db
@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize(("table", "change"), CHANGES)
def test_the_database_refuses_every_change(table, change):
    with pytest.raises(DatabaseError, match=triggers.REFUSED), transaction.atomic():
        table.objects.update(**change)


@pytest.mark.django_db
@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("table", list(triggers.ADDED_TO_ONLY))
def test_the_database_refuses_every_deletion(table):
    with (
        pytest.raises(DatabaseError, match=triggers.REFUSED),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"DELETE FROM {table}")  # noqa: S608


@pytest.mark.django_db
@pytest.mark.usefixtures("filled")
def test_an_entry_is_not_replaced_either():
    if connection.vendor != "sqlite":
        pytest.skip("REPLACE is SQLite's")
    for table in [*triggers.ADDED_TO_ONLY, *triggers.MAY_BE_DELETED]:
        with (
            pytest.raises(DatabaseError, match="REPLACE"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(f"REPLACE INTO {table} SELECT * FROM {table} LIMIT 1")  # noqa: S608


@pytest.mark.django_db
@pytest.mark.usefixtures("filled")
def test_the_tables_are_not_truncated_either():
    if connection.vendor != "postgresql":
        pytest.skip("TRUNCATE is PostgreSQL's")
    connection.check_constraints()  # it truncates nothing while checks are pending
    for table in [*triggers.ADDED_TO_ONLY, *triggers.MAY_BE_DELETED]:
        with (
            pytest.raises(DatabaseError, match=triggers.REFUSED),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(f"TRUNCATE {table} CASCADE")


@pytest.mark.django_db
def test_every_trigger_stands_after_the_migrations():
    assert triggers.missing_triggers(connection) == []
    with triggers.lowered_guard(connection):
        assert len(triggers.missing_triggers(connection)) >= 9
    assert triggers.missing_triggers(connection) == []


@pytest.mark.django_db
@pytest.mark.usefixtures("filled")
def test_details_can_be_shredded_and_that_is_written_down():
    before = Detail.objects.count()
    gone = actions.shred_details("case1", actor="prasit", purpose="shredding", at=NOW)
    assert gone == 1
    assert Detail.objects.count() == before - gone + 1
    assert Entry.objects.get(verb="audit.shred-details").subjects.get().subject == "case1"


heard = []


def hear(entry, *, now):
    heard.append((entry.verb, now))


def fail(entry, *, now):
    raise ValueError("something about a person")


@pytest.mark.django_db
def test_handlers_hear_of_a_committed_entry_once(settings):
    from romyen.audit import outbox

    heard.clear()
    settings.ROMYEN_EVENTS = {"lead.close": [f"{__name__}.hear", f"{__name__}.fail"]}
    audit.record(actor="nok", verb="lead.close", at=NOW)
    audit.record(actor="nok", verb="lead.read", at=NOW)
    assert outbox.deliver(now=NOW) == 1
    assert outbox.deliver(now=NOW) == 0
    assert heard == [("lead.close", NOW)]
    failed = Outbox.objects.get(done_at=None)
    assert (failed.attempts, failed.failure, failed.due_at) == (
        1, "ValueError", NOW + timedelta(minutes=1)
    )  # fmt: skip
    for _ in range(20):
        outbox.deliver(now=NOW + timedelta(days=30))
    failed.refresh_from_db()
    assert failed.attempts < outbox.MAX_ATTEMPTS
    assert len(heard) == 1
