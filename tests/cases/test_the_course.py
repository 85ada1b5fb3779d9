"""A case is opened, handed over, closed and reopened; and whoever is outside sees nothing."""

from datetime import date, timedelta

import pytest
from tests.cases.story import (
    NAME,
    NOTE,
    a_case,
    a_survivor,
    as_stored,
    happened,
    refused,
)
from tests.leads.story import a_lead

from romyen import access
from romyen.audit.models import Entry
from romyen.cases import actions, queries
from romyen.cases.models import Case, Task, Turn
from romyen.notices.models import Notice
from romyen.rules.refusals import Refusal


def close(world, case, **changes):
    given = {"outcome": "reintegrated", "closed_on": date(2026, 3, 2), "expected": case.version}
    return actions.close_case(case, **{**given, **changes}, actor=world.nok, now=world.now)


def test_nok_opens_a_case_from_a_lead(world):
    lead = a_lead(world)
    case = actions.open_case(
        a_survivor(world), manager=world.arun.member, lead=lead, actor=world.nok, now=world.now
    )
    lead.refresh_from_db()
    assert lead.outcome == "case"
    assert case.node.code.startswith("C-")
    assert case.node.parent_id == case.survivor_id
    assert Notice.objects.get(kind="case.assigned").recipient == world.arun.id
    assert [one.pk for one in queries.of_lead(world.arun, lead.pk, now=world.now)] == [case.pk]
    assert Entry.objects.get(verb="case.open").subjects.get().subject == case.pk


def test_a_survivor_has_one_open_case(world):
    case = a_case(world)
    with refused("RY-CASE-ALREADY-OPEN"):
        actions.open_case(case.survivor, manager=world.nok.member, actor=world.nok, now=world.now)


def test_no_case_is_opened_on_a_record_entered_in_error(world):
    survivor = a_survivor(world, voided_at=world.now)
    with refused("RY-CASE-VOID"):
        actions.open_case(survivor, manager=world.nok.member, actor=world.nok, now=world.now)


def test_a_case_that_is_hidden_is_not_given_away_by_opening_another(world):
    case = a_case(world)
    world.exclude(world.arun, case.node)
    other = actions.open_case(
        case.survivor, manager=world.arun.member, actor=world.again(world.arun), now=world.now
    )
    assert other.pk != case.pk


def test_the_manager_is_someone_of_the_team(world):
    with refused("RY-CASE-MEMBER", "manager"):
        a_case(world, manager=world.dao)


def test_a_case_is_not_opened_tomorrow(world):
    with refused("RY-CASE-FUTURE", "opened_on"):
        a_case(world, opened_on=date(2026, 3, 3))


@pytest.mark.parametrize("name", ["dao", "prasit"])
def test_strangers_and_the_excluded_meet_an_absent_case(world, name):
    case = a_case(world)
    if name == "prasit":
        world.exclude(world.prasit, case.survivor.node)
    reader = world.again(getattr(world, name))
    with refused("RY-ABSENT"):
        queries.case(reader, case.pk, now=world.now)
    with refused("RY-ABSENT"):
        queries.of_survivor(reader, case.survivor_id, now=world.now)
    with refused("RY-ABSENT"):
        actions.add_note(case, kind="case", text=NOTE, actor=reader, now=world.now)
    with refused("RY-ABSENT"):
        queries.timeline(reader, case, now=world.now)
    assert queries.all_cases(reader, now=world.now).rows == []
    assert queries.deadlines_of(reader, now=world.now) == []


def test_the_caseload_shows_names_with_one_read_entry(world):
    cases = [a_case(world) for _ in range(3)]
    happened(world, cases[2], "temporary_protection_entered")
    loads = queries.caseload(world.nok, now=world.now)
    assert [load.name for load in loads] == [NAME] * 3
    assert loads[0].case.pk == cases[2].pk
    assert loads[0].nearest.row.key == "PRT-01/2551/1"
    assert [load.tasks for load in loads] == [1, 0, 0]
    entry = Entry.objects.get(verb="sealed.read")
    assert entry.purpose == "caseload"
    subjects = set(entry.subjects.values_list("subject", flat=True))
    assert subjects == {case.survivor_id for case in cases}


def test_an_investigator_has_no_caseload(world):
    a_case(world)
    assert queries.caseload(world.wit, now=world.now) == []


def test_a_caseload_is_taken_over_in_one_go(world):
    """Founder leads the team and takes Nok's cases over herself: nobody has to be asked."""
    cases = [a_case(world) for _ in range(3)]
    actions.add_task(
        cases[0], title="home_visit", assigned=world.nok.member, actor=world.nok, now=world.now
    )
    happened(world, cases[1], "temporary_protection_entered")
    lead = world.founder
    mine = queries.cases_of(lead, world.nok.id, now=world.now)
    actions.hand_over(mine, to=lead.member, reason="leave", actor=lead, now=world.now)
    assert queries.caseload(world.nok, now=world.now) == []
    assert len(queries.caseload(lead, now=world.now)) == 3
    assert set(Task.objects.values_list("assigned", flat=True)) == {lead.id}
    assert Entry.objects.filter(verb="case.hand_over").count() == 3
    assert not Notice.objects.filter(kind__in=["case.assigned", "case.offered"]).exists()
    assert Turn.objects.filter(kind="handed_over", former=world.nok.id).count() == 3


def test_a_caseload_moves_whole_or_not_at_all(world):
    cases = [a_case(world), a_case(world)]
    world.exclude(world.arun, cases[1].node)
    with refused("RY-CASE-MEMBER", "to"):
        actions.hand_over(
            cases, to=world.arun.member, reason="leave", actor=world.nok, now=world.now
        )
    assert set(Case.objects.values_list("manager", flat=True)) == {world.nok.id}
    with refused("RY-CASE-NOTHING-CHOSEN", "cases"):
        actions.hand_over([], to=world.arun.member, reason="leave", actor=world.nok, now=world.now)


def test_a_caseworker_hands_nothing_over(world):
    case = a_case(world, by=world.arun)
    with refused("RY-ACCESS-DENIED"):
        actions.hand_over(
            [case], to=world.nok.member, reason="leave", actor=world.arun, now=world.now
        )
    assert list(queries.cases_of(world.arun, world.arun.id, now=world.now)) == []


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"closed_on": date(2026, 2, 27)}, "RY-CASE-CLOSED-BEFORE-OPENED", "closed_on"),
        ({"closed_on": date(2026, 3, 3)}, "RY-CASE-FUTURE", "closed_on"),
        ({"outcome": "happy"}, "RY-LIST-UNKNOWN", "outcome"),
        ({"expected": 7}, "RY-EDIT-CONFLICT", ""),
    ],
)
def test_what_cannot_close_a_case(world, changes, code, field):
    case = a_case(world, opened_on=date(2026, 2, 28))
    with refused(code, field):
        close(world, case, **changes)
    assert as_stored(case).is_open


def test_running_deadlines_are_read_before_a_case_is_closed(world):
    case = a_case(world)
    happened(world, case, "temporary_protection_entered")
    running = queries.running_of(case, now=world.now)
    with refused("RY-CASE-OPEN-DEADLINES", "confirmed"):
        close(world, case)
    close(world, case, confirmed=[one.row.pk for one in running], words="She is home.")
    assert as_stored(case).outcome == "reintegrated"
    assert queries.deadlines_of(world.nok, now=world.now) == []


def test_nobody_works_on_a_closed_case(world):
    case = a_case(world)
    close(world, case)
    with refused("RY-CASE-CLOSED"):
        actions.add_note(case, kind="case", text=NOTE, actor=world.nok, now=world.now)
    with refused("RY-CASE-CLOSED"):
        close(world, as_stored(case))


def test_reopening_says_why_and_keeps_the_closure_in_the_course(world):
    case = a_case(world)
    close(world, case, words="She is home.")
    with refused("RY-ACCESS-DENIED"):
        actions.reopen(
            case, reason="returned", words="x", expected=2, actor=world.arun, now=world.now
        )
    with refused("RY-CASE-REASON", "words"):
        actions.reopen(
            case, reason="returned", words="", expected=2, actor=world.nok, now=world.now
        )
    actions.reopen(
        case, reason="returned", words="She called.", expected=2, actor=world.nok, now=world.now
    )
    stored = as_stored(case)
    assert (stored.status, stored.closed_on, stored.outcome, stored.closing) == (
        "open",
        None,
        "",
        None,
    )
    turns = list(Turn.objects.filter(case=case).order_by("at", "kind"))
    assert {turn.kind for turn in turns} == {"opened", "closed", "reopened"}
    closed = next(turn for turn in turns if turn.kind == "closed")
    words = access.reveal(world.nok, [closed], ["words"], purpose="read", now=world.now)
    assert words[closed.pk]["words"] == "She is home."
    with refused("RY-CASE-NOT-CLOSED"):
        actions.reopen(
            stored, reason="returned", words="x", expected=3, actor=world.nok, now=world.now
        )


def test_a_closed_case_stays_closed_while_another_is_open(world):
    case = a_case(world)
    closed = actions.close_case(
        case,
        outcome="goals_reached",
        closed_on=date(2026, 3, 2),
        expected=1,
        actor=world.nok,
        now=world.now,
    )
    actions.open_case(case.survivor, manager=world.nok.member, actor=world.nok, now=world.now)
    again = {"reason": "returned", "words": "She came back.", "actor": world.nok, "now": world.now}
    with refused("RY-CASE-ALREADY-OPEN"):
        actions.reopen(closed, expected=closed.version, **again)


def test_her_wish_about_proceedings_changes_nothing_else(world):
    case = a_case(world)
    actions.record_wish(case, wish="declines", expected=1, actor=world.nok, now=world.now)
    assert as_stored(case).wish == "declines"
    with pytest.raises(Refusal, match="RY-LIST-UNKNOWN"):
        actions.record_wish(case, wish="maybe", expected=2, actor=world.nok, now=world.now)


def test_the_time_line_tells_the_story_newest_first_and_in_pages(world):
    case = a_case(world)
    for hours in range(25):
        actions.add_note(
            case, kind="case", text=NOTE, actor=world.nok, now=world.now + timedelta(hours=hours)
        )
    first = queries.timeline(world.arun, case, now=world.now)
    second = queries.timeline(world.arun, case, page=2, now=world.now)
    assert (len(first.happenings), first.more) == (20, True)
    assert (len(second.happenings), second.more) == (6, False)
    rows = [*first.happenings, *second.happenings]
    assert [row.kind for row in rows] == [*["note"] * 24, "turn", "note"] or rows[-1].kind == "turn"
    assert len({row.row.pk for row in rows}) == 26
