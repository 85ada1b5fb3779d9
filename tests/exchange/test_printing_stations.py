"""What the stations add to the printed summary, and what none of them prints: where a house is."""

import json
from datetime import date, timedelta

import pytest
from tests.cases.story import a_case

from romyen.care import actions as care
from romyen.exchange.actions.printing import print_case
from romyen.exchange.summary import paper
from romyen.exchange.summary.sections import SECTIONS, sections_for
from romyen.legal import actions as legal
from romyen.rules import measures
from romyen.shelters import actions as shelters

pytestmark = pytest.mark.django_db

ON = date(2026, 3, 1)


@pytest.fixture
def told(world, monkeypatch):
    """One case with something at every station, printed by Nok; what the typesetter was given."""
    case, how = a_case(world), {"actor": world.nok, "now": world.now}
    house = shelters.found_shelter(
        world.team.node, name="Jasmine", kind="ours", province="50", capacity=2, **how
    )
    shelters.found_location(house, address="99 Hidden Lane", **how)
    shelters.place(case, house, arrived_on=ON, confirmed=("licence",), **how)
    care.set_goal(case, kind="Education", words="I want to read", **how)
    care.record_service(case, kind="Health", on=ON, note="First check-up", **how)
    answers = measures.count(measures.tool("PCL-5"), dict.fromkeys(range(1, 21), 2))
    care.record_measure(case, tool="PCL-5", on=ON, taken=answers, **how)
    proceeding = legal.begin(
        case, kind="trafficking", stage="inquiry", stage_on=ON, party={"role": "injured"}, **how
    )
    party = proceeding.parties.get()
    legal.compensate(
        party, head="damages", payer="defendant", enforcement="none",
        claimed=50_000, claimed_on=ON, **how,
    )  # fmt: skip
    given = {}
    made = paper.typst.compile

    def compile_it(template, **wishes):
        given.update(json.loads(wishes["sys_inputs"]["facts"]))
        return made(template, **wishes)

    monkeypatch.setattr(paper.typst, "compile", compile_it)
    chosen = list(sections_for(world.nok, case, now=world.now))
    later = world.now + timedelta(hours=1)
    print_case(case, sections=chosen, language="en", purpose="care", actor=world.nok, now=later)
    return given


def text(told, title):
    [found] = [one for one in told["blocks"] if one["title"] == title]
    return json.dumps(found, ensure_ascii=False)


def test_every_station_says_its_part(told):
    assert "Jasmine · Chiang Mai" in text(told, "Where she stayed")
    assert "I want to read" in text(told, "Plan")
    assert "First check-up" in text(told, "Help given")
    assert "Total: 40 of 80" in text(told, "Health and measures")
    assert "50,000" in text(told, "The legal file")


def test_no_paper_says_where_a_house_is(told):
    assert "Hidden Lane" not in json.dumps(told, ensure_ascii=False)


def test_counselling_is_not_a_case_managers_to_print(told):
    titles = [one["title"] for one in told["blocks"]]
    assert "Counselling" not in titles
    assert len(titles) == len(SECTIONS) - 1
