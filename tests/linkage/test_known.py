"""Is she known already? Was this told before? Asked of what the writer holds alone."""

import re

import pytest
from tests.linkage.cast import BORN, somebody, told

from romyen.access import drafts
from romyen.audit.models import Entry
from romyen.keys import kept
from romyen.leads import known as leads_known
from romyen.leads.models import Lead
from romyen.survivors import actions, known
from romyen.survivors.known import Asked
from romyen.survivors.models import Contact, Document, Survivor

pytestmark = pytest.mark.django_db
FORM = {"full_name": "Malee Jaidee", "gender": "Feminine", "submission": "one"}


@pytest.fixture(autouse=True)
def nothing_kept():
    kept.forget_all_but(())


def read(answer):
    return answer.content.decode()


def likely(reader, now, **asked):
    return [(one.survivor, one.reasons) for one in known.likely(reader, Asked(**asked), now=now)]


def test_a_name_in_another_script_is_hers(world):
    her = somebody(world, "มาลี ใจดี")
    somebody(world, "ประเสริฐ ทองแท้")
    assert likely(world.arun, world.now, names=("Malee Jaidee",)) == [(her, ("same_sound",))]
    assert likely(world.arun, world.now, names=("Nobody Whatever",)) == []


def test_the_same_day_of_birth_counts_beside_a_similar_name_only(world):
    her = somebody(world, "มาลี สุขสันต์", born=BORN)
    somebody(world, "ประเสริฐ ทองแท้", born=BORN)
    asked = {"names": ("Malee Jaidee",), "birth": BORN}
    [(found, reasons)] = likely(world.nok, world.now, **asked)
    assert (found, "birth" in reasons) == (her, True)
    assert likely(world.nok, world.now, names=("Malee Jaidee",)) == []


def test_a_nickname_that_many_share_is_no_sign_alone(world):
    her = somebody(world, "มาลี ใจดี", nickname="เล็ก", born=BORN)
    assert likely(world.nok, world.now, nicknames=("Lek",)) == []
    assert likely(world.nok, world.now, nicknames=("Lek",), birth=BORN) == [
        (her, ("nickname", "birth"))
    ]


@pytest.mark.parametrize("number", ["+66 81 234 5678", "๐๘๑-๒๓๔-๕๖๗๘", "081 2345678"])
def test_a_telephone_is_the_same_however_it_is_written(world, number):
    her = somebody(world)
    actions.add_contact(
        her, kind="telephone", value="0812345678 (sister)", actor=world.nok, now=world.now
    )
    form = {"telephone": number, "gender": "Feminine", "submission": "x"}
    page = read(world.client(world.nok).post("/survivors/register", form))
    assert her.node.code in page
    assert "The same telephone number" in page


def test_the_same_number_of_a_paper(world):
    her = somebody(world)
    actions.add_document(her, kind="passport", number="MB 123-456", actor=world.nok, now=world.now)
    assert likely(world.nok, world.now, documents=("MB123456",)) == [(her, ("document",))]
    [paper] = Document.objects.all()
    actions.remove(paper, actor=world.nok, now=world.now)
    assert likely(world.nok, world.now, documents=("MB123456",)) == []


def test_nok_is_asked_first_and_nothing_that_she_typed_is_lost(world):
    her = somebody(world, "มาลี ใจดี")
    browser = world.client(world.nok)
    page = read(browser.post("/survivors/register", {**FORM, "nickname": "Lek"}))
    assert [w for w in ("Is she known already?", "มาลี ใจดี", her.node.code) if w not in page] == []
    assert f'href="/survivors/{her.pk}"' in page
    assert 'value="Malee Jaidee"' in page
    assert Survivor.objects.count() == 1
    kept_for_her = drafts.recall(world.nok, "/survivors/register")
    assert (kept_for_her["full_name"], kept_for_her["nickname"]) == (["Malee Jaidee"], ["Lek"])
    [apart] = re.findall(r'name="apart" value="([^"]*)"', page)
    done = browser.post("/survivors/register", {**FORM, "apart": apart, "submission": "two"})
    assert done.status_code == 302
    assert Survivor.objects.count() == 2
    assert drafts.recall(world.nok, "/survivors/register") is None
    again = browser.post("/survivors/register", {**FORM, "apart": apart, "submission": "two"})
    assert again["Location"] == done["Location"]


def test_someone_new_among_the_likely_is_shown_again(world):
    somebody(world, "มาลี ใจดี")
    browser = world.client(world.nok)
    [apart] = re.findall(
        r'name="apart" value="([^"]*)"', read(browser.post("/survivors/register", FORM))
    )
    other = somebody(world, "Mali Chaidi")
    page = read(browser.post("/survivors/register", {**FORM, "apart": apart, "submission": "two"}))
    assert other.node.code in page
    assert Survivor.objects.count() == 2


def test_who_may_not_see_her_gets_no_hint(world):
    her = somebody(world, "มาลี ใจดี")
    actions.add_contact(her, kind="telephone", value="0812345678", actor=world.nok, now=world.now)
    world.exclude(world.prasit, her.node)
    for number, stranger in enumerate((world.dao, world.prasit)):
        typed = {**FORM, "telephone": "081 234 5678", "submission": f"s{number}"}
        assert world.client(stranger).post("/survivors/register", typed).status_code == 302
    assert not Entry.objects.filter(verb="sealed.read", actor=world.prasit.id).exists()


def test_what_was_compared_is_a_number_on_the_log(world):
    her = somebody(world, "มาลี ใจดี")
    known.likely(world.nok, Asked(names=("Malee Jaidee",)), now=world.now)
    entries = Entry.objects.order_by("-pk")[:2]
    assert [(e.verb, e.purpose) for e in entries] == [
        ("sealed.read", "known_already"),
        ("survivor.compare", ""),
    ]
    assert her.node.code


def test_a_paper_needs_its_kind_and_both_are_kept(world):
    browser = world.client(world.nok)
    typed = {"document_number": "MB 123", "submission": "a"}
    slip = browser.post("/survivors/register", typed)
    assert slip.status_code == 422
    assert "Choose what kind of paper it is." in read(slip)
    typed |= {"document_kind": "passport", "telephone": "0812345678"}
    assert browser.post("/survivors/register", typed).status_code == 302
    assert (Document.objects.count(), Contact.objects.count()) == (1, 1)


# --- leads

TOLD = {"source": "public", "imminence": "ongoing", "submission": "lead"}


def test_a_lead_that_was_told_before_is_shown_with_why(world):
    first = told(world, account="A van.", contact="call 081-234-5678, evenings")
    other = told(world, account="A house.", place_detail="the blue house behind the temple")
    told(world, account="Nothing alike.")
    browser = world.client(world.nok)
    account = "Noise from the blue house  behind the temple; call +66 81 234 5678."
    page = read(browser.post("/leads/new", {**TOLD, "account": account}))
    assert page.index(first.node.code) < page.index(other.node.code)
    said = ("The same telephone number", "The same exact place", "Was this told before?", account)
    assert [words for words in said if words not in page] == []
    assert Lead.objects.count() == 3
    [apart] = re.findall(r'name="apart" value="([^"]*)"', page)
    done = browser.post("/leads/new", {**TOLD, "account": account, "apart": apart})
    assert done.status_code == 302
    assert Lead.objects.count() == 4


def test_prasit_dao_and_mali_hear_of_no_lead(world):
    lead = told(world, contact="081-234-5678")
    world.exclude(world.prasit, lead.node)
    asked = leads_known.Asked(account="call 0812345678")
    for reader in (world.prasit, world.dao, world.mali):
        assert leads_known.likely(world.again(reader), asked, now=world.now) == []
    assert leads_known.likely(world.wit, asked, now=world.now)
