"""The pages of the legal file: both languages, masked, forgiving, hidden like absent."""

import re
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.legal.story import (
    LAWYER,
    NUMBER,
    ROOM,
    TODAY,
    a_case,
    applied,
    at_court,
    begun,
    charged,
    fresh,
    owed,
    party_of,
    permitted,
)

from romyen.audit.models import Entry
from romyen.cases import queries as cases
from romyen.legal import actions, panels
from romyen.legal.dues import dues
from romyen.legal.models import (
    Charge,
    Compensation,
    FundApplication,
    Hearing,
    Party,
    Permit,
    Proceeding,
)

pytestmark = pytest.mark.django_db
BOX = {"HX-Request": "true"}


def read(answer):
    return answer.content.decode()


def by(reader, world):
    return {"actor": reader, "now": world.now}


def a_full_file(world):
    """A case with one of everything of the law."""
    case = a_case(world)
    made = begun(world, case, detained=True, detained_on=date(2026, 1, 12))
    party = party_of(made)
    charged(world, made)
    coming = at_court(world, made, on=date(2099, 4, 1), people=[party])
    at_court(world, made, "advance_testimony", on=date(2026, 2, 2), outcome="held")
    actions.testify_early(
        party, asked_by="herself", asked_on=date(2026, 1, 30), **by(world.nok, world)
    )
    money = owed(world, party, ordered=40_000, ordered_on=date(2026, 2, 20))
    actions.pay(money, amount=50_000, paid_on=date(2026, 2, 10), **by(world.nok, world))
    permitted(world, case)
    fund = applied(world, case)
    actions.step_of_fund(
        fund, step="supervisor", on=TODAY, decision="approve", **by(world.nok, world)
    )
    return case, fresh(made), coming


def addresses(case, made):
    """Every page of the legal file that a GET answers."""
    party, money = Party.objects.get(case=case), Compensation.objects.get()
    charge, permit, fund = Charge.objects.get(), Permit.objects.get(), FundApplication.objects.get()
    hearing = Hearing.objects.get(outcome="planned")
    page, file = f"/legal/{made.pk}", f"/legal/case/{case.pk}"
    about = ["", "/edit", "/stage", "/join", "/charge", f"/charges/{charge.pk}", "/hearing"]
    about += [f"/hearings/{hearing.pk}", f"/hearings/{hearing.pk}/move"]
    hers = ["", "/begin", f"/parties/{party.pk}", "/permit", f"/permits/{permit.pk}", "/fund"]
    hers += [f"/parties/{party.pk}/{verb}" for verb in ("attend", "testify", "compensate")]
    hers += [f"/attendances/{hearing.attendances.get().pk}", f"/permits/{permit.pk}/renew"]
    hers += [f"/testimonies/{party.testimonies.get().pk}", f"/funds/{fund.pk}"]
    hers += [f"/compensations/{money.pk}", f"/compensations/{money.pk}/pay"]
    hers += [f"/funds/{fund.pk}/step", f"/fund-heads/{fund.heads.get().pk}"]
    return ["/legal/", *(page + part for part in about), *(file + part for part in hers)]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["Human trafficking", "section 6", "Not prepared yet", "Judgment of the court"]),
        ("th", ["ค้ามนุษย์", "มาตรา 6", "ยังไม่ได้เตรียมความพร้อม", "คำพิพากษาศาลชั้นต้น"]),
    ],
)
def test_every_page_reads_in_both_languages(world, language, words):
    case, made, _coming = a_full_file(world)
    browser = world.client(world.nok, language)
    for address in addresses(case, made):
        answer = browser.get(address)
        assert answer.status_code == 200, address
        assert f'<html lang="{language}"' in read(answer), address
    page = read(browser.get(f"/legal/{made.pk}"))
    assert [word for word in words if word not in page] == []


def reads(asked):
    """What was read; the entry of a refusal names its record where there is one."""
    return len([one for one in asked if one["sql"].startswith("SELECT")])


def test_strangers_get_the_page_of_nothing_query_for_query(world):
    case, made, _coming = a_full_file(world)
    world.exclude(world.prasit, case.survivor.node)
    world.exclude(world.prasit, made.node)
    for reader in (world.dao, world.again(world.prasit)):
        browser = world.client(reader)
        browser.get("/legal/there-is-no-such-proceeding")
        for address in addresses(case, made)[1:]:
            parts = address.split("/")
            parts[3 if parts[2] == "case" else 2] = "there-is-no-such"
            with CaptureQueriesContext(connection) as hidden:
                answer = browser.get(address)
            with CaptureQueriesContext(connection) as absent:
                nothing = browser.get("/".join(parts))
            assert (answer.status_code, answer.content) == (404, nothing.content), address
            assert reads(hidden) == reads(absent), address
        assert made.node.code not in read(browser.get("/legal/"))


def test_whoever_has_no_legal_verbs_is_offered_no_box(world):
    case, _made, _coming = a_full_file(world)
    box = f"/legal/case/{case.pk}"
    assert box in read(world.client(world.nok).get(f"/cases/{case.pk}"))
    assert box not in read(world.client(world.mali).get(f"/cases/{case.pk}"))
    assert world.client(world.mali).get(box).status_code == 403
    assert world.client(world.mali).get("/legal/").status_code == 403


def test_the_box_tells_in_a_few_lines_and_opens_nothing(world):
    case, made, _coming = a_full_file(world)
    before = Entry.objects.filter(verb="sealed.read").count()
    box = read(world.client(world.arun).get(f"/legal/case/{case.pk}", headers=BOX))
    assert "<html" not in box
    for word in (made.node.code, "100,000 baht", "40,000 baht", "50,000 baht", "Temporary stay"):
        assert word in box, word
    assert Entry.objects.filter(verb="sealed.read").count() == before


def test_what_is_sealed_stays_masked_until_opened_for_a_purpose(world):
    case, made, _coming = a_full_file(world)
    browser = world.client(world.arun)
    page, file = f"/legal/{made.pk}", f"/legal/case/{case.pk}"
    for address, words in ((page, (NUMBER, ROOM, "Uncle Black")), (file, (LAWYER, "TS 1234"))):
        masked = read(browser.get(address))
        assert [word for word in words if word in masked] == []
        opened = read(browser.post(address, {"purpose": "legal"}))
        assert [word for word in words if word not in opened] == []
        assert browser.post(address, {"purpose": "curiosity"}).status_code == 422


def test_odd_money_is_said_and_not_refused(world):
    case, _made, _coming = a_full_file(world)
    page = read(world.client(world.nok).get(f"/legal/case/{case.pk}"))
    assert "More was paid than was ordered" in page
    assert "A payment lies before the order" in page
    assert "More than the notice names" in page
    assert "140D167S0000000003000" in page  # the source stands beside it


def test_a_proceeding_is_begun_once_however_often_sent(world):
    case = a_case(world)
    form = {
        "kind": "trafficking", "role": "injured", "stage": "inquiry", "submission": "one",
        "stage_on_day": "1", "stage_on_month": "3", "stage_on_year": "2026",
        "shown": "police_no prosecutor_no black_no red_no accused", "black_no": NUMBER,
    }  # fmt: skip
    browser = world.client(world.nok)
    page = f"/legal/case/{case.pk}/begin"
    first, second = browser.post(page, form), browser.post(page, form)
    made = Proceeding.objects.get()
    assert first["Location"] == second["Location"] == f"/legal/{made.pk}"
    assert made.black_no is not None


@pytest.mark.parametrize(
    ("typed", "amount"),
    [("๑๒,๕๐๐", 12500), ("12 500 บาท", 12500), ("12500 baht", 12500), ("1", 1)],
)
def test_amounts_are_read_in_thai_digits_and_with_commas(world, typed, amount):
    case, _made, _coming = a_full_file(world)
    money = Compensation.objects.get()
    day = {"paid_on_day": "1", "paid_on_month": "3", "paid_on_year": "2026"}
    form = {"amount": typed, "submission": "one", **day}
    page = f"/legal/case/{case.pk}/compensations/{money.pk}/pay"
    assert world.client(world.arun).post(page, form).status_code == 302
    assert money.payments.filter(amount=amount).exists()


@pytest.mark.parametrize("typed", ["0", "-5", "1000000000000", "12.50", "๑๒x", "1e5"])
def test_what_is_no_amount_stands_beside_its_field(world, typed):
    case, _made, _coming = a_full_file(world)
    money = Compensation.objects.get()
    day = {"paid_on_day": "1", "paid_on_month": "3", "paid_on_year": "2026"}
    page = f"/legal/case/{case.pk}/compensations/{money.pk}/pay"
    answer = world.client(world.arun).post(page, {"amount": typed, "submission": "one", **day})
    assert answer.status_code == 422
    assert 'id="id_amount-error"' in read(answer)
    assert f'value="{typed}"' in read(answer)
    assert money.payments.count() == 1


def test_a_hearing_before_the_charge_is_refused_beside_its_day(world):
    made = begun(world)
    form = {
        "kind": "hearing", "outcome": "planned", "room": ROOM, "shown": "room words",
        "on_day": "1", "on_month": "4", "on_year": "2026", "submission": "one",
    }  # fmt: skip
    browser = world.client(world.nok)
    answer = browser.post(f"/legal/{made.pk}/hearing", form)
    assert answer.status_code == 422
    assert re.search(r'href="#id_on', read(answer))
    assert ROOM in read(answer)
    assert not Hearing.objects.exists()


def test_a_charge_moved_after_a_hearing_is_warned_of(world):
    made = begun(world)
    row = charged(world, made)
    at_court(world, made, on=date(2026, 2, 1))
    browser = world.client(world.nok)
    assert "stand before any charge" not in read(browser.get(f"/legal/{made.pk}"))
    actions.change_charge(row, charged_on=date(2026, 2, 5), expected=1, **by(world.nok, world))
    assert "stand before any charge" in read(browser.get(f"/legal/{made.pk}"))


def test_the_code_of_a_hidden_case_answers_like_one_of_nobody(world):
    made = begun(world)
    hidden = a_case(world, by=world.founder, team=world.other_team)
    form = {"role": "witness", "submission": "one"}
    browser = world.client(world.nok)
    page = f"/legal/{made.pk}/join"
    answers = [
        browser.post(page, {**form, "code": code}).content.replace(code.encode(), b"")
        for code in (hidden.node.code, "C-2222222B")
    ]
    texts = [
        re.sub(rb'(submission|csrfmiddlewaretoken)" value="[^"]*"', b"", one) for one in answers
    ]
    assert b"No case with this code" in texts[0]
    assert Party.objects.count() == 1


def test_the_second_editor_sees_both_versions(world):
    made = begun(world)
    row = charged(world, made)
    browser = world.client(world.nok)
    page = f"/legal/{made.pk}/charges/{row.pk}"
    assert 'name="version" value="1"' in re.sub(r"\s+", " ", read(browser.get(page)))
    actions.change_charge(row, result="dropped", expected=1, **by(world.founder, world))
    form = {
        "offence": "act_6", "result": "withdrawn", "version": "1", "submission": "one",
        "charged_on_day": "20", "charged_on_month": "1", "charged_on_year": "2026",
        "shown": "detail sentence",
    }  # fmt: skip
    answer = browser.post(page, form)
    shown = re.sub(r"\s+", " ", read(answer))
    assert answer.status_code == 422
    assert "Both versions" in shown
    assert "Not prosecuted" in shown
    assert 'name="version" value="2"' in shown
    assert browser.post(page, {**form, "version": "2", "submission": "two"}).status_code == 302


def test_what_no_key_opens_is_not_wiped_by_saving(world):
    """Nok lost her keys of the team: what she cannot open is not in the form, and stays."""
    made = begun(world)
    world.nok.ring.compartments.clear()
    browser = world.client(world.nok)
    page = f"/legal/{made.pk}/edit"
    text = read(browser.get(page))
    assert 'name="black_no"' not in text or NUMBER in text
    form = {"kind": "trafficking", "version": "1", "shown": "", "submission": "one"}
    assert browser.post(page, {**form, "black_no": "wiped"}).status_code == 302
    assert fresh(made).black_no is not None
    opened = read(world.client(world.arun).post(f"/legal/{made.pk}", {"purpose": "legal"}))
    assert NUMBER in opened


def queries_of(browser, address, **headers):
    browser.get(address, headers=headers)
    with CaptureQueriesContext(connection) as seen:
        assert browser.get(address, headers=headers).status_code == 200
    return len(seen)


def test_the_number_of_queries_does_not_grow(world):
    case, made, _coming = a_full_file(world)
    browser = world.client(world.nok)
    pages = ["/legal/", f"/legal/{made.pk}", f"/legal/case/{case.pk}", f"/cases/{case.pk}"]
    few = [queries_of(browser, page) for page in pages]
    party = party_of(made)
    for number in range(3):
        actions.join(made, a_case(world), role="witness", **by(world.nok, world))
        charged(world, made)
        row = at_court(
            world, made, people=list(made.parties.select_related("case__node", "proceeding__node"))
        )
        assert row.attendances.count() == number + 2
        money = owed(world, party)
        actions.pay(money, amount=1, paid_on=TODAY, **by(world.nok, world))
        permitted(world, case)
        applied(world, case, asked={"goods": 1, "training": 2})
        begun(world, case)
    assert [queries_of(browser, page) for page in pages] == few


def test_the_list_is_narrowed_and_goes_on_by_a_mark(world):
    case = a_case(world)
    rows = [begun(world, case, kind="wage") for _ in range(27)]
    other = begun(world, case)
    browser = world.client(world.arun)
    first = read(browser.get("/legal/?kind=wage"))
    assert other.node.code not in first
    older = re.search(r'href="(\?kind=wage&amp;before=[^"]+)"', first)[1].replace("&amp;", "&")
    second = read(browser.get(f"/legal/{older}"))
    seen = [row.node.code for row in rows if row.node.code in first]
    assert len(seen) == 25
    assert {row.node.code for row in rows} - set(seen) == {
        row.node.code for row in rows if row.node.code in second
    }
    assert read(browser.get("/legal/?kind=nothing&stage=%00&before=zzz"))


# --- the calendar and the time line

SPAN = (datetime(2026, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC))


def test_the_calendar_names_kind_and_code_and_asks_for_verbs(world):
    case, made, coming = a_full_file(world)
    since, until = SPAN

    def seen(reader):
        return [
            (one.kind, one.code, one.key)
            for one in dues(reader, since=since, until=until, now=world.now)
        ]

    permit = Permit.objects.get()
    both = [("permit", case.node.code, permit.pk), ("hearing", made.node.code, coming.pk)]
    assert seen(world.nok) == both
    assert seen(world.mali) == []
    assert seen(world.dao) == []
    world.exclude(world.arun, made.node)
    assert seen(world.again(world.arun)) == both[:1]
    with CaptureQueriesContext(connection) as asked:
        dues(world.nok, since=since, until=until, now=world.now)
    assert len(asked) == 2
    actions.strike(coming, **by(world.nok, world))
    assert seen(world.nok) == both[:1]


def told(world, reader, case):
    line = cases.timeline(reader, case, now=world.now)
    return [one.said["title"] for one in line.happenings if one.said]


def test_the_time_line_tells_what_happened_to_whoever_may_know(world):
    case, made, _coming = a_full_file(world)
    expected = ["Compensation ordered", "Compensation paid", "At court: Testimony in advance",
                "Charge filed", "Granted: Temporary stay"]  # fmt: skip
    assert told(world, world.arun, case) == expected
    assert told(world, world.mali, case) == []
    world.exclude(world.arun, made.node)
    assert told(world, world.again(world.arun), case) == ["Granted: Temporary stay"]


def test_the_time_line_costs_two_queries_of_ours(world):
    from romyen.legal.happenings import happenings

    case, _made, _coming = a_full_file(world)
    with CaptureQueriesContext(connection) as asked:
        found = happenings(world.nok, case, most=3, now=world.now)
    assert len(found) == 3
    assert len(asked) == 2


@pytest.mark.parametrize(
    ("ends", "words"),
    [
        (date(2026, 3, 1), ("Expired", "red")),
        (date(2026, 3, 2), ("Ends soon", "red")),
        (date(2026, 4, 1), ("Ends soon", "red")),
        (date(2026, 4, 2), ("Ends soon", "orange")),
        (date(2026, 5, 1), ("Ends soon", "orange")),
        (date(2026, 5, 2), ("Granted", "green")),
        (None, ("Granted", "green")),
    ],
)
def test_the_end_of_a_permit_is_warned_of(world, ends, words):
    row = permitted(world, a_case(world), expires_on=ends)
    assert panels.standing(row, TODAY) == words
