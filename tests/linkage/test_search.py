"""Nok finds whom she holds, in any script; nobody learns of anyone else."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.linkage.cast import a_case, somebody, told, typed

from romyen.audit.models import Detail, Entry, EntrySubject
from romyen.keys import kept
from romyen.linkage import searching
from romyen.rules.refusals import Refusal
from romyen.survivors import actions
from romyen.survivors.models import Name, Survivor

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_limits():
    cache.clear()
    kept.forget_all_but(())


def found(reader, words, now):
    return [(one.kind, one.line.called) for one in searching.search(reader, words, now=now)]


@pytest.mark.parametrize(
    ("kept_as", "sought"),
    [
        ("สมหญิง ใจดี", "Somying"),
        ("Somying Jaidee", "สมหญิง"),
        ("ခင်မာလာ", "Khin Mar Lar"),
        ("សុខ ដារា", "Sok Dara"),
        ("ບົວ ແກ້ວມະນີ", "Bua Keomany"),
        ("Nguyễn Thị Hoa", "nguyen thi hoa"),
        ("มาลี ใจดี", "น.ส. มาลี"),
    ],
)
def test_nok_finds_her_in_whatever_script_she_types(world, kept_as, sought):
    somebody(world, "ประเสริฐ ทองแท้")
    somebody(world, kept_as)
    assert found(world.nok, sought, world.now)[0] == ("survivor", kept_as)


def test_a_nickname_an_alias_and_the_parts_of_a_name_lead_to_her(world):
    her = somebody(world, "", nickname="น้ำฝน", given_name="Malee", family_name="Suksan")
    for sought in ("Namfon", "มาลี", "สุขสันต์"):
        assert [one.line.row for one in searching.search(world.nok, sought, now=world.now)] == [her]
    wrong = Name.objects.get()
    actions.remove(wrong, actor=world.nok, now=world.now)
    assert found(world.nok, "Namfon", world.now) == []


def test_people_of_cases_and_reporters_of_leads_are_found_with_their_record(world):
    her = somebody(world, "มาลี ใจดี")
    case = a_case(world, her, suspect="Somchai the driver")
    lead = told(world, "สมชาย ร้านกาแฟ")
    lines = searching.search(world.nok, "สมชาย", now=world.now)
    assert {(one.kind, one.line.node.code) for one in lines} == {
        ("person", case.node.code),
        ("lead", lead.node.code),
    }


@pytest.mark.parametrize("how", [str, str.lower, lambda code: f" {code.replace('-', ' ')} "])
def test_a_code_leads_to_its_record_however_it_is_typed(world, how):
    her = somebody(world, "มาลี ใจดี")
    case, lead = a_case(world, her), told(world, "สมชาย")
    for row, name in ((her, "มาลี ใจดี"), (case, "มาลี ใจดี"), (lead, "สมชาย")):
        [one] = searching.search(world.nok, how(row.node.code), now=world.now)
        assert (one.line.row, one.line.called, one.reasons) == (row, name, ("code",))


def test_thai_digits_of_a_code_are_read(world):
    her = somebody(world, "มาลี ใจดี")
    thai = her.node.code.translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙"))
    assert found(world.nok, thai, world.now) == [("survivor", "มาลี ใจดี")]


def test_dao_and_prasit_find_nothing_and_cannot_tell(world):
    her = somebody(world, "สมหญิง ใจดี", nickname="ฝน")
    a_case(world, her, relative="Somying's aunt")
    world.exclude(world.prasit, her.node)
    for stranger in (world.dao, world.prasit):
        client = world.client(stranger)
        for words in ("Somying", "ฝน", her.node.code):
            hidden = typed(client, words)
            absent = typed(client, "Xylophone")
            assert hidden.status_code == absent.status_code == 200
            assert same(hidden, words) == same(absent, "Xylophone")
    assert found(world.nok, "Somying", world.now)


def same(answer, words):
    """The page without the words that were typed and the token of its form."""
    text = answer.content.decode().replace(words, "")
    return text.split("csrfmiddlewaretoken")[0] + text.split("</form>")[-1]


def test_what_is_hidden_costs_no_query_and_counts_nowhere(world):
    somebody(world, "ประเสริฐ ทองแท้")
    seen = counted(world, world.prasit)
    her = somebody(world, "สมหญิง ใจดี")
    a_case(world, her, relative="Somying's aunt")
    world.exclude(world.prasit, her.node)
    assert counted(world, world.readers["prasit"]) == seen


def counted(world, reader):
    """(queries, what the log says was gone through) of one search."""
    reader = world.again(reader)
    with CaptureQueriesContext(connection) as asked:
        searching.search(reader, "Somying", now=world.now)
    return len(asked), Detail.objects.filter(entry__verb="search.names").latest("pk").body


def test_wit_has_no_search(world):
    somebody(world, "สมหญิง")
    client = world.client(world.wit)
    assert client.get("/search/").status_code == 403
    assert typed(client, "Somying").status_code == 403
    assert 'href="/search/"' not in client.get("/").content.decode()
    assert 'href="/search/"' in world.client(world.nok).get("/").content.decode()
    with pytest.raises(Refusal, match="RY-ACCESS-DENIED"):
        searching.search(world.wit, "Somying", now=world.now)


def test_mali_sees_survivors_and_no_reporters(world):
    somebody(world, "สมหญิง")
    told(world, "Somying")
    assert found(world.mali, "Somying", world.now) == [("survivor", "สมหญิง")]


def test_the_log_knows_who_was_shown_and_no_word_that_was_sought(world):
    her, _other = somebody(world, "สมหญิง"), somebody(world, "ประเสริฐ")
    before = set(Entry.objects.values_list("pk", flat=True))
    searching.search(world.nok, "Somying", now=world.now)
    entries = Entry.objects.exclude(pk__in=before).order_by("pk")
    assert [entry.verb for entry in entries] == ["search.names", "sealed.read"]
    first, read = entries
    assert Detail.objects.get(entry=first).body == '{"compared":2}'
    assert not EntrySubject.objects.filter(entry=first).exists()
    assert [s.subject for s in EntrySubject.objects.filter(entry=read)] == [her.pk]
    assert read.purpose == "search"


def test_records_in_error_are_not_found(world):
    her = somebody(world, "สมหญิง")
    actions.void(her, reason="entered twice", actor=world.nok, now=world.now)
    assert found(world.nok, "Somying", world.now) == []


def test_rows_from_before_there_were_keys_are_found_too(world):
    somebody(world, "สมหญิง ใจดี", nickname="ฝน")
    Survivor.objects.update(name_keys=None)
    Name.objects.update(name_keys=None)
    assert found(world.nok, "Somying", world.now) == [("survivor", "สมหญิง ใจดี")]
    assert found(world.nok, "Fon", world.now)[0] == ("survivor", "สมหญิง ใจดี")


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        ("", 422, "Still missing: Name or code"),
        ("   ", 422, "Still missing: Name or code"),
        ("ก" * 10_000, 422, "at most 200 characters"),
        ("🙂🙂", 422, "at least one letter or digit"),
        ("...", 422, "at least one letter or digit"),
        ("a\x00b", 400, "could not be understood"),
        ("\u200b\u202e", 422, "at least one letter or digit"),
        ("'; DROP TABLE survivors_survivor; --", 200, "Nobody who is open to you"),
        ("%_*", 422, "at least one letter or digit"),
        ("<script>alert(1)</script>", 200, "Nobody who is open to you"),
    ],
)
def test_whatever_is_typed_gets_a_calm_answer(world, words, status, said):
    somebody(world, "สมหญิง")
    answer = typed(world.client(world.nok), words)
    assert (answer.status_code, said in answer.content.decode()) == (status, True)
    assert b"<script>alert" not in answer.content


def test_the_page_says_why_in_thai_and_never_asks_by_address(world):
    somebody(world, "สมหญิง ใจดี", nickname="ฝน")
    page = typed(world.client(world.nok, "th"), "Somying").content.decode()
    assert [word for word in ("สมหญิง ใจดี", "ฝน", "ตรงกับบางส่วนของชื่อ") if word not in page] == []
    quiet = world.client(world.nok).get("/search/", {"words": "Somying"}).content.decode()
    assert "สมหญิง" not in quiet


def test_nobody_types_sixty_names_in_ten_minutes(world):
    client = world.client(world.nok)
    answers = [typed(client, "Somying").status_code for _ in range(61)]
    assert answers == [200] * 60 + [429]
    assert typed(world.client(world.arun), "Somying").status_code == 200
