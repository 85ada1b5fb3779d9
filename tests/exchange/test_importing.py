"""Cases come in: whole rows, known ones known again, nothing overwritten, nothing lost."""

import dataclasses
import io
import random

import pytest
from tests.exchange.htcds.files import DATA
from tests.exchange.tables import CODE, MALEE, OTHER_CODE, table

from romyen.access import operator
from romyen.access.models import Node
from romyen.audit.models import Entry
from romyen.cases.models import Case
from romyen.exchange.actions import importing
from romyen.exchange.gathering import gather
from romyen.exchange.htcds import Mapped, read, write_csv, write_errors
from romyen.exchange.htcds.record import Record, canonical
from romyen.exchange.htcds.standard import Kind, fields
from romyen.exchange.models import Difference, Imported
from romyen.keys.models import DataKey
from romyen.notices.models import Notice
from romyen.rules.refusals import Refusal
from romyen.survivors import queries as her
from romyen.survivors.models import Consent, Contact, Identification, Survivor

pytestmark = pytest.mark.django_db


def codes(report):
    return [conflict.code for conflict in report.conflicts]


def only_record(reader, world):
    [one] = gather(
        reader, list(Survivor.objects.select_related("node")), purpose="x", now=world.now
    )
    return one.record


def refusal_code(act, *args, **kwargs):
    with pytest.raises(Refusal) as caught:
        act(*args, **kwargs)
    return caught.value.code


def test_a_row_becomes_a_file_and_a_case(world, bring):
    report = bring(table(MALEE))
    assert (report.imported, report.refused, report.whole) == (1, 0, True)
    survivor = Survivor.objects.get()
    assert survivor.node.team_id == world.team.pk
    assert (survivor.minor, survivor.nationalities, survivor.status) == ("yes", ["MM"], "possible")
    names = her.names(world.arun, [survivor], purpose="care", now=world.now)
    assert names[survivor.pk] == "Malee Jaidee"
    step = Identification.objects.get()
    assert (step.imported, step.basis, step.organisation) == (True, "imported", "other")
    assert Consent.objects.get().way == "imported"
    assert Contact.objects.count() == 1
    case = Case.objects.get()
    assert (case.survivor_id, case.manager.name, case.is_open) == (survivor.pk, "Founder", True)
    assert Notice.objects.filter(recipient=case.manager_id, kind="case.assigned").count() == 1


def test_what_came_is_what_the_key_holder_sees_again(world, bring):
    bring(table(MALEE))
    record = only_record(world.nok, world)
    said = {name: value for name, value in record.values.items() if name != "romyen_code"}
    expected = {**MALEE, "romyen_instance_id": "malee-1", "prs_Citizenship": ("MM",)}
    del expected["Favourite food"]
    assert said == expected
    assert record.unmapped == {"Favourite food": "mango"}


def test_the_operator_opens_nothing(world, bring):
    bring(table(MALEE))
    assert only_record(operator(), world) is None
    assert not her.survivors(operator(), now=world.now).exists()


def test_a_stranger_and_a_counsellor_bring_nothing_in(world, bring):
    assert refusal_code(bring, table(MALEE), by=world.dao) == "RY-ABSENT"
    assert refusal_code(bring, table(MALEE), by=world.mali) == "RY-ACCESS-DENIED"
    assert not Survivor.objects.exists()


def test_twice_changes_nothing(world, bring):
    rows = table(MALEE, {"prs_FirstName": "Nang", "cas_Status": "Closed"})
    bring(rows)
    before = (Survivor.objects.count(), Case.objects.count(), DataKey.objects.count())
    again = bring(rows)
    assert (again.imported, again.unchanged, again.whole) == (0, 2, True)
    assert (Survivor.objects.count(), Case.objects.count(), DataKey.objects.count()) == before
    assert not Difference.objects.exists()


def test_one_entry_for_each_row_names_file_and_case(world, bring):
    bring(table(MALEE, {"prs_FirstName": "Nang"}))
    entries = Entry.objects.filter(verb="exchange.import")
    about = sorted(sorted(row.subject for row in entry.subjects.all()) for entry in entries)
    survivors = {case.survivor_id: case.pk for case in Case.objects.all()}
    nang = Survivor.objects.exclude(pk__in=survivors).get()
    assert about == sorted([sorted(*survivors.items()), [nang.pk]])
    assert {entry.actor for entry in entries} == {"operator"}


def test_a_known_row_that_says_something_else_waits(world, bring):
    bring(table(MALEE))
    moved = {**MALEE, "prs_MobilePhone": "0899999999"}
    report = bring(table(moved))
    assert (report.waiting, report.whole) == (1, False)
    assert "RY-HTCDS-KNOWN-CHANGED" in codes(report)
    assert only_record(world.nok, world).values["prs_MobilePhone"] == "0812345678"
    assert bring(table(moved)).waiting == 1
    assert Difference.objects.count() == 1
    assert b"0899999999" not in bytes(Difference.objects.get().identity.blob)


def test_a_dry_run_tells_and_writes_nothing(world, bring):
    entries = Entry.objects.count()
    report = bring(table(MALEE, {"prs_Birthdate": "03/04/2010"}), dry_run=True)
    assert (report.rows, report.imported, report.refused) == (2, 1, 1)
    assert not Survivor.objects.exists()
    assert Entry.objects.count() == entries


def test_a_verb_that_refuses_sends_its_row_back(world, bring):
    future = {"prs_FirstName": "A", "prs_Birthdate": "2026-12-01"}
    closed = {
        "prs_FirstName": "B",
        "cas_Status": "ClosedReferred",
        "cas_IncomingReferralDate": "2026-02-01",
        "cas_OutgoingReferralDate": "2026-01-01",
    }
    report = bring(table(future, closed, {"prs_FirstName": "C"}))
    assert (report.imported, report.refused) == (1, 2)
    told = [(c.row, c.column, c.code) for c in report.conflicts if c.refuses]
    assert told == [
        (2, "prs_Birthdate", "RY-BIRTH-FUTURE"),
        (3, "cas_OutgoingReferralDate", "RY-CASE-CLOSED-BEFORE-OPENED"),
    ]


def test_mended_rows_come_in(world, bring):
    source = read(DATA / "filled.xlsx")
    report = bring((DATA / "filled.xlsx").read_bytes())
    assert (report.imported, report.refused) == (34, 6)
    workbook = write_errors(source, report.to_mend)
    again = bring(workbook)
    assert (again.imported, again.refused) == (0, 6)
    [mended] = [o for o in report.to_mend if "RY-HTCDS-VALUE-UNKNOWN" in str(o.conflicts)][:1]
    cells = [
        cell._replace(value="Feminine") if "Gender" in (cell.label or "") else cell
        for cell in mended.raw.cells
    ]
    mended = dataclasses.replace(mended, raw=dataclasses.replace(mended.raw, cells=cells))
    assert bring(write_errors(source, [mended])).imported == 1


def test_our_code_is_taken_over_when_it_is_free(world, bring):
    bring(table({"prs_FirstName": "A", "romyen_code": CODE}))
    assert Survivor.objects.get().node.code == CODE
    report = bring(table({"prs_FirstName": "A", "romyen_code": CODE}))
    assert report.unchanged == 1
    report = bring(table({"prs_FirstName": "B", "romyen_code": CODE}))
    assert report.waiting == 1


def test_a_code_that_means_two_people_is_refused(world, bring):
    bring(table({**MALEE, "romyen_code": CODE}, {"prs_FirstName": "B", "romyen_code": OTHER_CODE}))
    other = {**MALEE, "romyen_code": OTHER_CODE}
    foreign = {**MALEE, "romyen_instance_id": "uuid:else", "romyen_code": CODE}
    for row in (other, foreign):
        report = bring(table(row))
        assert (report.refused, codes(report)[-1]) == (1, "RY-HTCDS-CODE-TAKEN")


def test_a_hidden_record_is_not_given_away(world, bring):
    """Prasit is her relative: for him her row is a new one, with a code of its own."""
    bring(table({**MALEE, "romyen_code": CODE}))
    node = Node.objects.get(code=CODE)
    world.exclude(world.prasit, node)
    report = bring(table({**MALEE, "romyen_code": CODE}), by=world.prasit)
    assert (report.imported, report.unchanged, report.waiting) == (1, 0, 0)
    assert Node.objects.filter(code=CODE).count() == 1
    assert bring(table(MALEE), by=world.arun).unchanged == 1


def test_a_break_in_the_middle_loses_nothing_that_was_told(world, bring, monkeypatch):
    monkeypatch.setattr(importing, "BATCH", 2)
    rows = table(*({"prs_FirstName": f"Person {n}"} for n in range(7)))
    seen = []

    def watch(report):
        seen.append(report.imported)
        if len(seen) == 2:
            raise KeyboardInterrupt
        return True

    with pytest.raises(KeyboardInterrupt):
        bring(rows, watch=watch)
    assert Survivor.objects.count() == seen[-1] == 4
    again = bring(rows)
    assert (again.unchanged, again.imported) == (4, 3)
    assert Survivor.objects.count() == Imported.objects.count() == 7


def test_a_batch_is_whole_or_not_there(world, bring, monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(importing.audit, "record_many", broken)
    with pytest.raises(RuntimeError):
        bring(table(MALEE))
    assert not Survivor.objects.exists()
    assert not Imported.objects.exists()


def test_cases_go_to_their_owner_else_to_whoever_brings_them(world, bring):
    owned = {"prs_FirstName": "A", "cas_CaseOwner": "arun"}
    unknown = {"prs_FirstName": "B", "cas_CaseOwner": "Somebody Else"}
    report = bring(table(owned, unknown), by=world.nok)
    managers = sorted(Case.objects.values_list("manager__name", flat=True))
    assert managers == ["Arun", "Nok"]
    assert [c.row for c in report.conflicts if c.code == "RY-HTCDS-NO-OWNER"] == [3]


def test_a_closed_case_comes_in_closed(world, bring):
    row = {
        "prs_FirstName": "A",
        "cas_Status": "Closed",
        "cas_ReasonForCaseClosure": "back with her aunt",
        "cas_IncomingReferralDate": "2025-01-01",
    }
    report = bring(table(row))
    case = Case.objects.get()
    assert (case.status, case.outcome, str(case.opened_on)) == ("closed", "other", "2025-01-01")
    assert [turn.kind for turn in case.turns.order_by("on")] == ["opened", "closed"]
    told = [c.column for c in report.conflicts if c.code == "RY-HTCDS-DAY-OF-IMPORT"]
    assert told == ["cas_Status"]
    assert only_record(world.nok, world).values["cas_ReasonForCaseClosure"] == "back with her aunt"


@pytest.mark.parametrize("name", ["filled.xlsx", "names.csv", "kobo.csv"])
def test_every_example_comes_back_as_it_came(world, bring, name):
    content = (DATA / name).read_bytes()
    came = {canonical(o.record) for o in Mapped(read(content, name)) if o.record}
    bring(content)
    survivors = list(Survivor.objects.select_related("node"))
    records = [g.record for g in gather(world.nok, survivors, purpose="x", now=world.now)]
    assert {canonical(record) for record in records} == came


def test_a_case_of_which_only_the_end_is_known_comes_in(world, bring):
    row = {"cas_Status": "ClosedReferred", "cas_OutgoingReferralDate": "2024-05-06"}
    report = bring(table({"prs_FirstName": "A", **row}))
    assert (report.imported, report.refused) == (1, 0)
    assert str(Case.objects.get().opened_on) == "2024-05-06"
    assert "RY-HTCDS-OPENED-UNKNOWN" in codes(report)
    record = only_record(world.nok, world)
    assert "cas_IncomingReferralDate" not in record.values


def said_in_any_way(chance):
    """Values for some of the official fields, as real rows have them: two may say the same."""
    row = {}
    for field in fields().values():
        if field.local or chance.random() < 0.4:
            continue
        codes = [option.code for option in field.options[:6]]
        match field.kind:
            case Kind.DATE:
                row[field.name] = f"{chance.randint(1980, 1999)}-0{chance.randint(1, 9)}-17"
            case Kind.WHOLE | Kind.DECIMAL:
                row[field.name] = str(chance.randint(1, 12))
            case Kind.CHECK:
                row[field.name] = chance.choice(["TRUE", "FALSE"])
            case Kind.ONE | Kind.COUNTRY:
                row[field.name] = chance.choice(codes)
            case Kind.MANY:
                row[field.name] = tuple(chance.sample(codes, 2))
            case _:
                row[field.name] = chance.choice(["น้ำ ใจดี", "=1+1", "+66 81", "a;b", "NA", "'x'"])
    return row | {"cas_OutgoingReferralDate": "2001-01-01"}


def test_whatever_a_row_says_comes_back_from_the_tables(world, bring):
    """Not what we mean to store, but what is stored: nothing may be said twice and lost once."""
    chance = random.Random(2551)
    records = [Record.of(said_in_any_way(chance), {"หมายเหตุ": f"{n}"}) for n in range(60)]
    stream = io.BytesIO()
    write_csv(records, stream)
    report = bring(stream.getvalue())
    assert [c for c in report.conflicts if c.refuses] == []
    survivors = list(Survivor.objects.select_related("node"))
    found = [one.record for one in gather(world.nok, survivors, purpose="x", now=world.now)]
    assert {canonical(record) for record in found} == {canonical(record) for record in records}
