"""A rogue with the whole database, and in the worst case with the log's key: security.md, T7.

The rogue drops the triggers, changes what he likes and covers it up: leaves, frontier and
checkpoints are made anew and signed. Whoever holds one older checkpoint finds it.
"""

from datetime import UTC, datetime

import pytest
from django.db import connection, transaction

from romyen import audit
from romyen.audit import checkpoints, integration, triggers
from romyen.audit.models import (
    Checkpoint,
    Detail,
    Entry,
    EntrySubject,
    Frontier,
    Leaf,
)
from romyen.audit.verify import verify
from romyen.rules import ledger

NOW = datetime(2026, 3, 2, 20, 0, tzinfo=UTC)
HELD = 20
pytestmark = pytest.mark.django_db


@pytest.fixture
def held(day, log_keys):
    """What the lawyer keeps in her drawer: the checkpoint of 20 entries. Then the log goes on."""
    day(HELD)
    note = checkpoints.sign_checkpoint(at=NOW).note
    day(20, start=HELD)
    checkpoints.sign_checkpoint(at=NOW)
    day(5, start=40)
    audit.integrate()
    return {"drawer": note.encode()}


@pytest.fixture
def rogue(held):
    """The triggers are down, and nothing of what follows outlives the test."""
    with transaction.atomic():
        connection.check_constraints()  # PostgreSQL drops no trigger while checks are pending
        triggers.lower_guard(connection)
        yield
        transaction.set_rollback(True)


def order():
    return list(Leaf.objects.order_by("index").values_list("entry_id", flat=True))


def cover_up(numbers):
    """Make leaves, frontier and checkpoints anew over these entries, signed with the log's key."""
    for table in (Leaf, Frontier, Checkpoint):
        table.objects.all().delete()
    frontier = ledger.Frontier()
    for number in numbers:
        leaf = ledger.leaf_hash(Entry.objects.get(pk=number).leaf_bytes())
        Leaf.objects.create(index=frontier.size, entry_id=number, hash=leaf.hex())
        frontier.append(leaf)
    Frontier.objects.create(size=frontier.size, peaks=frontier.dump(), newest=max(numbers))
    forget_latest()
    checkpoints.sign_checkpoint(at=NOW)


def forget_latest():
    checkpoints.log_key_path().with_name(checkpoints.LATEST_FILE).unlink()


def remove(*numbers):
    EntrySubject.objects.filter(entry__in=numbers).delete()
    Detail.objects.filter(entry__in=numbers).delete()
    Leaf.objects.filter(entry__in=numbers).delete()
    Entry.objects.filter(pk__in=numbers).delete()


def delete_an_entry():
    numbers = order()
    gone = numbers.pop(7)
    remove(gone)
    return numbers


def edit_the_actor():
    Entry.objects.filter(pk=order()[7]).update(actor="dao")
    return order()


def edit_the_time():
    Entry.objects.filter(pk=order()[7]).update(at=NOW)
    return order()


def edit_the_purpose():
    Entry.objects.filter(pk=order()[7]).update(purpose="care")
    return order()


def edit_the_details():
    Detail.objects.filter(entry=order()[7]).update(body='{"number":8}')
    Entry.objects.filter(pk=order()[7]).update(commitment="0" * 64)
    Detail.objects.filter(entry=order()[7]).delete()
    return order()


def drop_a_subject():
    EntrySubject.objects.filter(entry=order()[7], subject="survivor2").delete()
    return order()


def add_a_subject():
    EntrySubject.objects.create(entry_id=order()[7], subject="survivor9")
    return order()


def reorder():
    numbers = order()
    numbers[7], numbers[8] = numbers[8], numbers[7]
    return numbers


def insert():
    numbers = order()
    numbers.insert(7, Entry.objects.create(at=NOW, actor="dao", verb="case.read").pk)
    return numbers


def roll_back():
    numbers = order()
    remove(*numbers[HELD - 5 :])
    return numbers[: HELD - 5]


def fork():
    numbers = roll_back()
    return numbers + [
        Entry.objects.create(at=NOW, actor="dao", verb="case.read").pk for _ in range(40)
    ]


@pytest.mark.usefixtures("rogue")
@pytest.mark.parametrize(
    ("attack", "kind"),
    [
        (delete_an_entry, "history-differs"),
        (edit_the_actor, "history-differs"),
        (edit_the_time, "history-differs"),
        (edit_the_purpose, "history-differs"),
        (edit_the_details, "history-differs"),
        (drop_a_subject, "history-differs"),
        (add_a_subject, "history-differs"),
        (reorder, "history-differs"),
        (insert, "history-differs"),
        (roll_back, "rolled-back"),
        (fork, "history-differs"),
    ],
)
def test_the_drawer_finds_what_was_covered_up(attack, kind, held, log_keys):
    cover_up(attack())
    assert verify([log_keys]).sound  # nobody inside can tell any more
    report = verify([log_keys], held)
    assert [found.kind for found in report.findings] == [kind]
    assert report.findings[0].which.startswith("drawer")
    assert report.findings[0].place == HELD


@pytest.mark.usefixtures("rogue")
def test_an_exchanged_key_does_not_cover_up_either(held, log_keys):
    cover_up(delete_an_entry())
    Checkpoint.objects.all().delete()
    forget_latest()
    checkpoints.log_key_path().unlink()
    new = checkpoints.found_log_key()
    checkpoints.sign_checkpoint(at=NOW)
    assert verify([new]).sound
    assert [found.kind for found in verify([new], held).findings] == ["note-broken"]
    old = verify([log_keys], held).findings
    assert {found.kind for found in old} == {"note-broken", "history-differs"}


@pytest.mark.usefixtures("rogue")
def test_an_edit_that_is_not_covered_up_is_found_at_its_place(log_keys):
    number = order()[7]
    Entry.objects.filter(pk=number).update(actor="dao")
    report = verify([log_keys])
    assert [(found.kind, found.place) for found in report.findings[:1]] == [("entry-changed", 7)]
    assert report.findings[0].which == Entry.objects.get(pk=number).ref
    assert {found.kind for found in report.findings} == {"entry-changed", "history-differs"}


@pytest.mark.usefixtures("rogue")
def test_swapped_leaves_are_found_at_their_places(log_keys):
    first, second = Leaf.objects.filter(index__in=(7, 8)).order_by("index")
    numbers = first.entry_id, second.entry_id
    Leaf.objects.filter(index__in=(7, 8)).delete()
    Leaf.objects.create(index=7, entry_id=numbers[1], hash=first.hash)
    Leaf.objects.create(index=8, entry_id=numbers[0], hash=second.hash)
    found = verify([log_keys]).findings
    assert [(f.kind, f.place) for f in found[:2]] == [("entry-changed", 7), ("entry-changed", 8)]


@pytest.mark.usefixtures("rogue")
def test_a_deleted_leaf_is_found_at_its_place(log_keys):
    Leaf.objects.filter(index=7).delete()
    report = verify([log_keys])
    assert (report.findings[0].kind, report.findings[0].place) == ("leaf-missing", 7)
    assert report.tail == 1


@pytest.mark.usefixtures("rogue")
def test_a_deleted_entry_is_found_at_its_place(log_keys):
    number = order()[7]
    EntrySubject.objects.filter(entry=number).delete()
    Detail.objects.filter(entry=number).delete()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM audit_entry WHERE id = %s", [number])
    found = verify([log_keys]).findings
    assert [(f.kind, f.place) for f in found] == [("entry-missing", 7)]


@pytest.mark.usefixtures("rogue")
def test_changed_details_are_found_and_missing_ones_are_not(log_keys):
    number = Leaf.objects.get(index=7).entry_id
    Detail.objects.exclude(entry=number).delete()
    assert verify([log_keys]).sound
    Detail.objects.filter(entry=number).update(body='{"number":8}')
    report = verify([log_keys])
    assert [(f.kind, f.place) for f in report.findings] == [("details-changed", 7)]
    assert report.details == 1


@pytest.mark.usefixtures("rogue")
def test_details_put_to_an_entry_that_had_none_are_found(log_keys):
    Detail.objects.create(entry_id=order()[6], salt=b"s" * 32, body="{}")
    assert [(f.kind, f.place) for f in verify([log_keys]).findings] == [("details-changed", 6)]


@pytest.mark.usefixtures("rogue")
@pytest.mark.parametrize("change", [{"root": "0" * 64}, {"note": "rubbish"}, {"size": 21}])
def test_a_changed_checkpoint_is_found(change, log_keys):
    Checkpoint.objects.filter(size=HELD).update(**change)
    assert [found.kind for found in verify([log_keys]).findings] == ["note-broken"]


@pytest.mark.usefixtures("rogue")
def test_the_note_beside_the_key_finds_a_rollback_by_itself(log_keys):
    numbers = order()
    remove(*numbers[30:])
    Checkpoint.objects.filter(size__gt=30).delete()
    found = verify([log_keys]).findings
    assert [(f.kind, f.place) for f in found] == [("rolled-back", 40)]
    assert found[0].which == "log.latest beside the key"


@pytest.mark.usefixtures("rogue")
def test_no_second_truth_is_signed_over_a_rolled_back_log():
    numbers = order()
    remove(*numbers[30:])
    Checkpoint.objects.filter(size__gt=30).delete()
    refused_to_sign()


@pytest.mark.usefixtures("rogue")
def test_no_second_truth_is_signed_over_a_changed_log():
    Leaf.objects.filter(index=7).update(hash="0" * 64)
    refused_to_sign()


def refused_to_sign():
    from romyen.rules.refusals import Refusal

    signed = Checkpoint.objects.count()
    with pytest.raises(Refusal) as refusal:
        checkpoints.sign_checkpoint(at=NOW)
    assert refusal.value.code == "RY-AUDIT-LOG-DAMAGED"
    assert Checkpoint.objects.count() == signed


@pytest.mark.usefixtures("rogue")
@pytest.mark.parametrize("frontier", [{"peaks": b"x"}, {"size": 3}, {"size": 44}])
def test_a_spoilt_frontier_is_rebuilt_and_the_log_goes_on(frontier, day, log_keys):
    Frontier.objects.update(**frontier)
    day(3, start=60)
    assert audit.integrate() == 3
    assert verify([log_keys]).sound


@pytest.mark.usefixtures("rogue")
def test_the_log_goes_on_over_a_gap_and_spoilt_hashes(day, log_keys):
    Leaf.objects.filter(index=7).delete()
    Leaf.objects.filter(index=9).update(hash="rubbish")
    Frontier.objects.all().delete()
    day(3, start=60)
    assert audit.integrate() == 4
    assert audit.integrate() == 0
    day(1, start=70)
    assert audit.integrate() == 1
    assert not verify([log_keys]).sound


@pytest.mark.usefixtures("rogue")
def test_missing_triggers_are_reported(log_keys):
    assert "audit_entry_no_update" in verify([log_keys]).unguarded


def test_many_findings_are_counted_and_not_all_listed(rogue, log_keys):
    Leaf.objects.update(hash="0" * 64)
    report = verify([log_keys])
    assert report.counts["entry-changed"] == 45
    assert len(report.findings) == 20


def test_an_honest_log_is_sound_and_tells_its_tail(held, day, log_keys):
    day(4, start=50)
    report = verify([log_keys], held)
    assert (report.sound, report.size, report.tail) == (True, 45, 4)
    assert (report.checkpoints, report.held, report.unguarded) == (2, 2, [])
    assert report.root == integration._frontier()[1].root().hex()


def test_an_empty_log_is_sound(log_keys):
    checkpoints.sign_checkpoint(at=NOW)
    report = verify([log_keys])
    assert (report.sound, report.size) == (True, 0)
    assert report.root == ledger.EMPTY_ROOT.hex()


def test_a_checkpoint_of_another_log_is_refused(held, log_keys, settings):
    settings.ROMYEN_LOG_ORIGIN = "elsewhere.example/log"
    other = checkpoints.log_verifier()
    assert {f.kind for f in verify([other], held).findings} == {"note-broken"}
