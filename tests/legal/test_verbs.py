"""Verbs of the legal file: what may come before what, whose record it is, what is refused."""

from datetime import date, time, timedelta

import pytest
from tests.legal.story import (
    BEGAN,
    LAWYER,
    NUMBER,
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
    refused,
)

from romyen import access
from romyen.audit.models import Entry
from romyen.legal import actions, queries
from romyen.legal.models import Attendance, Charge, Hearing, Party, Payment, Permit, Stage

pytestmark = pytest.mark.django_db


def by(reader, world):
    return {"actor": reader, "now": world.now}


def test_a_proceeding_begins_from_a_case_and_its_words_are_sealed(world):
    case = a_case(world)
    made = begun(world, case)
    assert made.node.code.startswith("P-")
    assert made.team_id == world.team.pk
    party = party_of(made)
    assert party.case_id == case.pk
    opened = access.reveal(world.nok, [made], ["black_no"], purpose="care", now=world.now)
    assert opened[made.pk]["black_no"] == NUMBER
    opened = access.reveal(world.arun, [party], ["lawyer"], purpose="care", now=world.now)
    assert opened[party.pk]["lawyer"] == LAWYER
    assert Stage.objects.get().code == "inquiry"
    assert Entry.objects.get(verb="proceeding.begin").subjects.get().subject == made.pk
    said = Entry.objects.get(verb="legal.party")
    assert said.subjects.get().subject == case.pk  # the proceeding's log tells of no case


@pytest.mark.parametrize(
    ("name", "code"),
    [("arun", "RY-ACCESS-DENIED"), ("mali", "RY-ACCESS-DENIED"), ("wit", "RY-ABSENT"),
     ("dao", "RY-ABSENT"), ("lek", "RY-ABSENT")],
)  # fmt: skip
def test_who_may_not_begin_one(world, name, code):
    case = a_case(world)
    with refused(code):
        begun(world, case, by=getattr(world, name))


def test_prasit_excluded_from_her_learns_of_the_proceeding_and_of_nobody_in_it(world):
    case = a_case(world)
    made = begun(world, case)
    prasit = world.prasit
    assert len(queries.whole(prasit, fresh(made), now=world.now).parties) == 1
    world.exclude(prasit, case.survivor.node)
    prasit = world.again(prasit)
    found = queries.proceeding(prasit, made.pk, now=world.now)
    assert queries.whole(prasit, found, now=world.now).parties == []
    with refused("RY-ABSENT"):
        queries.case_for(prasit, case.pk, "legal.read", now=world.now)
    with refused("RY-ABSENT"):
        owed(world, party_of(made), by=prasit)


def test_who_is_excluded_from_a_proceeding_learns_nothing_of_it_on_her_case(world):
    case = a_case(world)
    made = begun(world, case)
    money = owed(world, party_of(made))
    world.exclude(world.arun, made.node)
    arun = world.again(world.arun)
    page = queries.of_case(arun, case, now=world.now)
    assert (page.parties, page.compensations) == ([], [])
    for part, row in ((Party, party_of(made)), (type(money), money)):
        with refused("RY-ABSENT"):
            queries.case_part(arun, part, case.pk, row.pk, now=world.now)
    with refused("RY-ABSENT"):
        actions.pay(money, amount=1, paid_on=TODAY, **by(arun, world))


def test_many_cases_join_and_each_only_once(world):
    made = begun(world)
    other = a_case(world)
    actions.join(made, other, role="witness", **by(world.nok, world))
    with refused("RY-LEGAL-TWICE", "code"):
        actions.join(made, other, role="injured", **by(world.nok, world))
    assert queries.parties_of(world.arun, made, now=world.now).count() == 2
    with refused("RY-ACCESS-DENIED"):
        actions.join(made, a_case(world), role="witness", **by(world.arun, world))


def test_a_struck_party_may_join_again(world):
    made = begun(world)
    party = party_of(made)
    actions.strike(party, **by(world.arun, world))
    with refused("RY-LEGAL-STRUCK"):
        actions.strike(party, **by(world.arun, world))
    with refused("RY-LEGAL-STRUCK"):
        actions.change_party(party, role="witness", expected=party.version, **by(world.nok, world))
    actions.join(made, party.case, role="witness", **by(world.nok, world))
    assert queries.parties_of(world.nok, made, now=world.now).get().role == "witness"


def test_stages_follow_each_other_and_the_second_writer_is_told(world):
    made = begun(world)
    with refused("RY-LEGAL-FUTURE", "on"):
        actions.reach_stage(
            made,
            stage="prosecutor",
            on=TODAY + timedelta(days=1),
            expected=1,
            **by(world.nok, world),
        )
    with refused("RY-LEGAL-ORDER", "on"):
        actions.reach_stage(
            made, stage="prosecutor", on=BEGAN - timedelta(days=1), expected=1,
            **by(world.nok, world),
        )  # fmt: skip
    actions.reach_stage(
        fresh(made), stage="prosecutor", on=TODAY, expected=1, **by(world.nok, world)
    )
    with refused("RY-EDIT-CONFLICT"):
        actions.edit(fresh(made), accused_count=2, expected=1, **by(world.nok, world))
    actions.edit(fresh(made), accused_count=2, expected=2, **by(world.nok, world))
    assert (fresh(made).stage, fresh(made).accused_count) == ("prosecutor", 2)
    assert fresh(made).black_no is not None  # what is not named stays
    assert list(Stage.objects.order_by("on").values_list("code", flat=True)) == [
        "inquiry",
        "prosecutor",
    ]


# --- before and after the charge


@pytest.mark.parametrize("kind", ["hearing", "evidence_inspection", "judgment", "enforcement"])
def test_no_hearing_in_court_before_the_charge(world, kind):
    made = begun(world)
    with refused("RY-LEGAL-BEFORE-CHARGE", "on"):
        at_court(world, made, kind)
    charged(world, made, charged_on=date(2026, 2, 1))
    with refused("RY-LEGAL-BEFORE-CHARGE", "on"):
        at_court(world, made, kind, on=date(2026, 1, 31))
    at_court(world, made, kind, on=date(2026, 2, 1))
    assert Hearing.objects.count() == 1


@pytest.mark.parametrize("kind", ["advance_testimony", "filing", "mediation"])
def test_testimony_in_advance_may_come_before_the_charge(world, kind):
    at_court(world, begun(world), kind)
    assert Hearing.objects.get().kind == kind


def test_a_charge_of_an_unknown_day_counts_and_a_struck_one_does_not(world):
    made = begun(world)
    row = charged(world, made, charged_on=None)
    at_court(world, made)
    actions.strike(row, **by(world.nok, world))
    with refused("RY-LEGAL-BEFORE-CHARGE"):
        at_court(world, made)


def test_a_wage_claim_has_no_charge_but_no_judgment_before_its_filing(world):
    made = begun(world, kind="wage")
    at_court(world, made, "hearing", on=date(2026, 1, 15))
    at_court(world, made, "filing", on=date(2026, 2, 1))
    with refused("RY-LEGAL-BEFORE-FILING", "on"):
        at_court(world, made, "judgment", on=date(2026, 1, 31))
    at_court(world, made, "judgment", on=date(2026, 2, 1))


@pytest.mark.parametrize(
    ("facts", "code", "field"),
    [
        ({"offence": "act_999"}, "RY-LIST-UNKNOWN", "offence"),
        ({"offence": "other"}, "RY-LEGAL-SECTION", "detail"),
        ({"charged_on": date(2026, 3, 3)}, "RY-LEGAL-FUTURE", "charged_on"),
        ({"judged_on": date(2026, 1, 19)}, "RY-LEGAL-ORDER", "judged_on"),
        ({"result": "convicted"}, "RY-LEGAL-JUDGED-ON", "judged_on"),
        ({"result": "perhaps"}, "RY-LIST-UNKNOWN", "result"),
    ],
)
def test_charges_that_cannot_be(world, facts, code, field):
    made = begun(world)
    with refused(code, field):
        charged(world, made, **facts)
    assert not Charge.objects.exists()


def test_what_became_of_a_charge(world):
    made = begun(world)
    row = charged(world, made, offence="other", detail="Some other Act, section 5")
    actions.change_charge(
        row, result="convicted", judged_on=TODAY, sentence="Four years", expected=1,
        **by(world.nok, world),
    )  # fmt: skip
    row.refresh_from_db()
    opened = access.reveal(world.nok, [row], ["detail", "sentence"], purpose="care", now=world.now)
    assert opened[row.pk] == {"detail": "Some other Act, section 5", "sentence": "Four years"}
    with refused("RY-ACCESS-DENIED"):
        actions.change_charge(row, result="pending", expected=2, **by(world.arun, world))


def test_a_moved_hearing_leads_on_and_she_is_prepared_anew(world):
    made = begun(world)
    charged(world, made)
    row = at_court(world, made, people=[party_of(made)])
    coming = Attendance.objects.select_related("party__case__node", "party__proceeding__node").get()
    actions.change_attendance(
        coming, measures=["no_meeting", "companion"], prepared_on=TODAY, expected=1,
        **by(world.arun, world),
    )  # fmt: skip
    new = actions.move_hearing(
        row, on=date(2026, 5, 1), hour=time(9, 30), expected=1, **by(world.nok, world)
    )
    assert (new.moved_from_id, new.outcome, new.room) == (row.pk, "planned", None)
    assert Hearing.objects.get(pk=row.pk).outcome == "postponed"
    again = new.attendances.get()
    assert (again.measures, again.prepared_on) == (["companion", "no_meeting"], None)
    with refused("RY-LEGAL-HEARING-OVER", "on"):
        actions.move_hearing(row, on=date(2026, 6, 1), expected=2, **by(world.nok, world))
    with refused("RY-LEGAL-MOVE-IT", "outcome"):
        actions.change_hearing(new, outcome="postponed", expected=1, **by(world.nok, world))
    with refused("RY-LEGAL-FUTURE", "on"):
        actions.change_hearing(new, outcome="held", expected=1, **by(world.nok, world))


def test_she_comes_once_to_a_hearing_of_her_own_proceeding(world):
    made, other = begun(world), begun(world)
    charged(world, made)
    row, party = at_court(world, made), party_of(made)
    actions.attend(party, row, measures=["companion"], **by(world.arun, world))
    with refused("RY-LEGAL-TWICE", "hearing"):
        actions.attend(party, row, **by(world.arun, world))
    with refused("RY-ABSENT"):
        actions.attend(party_of(other), row, **by(world.arun, world))
    with refused("RY-LIST-UNKNOWN", "measures"):
        coming = Attendance.objects.get()
        coming.party = party
        actions.change_attendance(coming, measures=["magic"], expected=1, **by(world.arun, world))


def test_testimony_in_advance_goes_step_by_step(world):
    made = begun(world)
    party = party_of(made)
    row = actions.testify_early(
        party, asked_by="herself", asked_on=date(2026, 2, 1), **by(world.arun, world)
    )
    with refused("RY-LEGAL-ORDER", "ordered_on"):
        actions.change_testimony(
            row, filed_on=date(2026, 2, 3), ordered_on=date(2026, 2, 2), expected=1,
            **by(world.arun, world),
        )  # fmt: skip
    day = at_court(world, made, "advance_testimony", on=date(2026, 2, 20))
    row.refresh_from_db()
    actions.change_testimony(
        row, filed_on=date(2026, 2, 3), ordered_on=date(2026, 2, 4), hearing=day, expected=1,
        **by(world.arun, world),
    )  # fmt: skip
    assert row.hearing == day


# --- money


@pytest.mark.parametrize(
    ("facts", "code", "field"),
    [
        ({"claimed": 0}, "RY-LEGAL-AMOUNT", "claimed"),
        ({"claimed": -5}, "RY-LEGAL-AMOUNT", "claimed"),
        ({"claimed": 10**12}, "RY-LEGAL-AMOUNT", "claimed"),
        ({"ordered": 10**12}, "RY-LEGAL-AMOUNT", "ordered"),
        ({"claimed": None}, "RY-LEGAL-NOTHING", "claimed"),
        ({"claimed_on": date(2026, 3, 3)}, "RY-LEGAL-FUTURE", "claimed_on"),
        ({"head": "mercy"}, "RY-LIST-UNKNOWN", "head"),
    ],
)
def test_amounts_that_cannot_be(world, facts, code, field):
    with refused(code, field):
        owed(world, party_of(begun(world)), **facts)


def test_the_court_may_order_unasked_and_before_a_claim(world):
    party = party_of(begun(world))
    row = owed(world, party, claimed=None, ordered=50_000, ordered_on=date(2026, 2, 1))
    actions.change_compensation(
        row, claimed=60_000, claimed_on=date(2026, 2, 5), expected=1, **by(world.arun, world)
    )
    assert (row.claimed, row.ordered) == (60_000, 50_000)


@pytest.mark.parametrize("amount", [0, -1, 10**12])
def test_a_payment_is_a_sum_of_money(world, amount):
    row = owed(world, party_of(begun(world)))
    with refused("RY-LEGAL-AMOUNT", "amount"):
        actions.pay(row, amount=amount, paid_on=TODAY, **by(world.arun, world))
    with refused("RY-LEGAL-FUTURE", "paid_on"):
        actions.pay(row, amount=1, paid_on=TODAY + timedelta(days=1), **by(world.arun, world))
    assert not Payment.objects.exists()


def test_the_fund_pays_by_expense_head(world):
    case = a_case(world)
    row = applied(world, case, asked={"training": 60_000, "goods": 3_000})
    head = row.heads.select_related("application__case__node").get(head="training")
    actions.change_fund_head(head, approved=50_000, expected=1, **by(world.arun, world))
    with refused("RY-LEGAL-AMOUNT", "paid"):
        actions.change_fund_head(head, paid=0, expected=2, **by(world.arun, world))
    with refused("RY-LEGAL-TWICE", "head"):
        actions.ask_fund_for(row, head="goods", asked=5, **by(world.arun, world))
    goods = row.heads.select_related("application__case__node").get(head="goods")
    actions.strike(goods, **by(world.arun, world))
    actions.ask_fund_for(row, head="goods", asked=5, **by(world.arun, world))
    [shown] = queries.of_case(world.arun, case, now=world.now).funds
    assert sorted((one.head, one.asked) for one in shown.heads.all()) == [
        ("goods", 5),
        ("training", 60_000),
    ]
    with refused("RY-LEGAL-NOTHING"):
        applied(world, case, asked={})
    with refused("RY-LIST-UNKNOWN", "head"):
        applied(world, case, asked={"yacht": 5})
    actions.step_of_fund(row, step="receiving_officer", on=TODAY, **by(world.arun, world))
    with refused("RY-LIST-UNKNOWN", "decision"):
        actions.step_of_fund(
            row, step="supervisor", on=TODAY, decision="maybe", **by(world.arun, world)
        )
    assert row.steps.get().step == "receiving_officer"


# --- permits


def test_a_permit_cannot_end_before_it_begins(world):
    case = a_case(world)
    with refused("RY-LEGAL-PERMIT-ENDS", "expires_on"):
        permitted(world, case, expires_on=date(2026, 1, 4))
    with refused("RY-LEGAL-GRANTED-ON", "granted_on"):
        permitted(world, case, granted_on=None)
    permitted(world, case, state="asked", granted_on=None, expires_on=None)


def test_a_permit_is_renewed_once_by_the_next(world):
    case = a_case(world)
    old = permitted(world, case)
    new = actions.renew_permit(
        old, state="granted", granted_on=TODAY, expires_on=date(2027, 3, 1), expected=1,
        **by(world.arun, world),
    )  # fmt: skip
    assert (new.renews_id, new.kind) == (old.pk, "stay")
    assert Permit.objects.get(pk=old.pk).state == "renewed"
    with refused("RY-LEGAL-TWICE"):
        actions.renew_permit(old, state="asked", expected=2, **by(world.arun, world))


@pytest.mark.parametrize(("name", "code"), [("mali", "RY-ACCESS-DENIED"), ("dao", "RY-ABSENT")])
def test_the_legal_file_is_closed_to_others(world, name, code):
    case = a_case(world)
    with refused(code):
        permitted(world, case, by=getattr(world, name))
    with refused(code):
        queries.of_case(getattr(world, name), case, now=world.now)
