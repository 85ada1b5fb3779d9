"""The page on which two versions of a record are compared, and one is chosen line by line."""

import re

import pytest
from tests.exchange.tables import MALEE, table

from romyen.access.noticed import noticed
from romyen.audit.models import Entry
from romyen.exchange.comparing import BOTH, OURS, THEIRS, chosen, lines
from romyen.exchange.gathering import gather
from romyen.exchange.htcds.record import Record
from romyen.exchange.models import Difference
from romyen.notices.models import Notice
from romyen.survivors import actions as of_her
from romyen.survivors.models import Survivor
from romyen.survivors.particulars import Particulars

WAITING = "/exchange/differences"


def text(answer):
    return answer.content.decode()


def recorded(world):
    survivors = list(Survivor.objects.select_related("node"))
    [one] = gather(world.nok, survivors, purpose="x", now=world.now)
    return one.record


class Decider:
    """Someone with the page open."""

    def __init__(self, world, reader, language="en"):
        self.browser = world.client(reader, language)
        self.address = f"{WAITING}/{Difference.objects.get(decided_at=None).pk}"
        self.page = text(self.browser.get(self.address))
        self.sent = 0

    def choose(self, **choices):
        """Send the form as it stands on the page."""
        self.sent += 1
        [expected] = re.findall(r'name="expected" value="(\w+)"', self.page)
        typed = {"submission": f"token-{self.sent}", "expected": expected, **choices}
        answer = self.browser.post(self.address, typed)
        self.page = text(answer)
        return answer


@pytest.fixture
def differing(world, bring):
    """Malee is here, and a row with a new name, telephone and favourite food waits."""
    bring(table(MALEE))
    news = {"prs_FirstName": "Mali", "prs_MobilePhone": "0899999999", "Favourite food": "durian"}
    assert bring(table({**MALEE, **news})).waiting == 1
    return Difference.objects.select_related("survivor__node").get()


def test_only_what_differs_is_asked_in_the_order_of_the_standard():
    ours = Record.of({"prs_FirstName": "A", "cas_Status": "Active"}, {"Food": "mango", "Pet": "x"})
    theirs = Record.of({"prs_FirstName": "B", "cas_Status": "Active"}, {"Food": "rice"})
    found = lines(ours, theirs)
    assert [line.heading or line.name for line in found] == ["prs_FirstName", "Food", "Pet"]
    first, food, pet = (line.name for line in found)
    made = chosen(ours, theirs, {first: OURS, food: THEIRS, pet: THEIRS})
    assert made.values == ours.values
    assert made.unmapped == {"Food": "rice"}


def test_lists_can_stand_together():
    ours = Record.of({"vic_TypeOfExploitation": ("SexualExploitation",)})
    theirs = Record.of({"vic_TypeOfExploitation": ("ForcedLabour",)})
    [line] = lines(ours, theirs)
    assert line.mixes
    made = chosen(ours, theirs, {line.name: BOTH})
    assert set(made.values["vic_TypeOfExploitation"]) == {"SexualExploitation", "ForcedLabour"}


def test_what_says_one_thing_is_chosen_as_one():
    """A new street with the old town would be an address that nobody has."""
    ours = Record.of({"prs_MailingStreet": "1 Old Road", "prs_MailingCity": "Old Town"})
    theirs = Record.of({"prs_MailingStreet": "2 New Road"})
    [line] = lines(ours, theirs)
    assert chosen(ours, theirs, {line.name: THEIRS}).values == theirs.values
    assert not line.mixes


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "words"), [("en", "Which version"), ("th", "ฉบับใดถูกต้อง")])
def test_both_versions_are_shown_and_that_is_written_down(world, differing, language, words):
    page = Decider(world, world.nok, language).page
    for said in (words, "Malee", "Mali", "0812345678", "0899999999", "mango", "durian"):
        assert said in page
    entries = Entry.objects.filter(verb="sealed.read", actor=world.nok.id)
    assert {entry.purpose for entry in entries} == {"htcds comparison"}
    listed = text(world.client(world.nok, language).get(WAITING))
    assert differing.survivor.node.code in listed
    assert "Mali" not in listed


@pytest.mark.django_db
def test_nok_chooses_line_by_line(world, differing):
    nok = Decider(world, world.nok)
    answer = nok.choose(prs_FirstName=THEIRS, prs_MobilePhone=OURS)
    assert answer.status_code == 422
    assert "Choose a version for every line." in nok.page
    assert 'value="theirs" checked' in nok.page
    [food] = re.findall(r'name="(kept_\w+)" type="radio" value="ours"', nok.page)
    answer = nok.choose(prs_FirstName=THEIRS, prs_MobilePhone=OURS, **{food: THEIRS})
    assert answer["Location"] == WAITING
    now = recorded(world)
    assert (now.values["prs_FirstName"], now.values["prs_MobilePhone"]) == ("Mali", "0812345678")
    assert now.unmapped == {"Favourite food": "durian"}
    assert "Nothing waits for a decision" in text(nok.browser.get(WAITING))


@pytest.mark.django_db
@pytest.mark.parametrize(("all_of", "name"), [(OURS, "Malee"), (THEIRS, "Mali")])
def test_one_button_decides_every_line(world, differing, all_of, name):
    assert Decider(world, world.nok).choose(all=all_of).status_code == 302
    assert recorded(world).values["prs_FirstName"] == name
    differing.refresh_from_db()
    assert differing.decision == all_of


@pytest.mark.django_db
def test_what_changed_in_between_is_seen_before_it_is_decided(world, differing):
    nok = Decider(world, world.nok)
    survivor = Survivor.objects.select_related("node").get()
    edited = Particulars(given_name="Edited")
    of_her.edit(survivor, edited, expected=1, actor=world.arun, now=world.now)
    answer = nok.choose(all=THEIRS)
    assert answer.status_code == 422
    assert "Someone else changed this" in nok.page
    assert "Edited" in nok.page
    assert nok.choose(all=THEIRS).status_code == 302
    assert recorded(world).values["prs_FirstName"] == "Mali"


@pytest.mark.django_db
def test_the_second_decider_is_told(world, differing):
    nok, arun = Decider(world, world.nok), Decider(world, world.arun)
    nok.choose(all=OURS)
    assert arun.choose(all=THEIRS).status_code == 409
    assert "This was decided in the meantime." in arun.page
    assert recorded(world).values["prs_FirstName"] == "Malee"


@pytest.mark.django_db
def test_whoever_is_hidden_from_it_finds_nothing(world, differing):
    world.exclude(world.prasit, differing.survivor.node)
    nothing = world.client(world.nok).get(f"{WAITING}/nothing")
    for reader in (world.prasit, world.dao):
        browser = world.client(reader)
        answer = browser.get(f"{WAITING}/{differing.pk}")
        assert (answer.status_code, answer.content) == (404, nothing.content)
        assert differing.survivor.node.code not in text(browser.get(WAITING))
    assert world.client(world.mali).get(WAITING).status_code == 403


@pytest.mark.django_db
def test_whoever_manages_the_case_is_told_once(world, differing, bring):
    told = Notice.objects.filter(kind="exchange.differs")
    assert [notice.recipient for notice in told] == [world.founder.id]
    [line] = noticed(world.founder, told, now=world.now)
    assert line.href == WAITING
    bring(table({**MALEE, "prs_FirstName": "Mali", "prs_MobilePhone": "0899999999",
                 "Favourite food": "durian"}))  # fmt: skip
    assert told.count() == 1
