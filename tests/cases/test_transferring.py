"""A file goes to another team: accepted first, its keys passed on by whoever holds them.

Nok's team holds the case; Dao does casework in the other one; Mali counsels, Fah does so there.
"""

from datetime import timedelta

import pytest
from tests.cases.story import NAME, a_case, happened, refused

from romyen import access
from romyen.access import people, walls
from romyen.access.models import Assignment, Node
from romyen.audit.models import Entry
from romyen.cases import actions, queries
from romyen.cases.actions.answering import lapse
from romyen.cases.actions.transferring import receivers
from romyen.cases.models import Case, Deadline, Offer, Task, Turn
from romyen.keys.models import DataKey, Grant
from romyen.notices.models import Notice
from romyen.survivors.models import Survivor

pytestmark = pytest.mark.django_db
WORDS = "Two colleagues are away, and nobody here speaks her language."


def south(world):
    return Node.objects.get(pk=world.other_team.pk)


def afresh(row):
    """The row as the next request reads it."""
    whole = row.__class__.objects.select_related("case__survivor__node", "team", "to")
    return whole.get(pk=row.pk)


def offered(world, case, **said):
    given = {"team": south(world), "to": world.dao.member, "reason": "her_wish", "wish": "agrees"}
    by = said.pop("by", world.nok)
    return afresh(actions.offer_transfer(case, actor=by, now=world.now, **{**given, **said}))


def accepted(world, case):
    transfer = offered(world, case)
    actions.accept([transfer], actor=world.dao, now=world.now)
    return afresh(transfer)


def name_for(world, reader, case):
    her = Survivor.objects.get(pk=case.survivor_id)
    opened = access.reveal(reader, [her], ["full_name"], purpose="care", now=world.now)
    return opened[her.pk]["full_name"]


def reads(world, reader, case):
    mine = Case.objects.filter(pk=case.pk)
    return access.visible_to(world.again(reader), "case.read", mine, now=world.now).exists()


def told(who, kind):
    return Notice.objects.filter(recipient=who.id, kind=kind).count()


def counselled(world, case):
    """Mali has sealed something of the counselling."""
    access.found_keys([case.node], ("counselling",), actor=world.mali, now=world.now)


def test_until_it_is_handed_on_nothing_changes(world):
    case = a_case(world)
    transfer = offered(world, case)
    assert told(world.dao, "case.offered") == 1
    for _step in range(2):
        assert not reads(world, world.dao, case)
        assert name_for(world, world.dao, case) is access.CLOSED
        assert name_for(world, world.nok, case) == NAME
        if transfer.accepted_at is None:
            actions.accept([transfer], actor=world.dao, now=world.now)
    assert told(world.nok, "case.pass_on") == 1


def test_then_it_is_the_other_teams_and_this_one_opens_it_no_more(world):
    case = a_case(world)
    happened(world, case, "care_arrival")
    actions.add_task(
        case, title="home_visit", assigned=world.arun.member, actor=world.nok, now=world.now
    )
    assert Deadline.objects.filter(team=world.team.pk).exists()
    actions.hand_on(accepted(world, case), actor=world.nok, now=world.now)
    assert reads(world, world.dao, case)
    assert name_for(world, world.dao, case) == NAME
    for former in (world.nok, world.arun, world.mali):
        assert not reads(world, former, case)
        assert name_for(world, former, case) is access.CLOSED
    fresh = Case.objects.get(pk=case.pk)
    assert (fresh.manager_id, fresh.team_id) == (world.dao.id, world.other_team.pk)
    assert Survivor.objects.get(pk=case.survivor_id).team_id == world.other_team.pk
    assert not Deadline.objects.filter(team=world.team.pk).exists()
    assert Task.objects.get(title="home_visit").assigned_id == world.dao.id
    turn = Turn.objects.get(kind="transferred")
    assert (turn.former, turn.manager) == (world.nok.id, world.dao.id)
    assert told(world.dao, "case.assigned") == 1
    assert Entry.objects.filter(verb="case.transfer", actor=world.nok.id).count() == 1


def test_lists_of_both_teams_say_the_same_as_the_walls(world):
    case, stays = a_case(world), a_case(world)
    actions.hand_on(accepted(world, case), actor=world.nok, now=world.now)
    for reader, seen in ((world.dao, {case.pk}), (world.nok, {stays.pk})):
        listed = queries.all_cases(world.again(reader), now=world.now).rows
        assert {one.pk for one in listed} == seen


def test_what_the_other_team_writes_is_closed_to_the_former(world):
    case = a_case(world)
    actions.hand_on(accepted(world, case), actor=world.nok, now=world.now)
    case = Case.objects.select_related("node", "survivor__node").get(pk=case.pk)
    actions.add_note(
        case, kind="case", text="She is well.", actor=world.again(world.dao), now=world.now
    )
    key = DataKey.objects.filter(subject=case.pk, compartment="narrative").latest("pk")
    assert not Grant.objects.filter(data_key=key, holder__team=world.team.pk).exists()


def test_nobody_passes_on_what_she_does_not_hold(world):
    world.join("fah", "counsellor", world.other_team, by=world.founder)
    case = a_case(world)
    counselled(world, case)
    transfer = accepted(world, case)
    assert told(world.mali, "case.pass_on") == 1
    with refused("RY-CASE-KEYS-LEFT"):
        actions.hand_on(transfer, actor=world.nok, now=world.now)
    assert not reads(world, world.dao, case)
    [left] = [
        p
        for p in queries.parts_of(transfer, transfer.team, now=world.now)
        if p.compartment == "counselling"
    ]
    assert (left.passed, left.theirs, [m.pk for m in left.by]) == (False, True, [world.mali.id])
    actions.pass_keys_on(transfer, actor=world.mali, now=world.now)
    actions.hand_on(transfer, actor=world.nok, now=world.now)
    key = DataKey.objects.get(subject=case.pk, compartment="counselling")
    holders = Grant.objects.filter(data_key=key, holder__isnull=False)
    assert {grant.holder.team for grant in holders} == {world.other_team.pk}


def test_what_nobody_passed_on_may_stay_closed_and_is_not_lost(world):
    case = a_case(world)
    counselled(world, case)
    transfer = accepted(world, case)
    actions.hand_on(transfer, leave=True, actor=world.nok, now=world.now)
    assert reads(world, world.dao, case)
    key = DataKey.objects.get(subject=case.pk, compartment="counselling")
    assert not reads(world, world.mali, case)
    world.join("fah", "counsellor", world.other_team, by=world.founder)
    node = Node.objects.get(pk=case.pk)
    walls.share(
        world.mali.member, "counsellor", node, purpose="passes on what she holds",
        actor=world.again(world.founder), now=world.now,
    )  # fmt: skip
    walls.rekey(node, actor=world.again(world.mali), now=world.now)
    held = Grant.objects.filter(data_key=key, holder__team=world.other_team.pk)
    assert held.exists()


def test_walls_come_along_and_what_was_shared_ends(world):
    case = a_case(world)
    world.exclude(world.prasit, case.survivor.node)
    walls.share(
        world.wit.member, "legal_officer", case.node, purpose="court", actor=world.nok,
        now=world.now,
    )  # fmt: skip
    actions.hand_on(accepted(world, case), actor=world.nok, now=world.now)
    people.assign(
        world.prasit.member, "caseworker", world.other_team.node, purpose="helps out",
        actor=world.again(world.founder), now=world.now,
    )  # fmt: skip
    assert not reads(world, world.prasit, case)
    assert not reads(world, world.wit, case)
    assert Assignment.objects.get(node=case.pk).ends_at == world.now


def test_dao_cannot_be_asked_for_what_is_hidden_from_her(world):
    case, other = a_case(world), a_case(world)
    transfer = offered(world, other)
    for hidden in (case, other):
        world.exclude(world.dao, hidden.survivor.node)
    assert world.dao.member not in [member for _team, member in receivers(case, now=world.now)]
    with refused("RY-CASE-MEMBER", "to"):
        offered(world, case)
    assert queries.offered_to(world.again(world.dao), now=world.now) == []
    with refused("RY-ABSENT"):
        actions.accept([transfer], actor=world.again(world.dao), now=world.now)


def test_only_who_may_gives_and_only_the_one_who_is_asked_answers(world):
    case = a_case(world)
    with refused("RY-ACCESS-DENIED"):
        offered(world, case, by=world.arun)
    with refused("RY-ABSENT"):
        offered(world, case, by=world.dao)
    with refused("RY-CASE-MEMBER", "to"):
        offered(world, case, to=world.arun.member)
    with refused("RY-LIST-UNKNOWN", "wish"):
        offered(world, case, wish="perhaps")
    transfer = offered(world, case)
    with refused("RY-ABSENT"):
        actions.accept([transfer], actor=world.founder, now=world.now)
    with refused("RY-CASE-NOT-ACCEPTED"):
        actions.hand_on(transfer, leave=True, actor=world.nok, now=world.now)
    actions.accept([transfer], actor=world.dao, now=world.now)
    with refused("RY-ACCESS-DENIED"):
        actions.hand_on(transfer, leave=True, actor=world.arun, now=world.now)
    with refused("RY-CASE-OFFER-OVER"):
        actions.accept([transfer], actor=world.dao, now=world.now)


def test_dao_declines_and_nok_reads_why(world):
    case = a_case(world)
    with refused("RY-LIST-UNKNOWN", "because"):
        actions.decline([offered(world, case)], because="mood", actor=world.dao, now=world.now)
    transfer = afresh(Offer.objects.get(ended_at=None))
    actions.decline([transfer], because="no_room", words=WORDS, actor=world.dao, now=world.now)
    assert told(world.nok, "case.declined") == 1
    opened = access.reveal(world.nok, [transfer], ["words"], purpose="work", now=world.now)
    assert opened[transfer.pk]["words"] == WORDS
    assert reads(world, world.nok, case)


def test_nobody_answers_or_nobody_hands_it_on_in_time(world):
    case = a_case(world)
    for step in (offered, accepted):
        transfer = step(world, case)
        later = world.now + timedelta(days=7)
        assert lapse(now=later) == 1
        assert lapse(now=later) == 0
        with refused("RY-CASE-OFFER-OVER"):
            actions.accept([afresh(transfer)], actor=world.dao, now=later)
        with refused("RY-CASE-OFFER-OVER"):
            actions.hand_on(afresh(transfer), leave=True, actor=world.nok, now=later)
    assert told(world.nok, "case.lapsed") == 2
    assert reads(world, world.nok, case)


def test_a_new_offer_or_closing_overtakes_it(world):
    case = a_case(world)
    first = offered(world, case)
    actions.hand_over([case], to=world.arun.member, reason="leave", actor=world.nok, now=world.now)
    assert afresh(first).ended == "overtaken"
    offered(world, case)
    assert list(Offer.objects.order_by("at").values_list("ended", flat=True)).count("") == 1


def test_an_offer_within_the_team_is_no_way_to_another(world):
    case = a_case(world)
    actions.hand_over([case], to=world.arun.member, reason="leave", actor=world.nok, now=world.now)
    offer = afresh(Offer.objects.get())
    with refused("RY-ABSENT"):
        actions.hand_on(offer, leave=True, actor=world.nok, now=world.now)


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


def test_nok_gives_a_file_away_in_the_browser(late):
    case = a_case(late)
    nok, dao = late.client(late.nok), late.client(late.dao)
    page = read(nok.get(f"/cases/{case.pk}/transfer"))
    assert "South: Dao" in page
    assert "Arun" not in page
    key = f"{late.other_team.pk}.{late.dao.id}"
    address = f"/cases/{case.pk}/transfer"
    assert sent(nok, address, to=key, reason="her_wish").status_code == 422
    assert sent(nok, address, to=key, reason="her_wish", wish="agrees").status_code == 302
    assert "Waits for an answer" in read(nok.get(f"/cases/{case.pk}"))
    page = read(dao.get("/cases/offers"))
    assert case.node.code in page
    assert NAME not in page
    assert dao.get(address).status_code == 404
    transfer = Offer.objects.get()
    assert sent(dao, "/cases/offers", offers=[transfer.pk], answer="accept").status_code == 302
    page = read(nok.get(address))
    assert "Identity and contacts" in page
    assert "Goes along when you hand it on" in page
    steps = f"/cases/{case.pk}/offers/{transfer.pk}"
    assert sent(nok, f"{steps}/pass-on", submission="y" * 22).status_code == 302
    assert "Goes along" not in read(nok.get(address))
    assert sent(nok, f"{steps}/hand-on", submission="z" * 22).status_code == 302
    assert nok.get(f"/cases/{case.pk}").status_code == 404
    assert "Went to another team" in read(dao.get(f"/cases/{case.pk}"))


def test_the_giver_sees_what_became_of_it(late):
    case = a_case(late)
    transfer = offered(late, case)
    nok, dao = late.client(late.nok), late.client(late.dao)
    answer = {"offers": [transfer.pk], "answer": "decline", "because": "no_room", "words": WORDS}
    assert sent(dao, "/cases/offers", **answer).status_code == 302
    page = read(nok.get("/cases/offers"))
    assert case.node.code in page
    assert "No room for another case now" in page
    page = read(nok.post(f"/cases/{case.pk}", {"purpose": "care"}))
    assert "Offered to Dao, of another team" in page
    assert WORDS in page
