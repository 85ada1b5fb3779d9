"""Sessions: who may, what is refused, and what is never kept."""

import re
from datetime import date, timedelta

import pytest
from tests.prevention.story import LINES, a_session, as_stored, refused

from romyen.audit.models import Entry
from romyen.partners import actions as partners
from romyen.prevention import actions, queries, survey
from romyen.prevention.models import Answers, Session
from romyen.prevention.words import questionnaire
from romyen.rules.codes import check_code, kind_of


def test_an_educator_records_a_session_and_the_log_names_it(world):
    kaew = world.join("kaew", "educator", world.team, by=world.founder)
    session = a_session(
        world, by=kaew, place="5001", reach={"f:13": 20, "m:13": 11, "x:u": 0}, disclosures=2,
        reporting_points=1, facilitators=[kaew.id], venue="  Fictional   school ",
    )  # fmt: skip
    stored = as_stored(session)
    assert kind_of(check_code(stored.node.code)) == "session"
    assert stored.reach == {"f:13": 20, "m:13": 11}
    assert (stored.reached, stored.venue) == (31, "Fictional school")
    assert stored.topics == ["safe_touch", "whom_to_call"]
    entry = Entry.objects.get(verb="session.record")
    assert (entry.actor, entry.subjects.get().subject) == (kaew.id, session.pk)


def test_who_only_reads_is_denied_and_a_stranger_or_the_excluded_finds_nothing(world):
    session = a_session(world)
    world.exclude(world.prasit, session.node)
    for who, code in (("arun", "RY-ACCESS-DENIED"), ("mali", "RY-ABSENT"), ("wit", "RY-ABSENT"),
                      ("dao", "RY-ABSENT"), ("prasit", "RY-ABSENT")):  # fmt: skip
        with refused(code):
            actions.edit(
                session, expected=1, disclosures=1, actor=getattr(world, who), now=world.now
            )
    with refused("RY-ABSENT"):
        a_session(world, by=world.dao)
    assert queries.session(world.arun, session.pk, now=world.now) == session
    for who in (world.dao, world.prasit, world.wit):
        with refused("RY-ABSENT"):
            queries.session(who, session.pk, now=world.now)
    assert as_stored(session).version == 1


def test_the_second_of_two_writers_gets_the_conflict(world):
    session = a_session(world)
    actions.edit(session, expected=1, disclosures=1, actor=world.nok, now=world.now)
    with refused("RY-EDIT-CONFLICT"):
        actions.edit(session, expected=1, disclosures=7, actor=world.nok, now=world.now)
    assert as_stored(session).disclosures == 1


@pytest.mark.parametrize(
    ("facts", "code", "field"),
    [
        ({"on": date(2026, 3, 3), "reach": {"f:13": 1}}, "RY-SESSION-FUTURE", "on"),
        ({"on": date(2026, 3, 3), "disclosures": 1}, "RY-SESSION-FUTURE", "on"),
        ({"kind": "party"}, "RY-LIST-UNKNOWN", "kind"),
        ({"topics": []}, "RY-SESSION-TOPIC", "topics"),
        ({"topics": ["safe_touch", "dancing"]}, "RY-SESSION-TOPIC", "topics"),
        ({"place": "99"}, "RY-PLACE-UNKNOWN", "place"),
        ({"reach": {"f:13": -1}}, "RY-SESSION-COUNT", "reach"),
        ({"reach": {"f:13": 6_000, "m:13": 6_000}}, "RY-SESSION-COUNT", "reach"),
        ({"reach": {"cats": 3}}, "RY-LIST-UNKNOWN", "reach"),
        ({"disclosures": -1}, "RY-SESSION-COUNT", "disclosures"),
        ({"reporting_points": 10_001}, "RY-SESSION-COUNT", "reporting_points"),
        ({"facilitators": ["nobody"]}, "RY-SESSION-FACILITATOR", "facilitators"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(world, facts, code, field):
    with refused(code, field):
        a_session(world, **facts)
    assert not Session.objects.exists()


def test_a_day_ahead_plans_a_session_and_stands_in_the_calendar(world):
    ahead = a_session(world, on=date(2026, 3, 9))
    a_session(world)
    until = world.now + timedelta(days=30)
    since = world.now - timedelta(days=60)
    (due,) = queries.dues(world.arun, since=since, until=until, now=world.now)
    assert (due.kind, due.at, due.code) == ("session", date(2026, 3, 9), ahead.node.code)
    assert queries.dues(world.dao, since=since, until=until, now=world.now) == []


def test_a_stranger_of_the_team_holds_no_session_and_who_left_stays_on_the_old_one(world):
    with refused("RY-SESSION-FACILITATOR"):
        a_session(world, facilitators=[world.dao.id])
    session = a_session(world, facilitators=[world.arun.id])
    world.exclude(world.arun, session.node)
    edited = actions.edit(
        session, expected=1, facilitators=[world.arun.id, world.nok.id], actor=world.nok,
        now=world.now,
    )  # fmt: skip
    assert edited.facilitators == [world.arun.id, world.nok.id]


def test_a_partner_who_left_is_not_chosen_anew(world):
    who = {"actor": world.nok, "now": world.now}
    school = partners.record(name="Fictional school", kind="SchoolOrCollege", province="50", **who)
    session = a_session(world, partner=school)
    gone = partners.edit(school, expected=1, name=school.name, kind="SchoolOrCollege", country="TH",
                         province="50", contact="", active=False, **who)  # fmt: skip
    actions.edit(session, expected=1, partner=gone, **who)
    with refused("RY-SESSION-PARTNER", "partner"):
        a_session(world, partner=gone)


def test_counts_by_hand_are_kept_and_replaced(world):
    session = a_session(world, reach={"f:13": 30})
    who = {"stage": "after", "actor": world.nok, "now": world.now}
    actions.count_answers(session, asked=24, right={"offer": (9, 20)}, **who)
    actions.count_answers(session, asked=25, right={"offer": (9, 21), "call": (None, None)}, **who)
    kept = Answers.objects.get()
    assert (kept.asked, kept.matched) == (25, False)
    assert kept.results == {"offer": {"before": 9, "after": 21}}


@pytest.mark.parametrize(
    ("asked", "right", "code"),
    [
        (4, {"offer": (1, 2)}, "RY-SESSION-TOO-FEW"),
        (10, {"offer": (3, None)}, "RY-SESSION-HALF"),
        (10, {"offer": (None, 3)}, "RY-SESSION-HALF"),
        (10, {"offer": (3, 11)}, "RY-SESSION-MORE-RIGHT"),
        (10, {"offer": (-1, 3)}, "RY-SESSION-MORE-RIGHT"),
        (10, {}, "RY-SESSION-NO-ANSWERS"),
        (31, {"offer": (3, 4)}, "RY-SESSION-ASKED"),
    ],
)
def test_sums_that_cannot_be_are_refused(world, asked, right, code):
    session = a_session(world, reach={"f:13": 30})
    with refused(code):
        actions.count_answers(
            session, stage="after", asked=asked, right=right, actor=world.nok, now=world.now
        )
    assert not Answers.objects.exists()


def test_no_answers_before_the_session_and_no_later_ones_on_its_day(world):
    given = {"asked": 9, "right": {"offer": (1, 2)}, "actor": world.nok, "now": world.now}
    ahead, today = a_session(world, on=date(2026, 3, 9)), a_session(world, on=date(2026, 3, 2))
    with refused("RY-SESSION-FUTURE"):
        actions.count_answers(ahead, stage="after", **given)
    with refused("RY-SESSION-FUTURE"):
        actions.count_answers(today, stage="later", **given)
    with refused("RY-LIST-UNKNOWN", "stage"):
        actions.count_answers(today, stage="someday", **given)
    actions.count_answers(today, stage="after", **given)


def test_matched_lines_leave_only_sums(world):
    session = a_session(world)
    kept = actions.match_answers(
        session, stage="after", lines=LINES, actor=world.nok, now=world.now
    )
    assert (kept.asked, kept.matched) == (5, True)
    # the right letters are b a c b a
    assert kept.results["offer"] == {"before": 3, "after": 4, "gained": 1, "lost": 0}
    assert kept.results["image"] == {"before": 2, "after": 5, "gained": 3, "lost": 0}
    assert kept.results["threat"] == {"before": 3, "after": 4, "gained": 2, "lost": 1}
    everything = str(Answers.objects.values()) + str(list(Entry.objects.values()))
    everything = re.sub("[0-9a-f]{32,}", "", everything)  # a digest may spell b a c b a by chance
    for code in ("GECKO7", "gecko7", "TAMARIND", "heron", "bacba"):
        assert code not in everything


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("GECKO8; bacba", "RY-SESSION-LINE"),
        ("GECKO8; bacba; ", "RY-SESSION-LINE"),
        ("GECKO8; bacb; bacba", "RY-SESSION-LINE"),
        ("GECKO8; bacbz; bacba", "RY-SESSION-LINE"),
        ("; bacba; bacba", "RY-SESSION-LINE"),
        ("GECKO8; bacba; bacba; bacba", "RY-SESSION-LINE"),
        ("gecko7; bacba; bacba", "RY-SESSION-CODE-TWICE"),
    ],
)
def test_a_line_that_cannot_be_read_is_named_by_its_number_only(line, code):
    with refused(code, "lines") as caught:
        survey.matched(LINES + line)
    assert caught.value.details == {"line": 7}


def test_four_people_are_too_few_and_ten_thousand_lines_too_many():
    with refused("RY-SESSION-TOO-FEW"):
        survey.matched("\n".join(LINES.splitlines()[:4]))
    with refused("RY-SESSION-LINE"):
        survey.matched("\n" * 10_000)


def test_every_question_has_one_right_answer_and_says_that_it_is_a_draft():
    asked = questionnaire()
    assert len(asked.questions) == 5
    assert asked.confidence == "design_proposal"
    for question in asked.questions:
        assert question.right in question.answers
        assert all(said.en and said.th for said in question.answers.values())
