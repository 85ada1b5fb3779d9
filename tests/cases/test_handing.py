"""A case changes hands when the colleague accepts it, and at once where nobody has to be asked."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cases.story import NAME, a_case, as_stored, refused

from romyen.access import people
from romyen.access.models import Member
from romyen.audit.models import Entry
from romyen.cases import actions, queries
from romyen.cases.actions.answering import lapse
from romyen.cases.actions.handing import OFFER_DAYS
from romyen.cases.models import Case, Offer, Task, Turn
from romyen.notices.models import Notice

pytestmark = pytest.mark.django_db
WORDS = "My aunt works at that factory."


def offered(world, *cases, to=None, by=None):
    handed = actions.hand_over(
        cases, to=(to or world.arun).member, reason="leave", actor=by or world.nok, now=world.now
    )
    assert not handed.moved
    return [Offer.objects.select_related("case__node", "to").get(pk=o.pk) for o in handed.offered]


def told(who, kind):
    return [n.count for n in Notice.objects.filter(recipient=who.id, kind=kind)]


def test_until_arun_accepts_the_case_is_noks(world):
    case = a_case(world)
    actions.add_task(
        case, title="home_visit", assigned=world.nok.member, actor=world.nok, now=world.now
    )
    [offer] = offered(world, case)
    assert as_stored(case).manager_id == world.nok.id
    assert told(world.arun, "case.offered") == [1]
    assert Entry.objects.filter(verb="case.offer").count() == 1
    assert not Turn.objects.filter(kind="handed_over").exists()
    actions.accept([offer], actor=world.arun, now=world.now + timedelta(days=6))
    assert as_stored(case).manager_id == world.arun.id
    assert Task.objects.get().assigned_id == world.arun.id
    turn = Turn.objects.get(kind="handed_over")
    assert (turn.by, turn.former, turn.manager) == (world.arun.id, world.nok.id, world.arun.id)
    assert told(world.nok, "case.taken") == [1]
    assert Entry.objects.filter(verb="case.hand_over", actor=world.arun.id).count() == 1


def test_many_are_accepted_together_or_one_by_one(world):
    offers = offered(world, a_case(world), a_case(world), a_case(world))
    assert told(world.arun, "case.offered") == [3]
    actions.accept(offers[:1], actor=world.arun, now=world.now)
    assert Case.objects.filter(manager=world.arun.id).count() == 1
    actions.accept(offers[1:], actor=world.arun, now=world.now)
    assert Case.objects.filter(manager=world.arun.id).count() == 3
    assert told(world.nok, "case.taken") == [1, 2]


def test_all_or_none_are_accepted(world):
    offers = offered(world, a_case(world), a_case(world))
    actions.withdraw(offers[1], actor=world.nok, now=world.now)
    with refused("RY-CASE-OFFER-OVER"):
        actions.accept(offers, actor=world.arun, now=world.now)
    assert not Case.objects.filter(manager=world.arun.id).exists()


def test_arun_declines_and_says_why(world):
    case = a_case(world)
    [offer] = offered(world, case)
    with refused("RY-LIST-UNKNOWN", "because"):
        actions.decline([offer], because="mood", actor=world.arun, now=world.now)
    actions.decline([offer], because="conflict", words=WORDS, actor=world.arun, now=world.now)
    assert as_stored(case).manager_id == world.nok.id
    assert told(world.nok, "case.declined") == [1]
    [entry] = Entry.objects.filter(verb="case.decline")
    assert json.loads(entry.detail.body) == {"offer": offer.pk, "because": "conflict"}
    stored = Offer.objects.get()
    assert str(stored.words) == "•••"
    with refused("RY-CASE-OFFER-OVER"):
        actions.accept([offer], actor=world.arun, now=world.now)


def test_only_the_colleague_who_was_asked_can_answer(world):
    [offer] = offered(world, a_case(world))
    for who in (world.mali, world.nok, world.dao, world.founder):
        with refused("RY-ABSENT"):
            actions.accept([offer], actor=who, now=world.now)
        with refused("RY-ABSENT"):
            actions.decline([offer], because="other", actor=who, now=world.now)
    with refused("RY-CASE-NOTHING-CHOSEN", "offers"):
        actions.accept([], actor=world.arun, now=world.now)


def test_whoever_was_excluded_meanwhile_can_accept_nothing(world):
    case = a_case(world)
    [offer] = offered(world, case)
    world.exclude(world.arun, case.survivor.node)
    arun = world.again(world.arun)
    with refused("RY-ABSENT"):
        actions.accept([offer], actor=arun, now=world.now)
    assert queries.offered_to(arun, now=world.now) == []


def test_after_seven_days_it_lapses_and_is_told_once(world):
    case = a_case(world)
    [offer] = offered(world, case, a_case(world))[:1]
    over = world.now + timedelta(days=OFFER_DAYS)
    with refused("RY-CASE-OFFER-OVER"):
        actions.accept([offer], actor=world.arun, now=over)
    assert lapse(now=over - timedelta(seconds=1)) == 0
    assert lapse(now=over) == 2
    assert lapse(now=over) == 0
    assert told(world.nok, "case.lapsed") == [2]
    assert as_stored(case).manager_id == world.nok.id
    offered(world, case)


def test_a_new_offer_takes_the_place_of_one_that_waits(world):
    case = a_case(world)
    [first] = offered(world, case)
    [second] = offered(world, case, to=world.mali)
    with refused("RY-CASE-OFFER-OVER"):
        actions.accept([first], actor=world.arun, now=world.now)
    actions.accept([second], actor=world.mali, now=world.now)
    assert as_stored(case).manager_id == world.mali.id


def test_a_closed_case_is_taken_over_by_nobody(world):
    case = a_case(world)
    [offer] = offered(world, case)
    fresh = as_stored(case)
    actions.close_case(
        fresh, outcome="other", closed_on=fresh.opened_on, expected=fresh.version,
        actor=world.nok, now=world.now,
    )  # fmt: skip
    with refused("RY-CASE-CLOSED"):
        actions.accept([offer], actor=world.arun, now=world.now)
    assert Offer.objects.get().ended == Offer.OVERTAKEN


def test_the_cases_of_one_who_has_left_go_at_once(world):
    case = a_case(world, by=world.arun)
    people.deactivate(world.arun.member, actor=world.lek, now=world.now)
    handed = actions.hand_over(
        [case], to=world.mali.member, reason="left", actor=world.nok, now=world.now
    )
    assert [one.pk for one in handed.moved] == [case.pk]
    assert as_stored(case).manager_id == world.mali.id
    assert Notice.objects.filter(recipient=world.mali.id, kind="case.assigned").count() == 1


def test_only_who_hands_over_takes_an_offer_back(world):
    [offer] = offered(world, a_case(world))
    with refused("RY-ACCESS-DENIED"):
        actions.withdraw(offer, actor=world.arun, now=world.now)
    with refused("RY-ABSENT"):
        actions.withdraw(offer, actor=world.dao, now=world.now)
    actions.withdraw(offer, actor=world.nok, now=world.now)
    with refused("RY-CASE-OFFER-OVER"):
        actions.withdraw(offer, actor=world.nok, now=world.now)


# --- the pages (they read the real clock, so offers are made late)


@pytest.fixture
def late(world):
    from romyen.access.doors import clock

    world.now = clock()
    return world


def read(answer):
    return answer.content.decode()


def sent(browser, address, **typed):
    return browser.post(address, {"submission": "x" * 22, **typed})


def test_nok_offers_and_arun_takes_over_in_the_browser(late):
    case, other = a_case(late), a_case(late)
    nok, arun = late.client(late.nok), late.client(late.arun)
    page = read(nok.get(f"/cases/hand-over?case={case.pk}"))
    assert case.node.code in page
    assert other.node.code not in page
    answer = sent(
        nok, f"/cases/hand-over?case={case.pk}",
        cases=[case.pk], to=late.arun.id, reason="workload",
    )  # fmt: skip
    assert answer.headers["Location"] == "/cases/offers"
    page = read(nok.get("/cases/offers"))
    assert "The cases are offered." in page
    assert "Waits for an answer" in page
    assert "Offered to Arun" in read(nok.get(f"/cases/{case.pk}"))
    page = read(arun.get("/cases/offers"))
    assert case.node.code in page
    assert NAME not in page
    assert "Accept or decline" in read(arun.get(f"/cases/{case.pk}"))
    offer = Offer.objects.get()
    answer = sent(arun, "/cases/offers", offers=[offer.pk], answer="decline")
    assert answer.status_code == 422
    assert "Choose why" in read(answer)
    assert sent(arun, "/cases/offers", offers=[offer.pk], answer="accept").status_code == 302
    assert as_stored(case).manager_id == late.arun.id
    assert "Accepted" in read(nok.get("/cases/offers"))


def test_a_no_stands_on_the_time_line_and_its_words_are_sealed(late):
    case = a_case(late)
    [offer] = offered(late, case)
    arun, nok = late.client(late.arun), late.client(late.nok)
    typed = {"offers": [offer.pk], "answer": "decline", "because": "conflict", "words": WORDS}
    assert sent(arun, "/cases/offers", **typed).status_code == 302
    page = read(nok.get(f"/cases/{case.pk}"))
    assert "Offered to Arun" in page
    assert "Declined" in page
    assert WORDS not in page
    assert WORDS in read(nok.post(f"/cases/{case.pk}", {"purpose": "care"}))
    assert "Conflict of interest" in read(nok.get("/cases/offers"))


def test_nok_takes_an_offer_back_in_the_browser(late):
    case = a_case(late)
    [offer] = offered(late, case)
    nok = late.client(late.nok)
    address = f"/cases/{case.pk}/offers/{offer.pk}/withdraw"
    assert f'action="{address}"' in read(nok.get(f"/cases/{case.pk}"))
    assert f'action="{address}"' in read(nok.get("/cases/offers"))
    assert sent(nok, address).status_code == 302
    assert Offer.objects.get().ended == Offer.WITHDRAWN
    assert "No case waits" in read(late.client(late.arun).get("/cases/offers"))


def test_ticks_stand_on_the_list_for_who_hands_over(late):
    case = a_case(late)
    tick = f'type="checkbox" name="case" id="c-{case.pk}"'
    assert tick in read(late.client(late.nok).get("/cases/every"))
    assert tick not in read(late.client(late.nok).get("/cases/every?status=all"))
    assert tick not in read(late.client(late.arun).get("/cases/every"))


def test_the_list_of_offers_asks_no_more_for_many(late):
    def asked():
        nok = late.client(late.nok)
        nok.get("/cases/offers")
        with CaptureQueriesContext(connection) as found:
            nok.get("/cases/offers")
        return len(found)

    offered(late, a_case(late))
    before = asked()
    offered(late, a_case(late), a_case(late))
    assert asked() == before


def test_thai(late):
    case = a_case(late)
    offered(late, case)
    page = read(late.client(late.arun, language="th").get("/cases/offers"))
    assert "กรณีที่มีผู้เสนอให้คุณ" in page
    assert Member.objects.get(pk=late.nok.id).name in page
