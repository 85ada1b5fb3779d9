"""Two records of one person are brought together, and parted again if it was a mistake."""

import re
from datetime import date

import pytest
from tests.linkage.cast import BORN, a_case, somebody, typed

from romyen.access import walls
from romyen.access.models import Node
from romyen.audit.models import Entry
from romyen.cases import actions as casework
from romyen.cases import queries as of_cases
from romyen.cases.models import Case
from romyen.keys.models import Grant
from romyen.linkage import actions, comparing
from romyen.linkage.models import Merge
from romyen.rules.refusals import Refusal
from romyen.survivors import actions as hers
from romyen.survivors import queries
from romyen.survivors.models import Survivor
from romyen.survivors.particulars import SafeContact

pytestmark = pytest.mark.django_db


@pytest.fixture
def two(world):
    """Malee, entered by Nok and once more by Arun, each with some of her story."""
    kept = somebody(world, "มาลี ใจดี", nickname="ฝน", born=BORN, nationalities=("TH",))
    folded = somebody(world, "Malee Chaidee", by=world.arun, nationalities=("MM",))
    hers.add_contact(folded, kind="telephone", value="0812345678", actor=world.arun, now=world.now)
    hers.raise_alert(folded, kind="threat", text="an uncle", actor=world.nok, now=world.now)
    for one, status in ((kept, "possible"), (folded, "presumed")):
        identified(world, one, status)
    for one in (kept, folded):
        hers.give_consent(
            one, purpose="interview", giver="herself", way="signed", given_on=date(2026, 3, 1),
            actor=world.nok, now=world.now,
        )  # fmt: skip
    return fresh(kept), fresh(folded)


def identified(world, her, status):
    hers.identify(
        her, status=status, organisation="ngo", on=date(2026, 3, 1), basis="interview",
        actor=world.nok, now=world.now,
    )  # fmt: skip


def fresh(her):
    return Survivor.objects.select_related("node").get(pk=her.pk)


def state(*people):
    """Everything that merging may touch, as the database holds it."""
    rows = []
    for her in people:
        row = Survivor.objects.filter(pk=her.pk).values().get()
        rows.append({name: value for name, value in row.items() if name != "version"})
        for part in ("names", "documents", "contacts", "alerts", "consents", "screenings"):
            rows.append(
                (
                    part,
                    sorted(getattr(her, part).filter(**alive(part)).values_list("pk", flat=True)),
                )
            )
        rows.append(list(her.identifications.values_list("pk", "number")))
        rows.append(sorted(Node.objects.filter(parent=her.pk).values_list("pk", flat=True)))
        rows.append(sorted(Case.objects.filter(survivor=her.pk).values_list("pk", flat=True)))
        rows.append(Node.objects.get(pk=her.pk).parent_id)
    return rows


def alive(part):
    return {"removed_at": None} if part in ("names", "documents", "contacts") else {}


def brought(world, kept, folded, by=None, **choices):
    by = by or world.nok
    pair = comparing.opened(by, kept, folded, now=world.now)
    chosen = pair.chosen(choices)
    return actions.merge(
        kept, folded, chosen, names=pair.other_names(chosen), reason="she_says",
        words="She said so over tea.", expected=(kept.version, folded.version), actor=by,
        now=world.now,
    )  # fmt: skip


def refused(code, act, *args, **kwargs):
    with pytest.raises(Refusal) as caught:
        act(*args, **kwargs)
    assert caught.value.code == code


def test_everything_of_both_stands_on_the_one_that_is_kept(world, two):
    kept, folded = two
    case = a_case(world, folded, relative="her aunt")
    brought(world, kept, folded, nationalities="folded", standing="folded")
    her = fresh(kept)
    file = queries.file(world.arun, her, purpose="care", now=world.now)
    assert file.called == "มาลี ใจดี"
    assert sorted(one.said["text"] for one in file.names) == ["Malee Chaidee", "ฝน"]
    assert [one.said["value"] for one in file.contacts] == ["0812345678"]
    assert (her.nationalities, her.status, her.consents.count()) == (["MM"], "presumed", 2)
    assert [s.status for s in her.identifications.all()] == ["possible", "presumed"]
    assert [s.number for s in her.identifications.all()] == [1, 2]
    first = queries.first(world.nok, her, now=world.now)
    assert [one.text for one in first.alerts] == ["an uncle"]
    moved = of_cases.case(world.arun, case.pk, now=world.now)
    assert (moved.survivor_id, moved.node.parent_id) == (her.pk, her.pk)
    casework.add_note(moved, kind="case", text="as before", actor=world.arun, now=world.now)


def test_the_other_record_leaves_lists_and_search_and_leads_to_the_one_that_is_kept(world, two):
    kept, folded = two
    brought(world, kept, folded)
    browser = world.client(world.nok)
    listed = browser.get("/survivors/").content.decode()
    assert kept.node.code in listed
    assert folded.node.code not in listed
    for words in ("Malee", "Malee Chaidee", "ฝน"):
        found = typed(browser, words).content.decode()
        assert (kept.node.code in found, folded.node.code in found) == (True, False)
    page = browser.get(f"/survivors/{folded.pk}").content.decode()
    assert f'href="/survivors/{kept.pk}"' in page
    assert "Brought together with another record" in page
    assert browser.get(f"/survivors/{folded.pk}/edit").status_code == 409
    refused("RY-SURVIVOR-FOLDED", hers.add_name, fresh(folded), kind="alias", text="x",
            actor=world.nok, now=world.now)  # fmt: skip


@pytest.mark.parametrize("choices", [{}, {"standing": "folded", "full_name": "folded"}])
def test_undone_it_is_as_if_it_had_not_been(world, two, choices):
    kept, folded = two
    identified(world, kept, "presumed")
    a_case(world, folded)
    a_case(world, kept)
    kept = fresh(kept)
    before = state(kept, folded)
    done = brought(world, kept, folded, **choices)
    assert state(kept, folded) != before
    actions.unmerge(Merge.objects.get(pk=done.pk), actor=world.nok, now=world.now)
    assert state(kept, folded) == before
    again = fresh(kept), fresh(folded)
    assert brought(world, *again).pk != done.pk


def test_what_was_added_since_stays_and_what_was_changed_since_forbids(world, two):
    kept, folded = two
    done = brought(world, kept, folded)
    her = fresh(kept)
    hers.add_name(her, kind="alias", text="Nam", actor=world.nok, now=world.now)
    hers.set_safe_contact(
        her, SafeContact(say="a friend"), expected=her.version, actor=world.nok, now=world.now
    )
    refused("RY-MERGE-EDITED", actions.unmerge, done, actor=world.nok, now=world.now)
    assert Merge.objects.get().undone_at is None
    assert fresh(folded).folded_into_id == kept.pk


def test_it_is_undone_once(world, two):
    done = brought(world, *two)
    actions.unmerge(done, actor=world.nok, now=world.now)
    refused("RY-MERGE-UNDONE", actions.unmerge, done, actor=world.nok, now=world.now)


def test_arun_and_mali_may_not_and_dao_and_prasit_know_of_nothing(world, two):
    kept, folded = two
    for one in two:
        world.exclude(world.prasit, one.node)
    pair = comparing.opened(world.nok, kept, folded, now=world.now)
    facts = {"reason": "papers", "expected": (1, 1), "now": world.now}
    for who, code in (
        ("arun", "RY-ACCESS-DENIED"), ("mali", "RY-ACCESS-DENIED"),
        ("dao", "RY-ABSENT"), ("prasit", "RY-ABSENT"),
    ):  # fmt: skip
        by = world.readers[who]
        refused(code, actions.merge, kept, folded, pair.chosen({}), actor=by, **facts)
        page = world.client(by).get(f"/search/same/{kept.pk}/with/{folded.pk}")
        assert page.status_code == (403 if code.endswith("DENIED") else 404)
    assert not Merge.objects.exists()


def test_walls_that_differ_are_no_wall_at_all(world, two):
    kept, folded = two
    world.exclude(world.prasit, folded.node)
    refused("RY-MERGE-WALLS", brought, world, kept, folded)
    world.exclude(world.prasit, kept.node)
    brought(world, kept, folded)
    absent = world.client(world.prasit).get("/survivors/nobody")
    for one in two:
        assert world.client(world.prasit).get(f"/survivors/{one.pk}").content == absent.content


def test_what_was_lent_to_one_person_differs_too(world, two):
    kept, folded = two
    walls.share(
        world.dao.member, "caseworker", folded.node, purpose="transfer", actor=world.nok,
        now=world.now,
    )  # fmt: skip
    refused("RY-MERGE-WALLS", brought, world, kept, folded)


def test_a_wall_built_afterwards_covers_all_of_her_and_forbids_parting(world, two):
    kept, folded = two
    case = a_case(world, folded)
    done = brought(world, kept, folded)
    world.exclude(world.prasit, kept.node)
    absent = world.client(world.prasit).get("/survivors/nobody").content
    for address in (f"/survivors/{folded.pk}", f"/survivors/{kept.pk}", f"/cases/{case.pk}"):
        assert world.client(world.prasit).get(address).content == absent
    done = Merge.objects.select_related("kept__node", "folded__node").get()
    refused("RY-MERGE-WALLS", actions.unmerge, done, actor=world.nok, now=world.now)


def test_keys_follow_the_wall_into_what_was_folded(world, two):
    """Everything of both is opened by those who remain, and by nobody through the team's key."""
    kept, folded = two
    brought(world, kept, folded)
    walls.exclude(world.prasit.member, kept.node, reason="relative", actor=world.nok, now=world.now)
    team = world.prasit.ring.compartments
    left = Grant.objects.filter(data_key__subject__in=[kept.pk, folded.pk], holder__in=team)
    assert not left.filter(data_key__compartment="identity").exists()
    file = queries.file(world.again(world.arun), fresh(kept), purpose="care", now=world.now)
    assert [one.said["value"] for one in file.contacts] == ["0812345678"]


def test_what_cannot_be_brought_together(world, two):
    kept, folded = two
    refused("RY-MERGE-SAME", actions.refuse_unlike, kept, kept, now=world.now)
    south = somebody(world, "Malee", team=world.other_team, by=world.founder)
    refused("RY-MERGE-TEAM", brought, world, kept, south, by=world.founder)
    void = somebody(world, "Malee")
    hers.void(void, reason="entered twice", actor=world.nok, now=world.now)
    refused("RY-SURVIVOR-VOID", brought, world, kept, fresh(void))
    brought(world, kept, folded)
    refused("RY-MERGE-SAME", brought, world, fresh(kept), fresh(folded))
    third = somebody(world, "Malee")
    refused("RY-SURVIVOR-FOLDED", brought, world, third, fresh(folded))
    refused("RY-MERGE-HOLDS-ANOTHER", brought, world, third, fresh(kept))
    brought(world, fresh(kept), third)


def test_the_second_of_two_writers_is_told(world, two):
    kept, folded = two
    pair = comparing.opened(world.nok, kept, folded, now=world.now)
    hers.set_safe_contact(
        kept, SafeContact(say="a friend"), expected=kept.version, actor=world.arun, now=world.now
    )
    refused(
        "RY-EDIT-CONFLICT", actions.merge, kept, folded, pair.chosen({}), reason="papers",
        expected=(kept.version, folded.version), actor=world.nok, now=world.now,
    )  # fmt: skip


def test_the_log_says_it_of_both(world, two):
    done = brought(world, *two)
    actions.unmerge(done, actor=world.nok, now=world.now)
    for verb in ("survivor.merge", "survivor.unmerge"):
        [entry] = Entry.objects.filter(verb=verb)
        assert {s.subject for s in entry.subjects.all()} == {one.pk for one in two}


def test_nok_does_it_in_the_browser_and_takes_it_back(world, two):
    kept, folded = two
    browser = world.client(world.nok)
    start = f"/search/same/{kept.pk}/with"
    slip = browser.post(start, {"code": "S-2222222A"})
    assert (slip.status_code, "holds a slip" in slip.content.decode()) == (422, True)
    there = browser.post(start, {"code": folded.node.code.lower()})["Location"]
    page = browser.get(there).content.decode()
    wanted = ("มาลี ใจดี", "Malee Chaidee", "Which identification counts", "Nationality")
    assert [words for words in wanted if words not in page] == []
    hidden = r'type="hidden"[^>]*name="(\w+_version)"[^>]*value="(\d+)"'
    sent = dict(re.findall(hidden, page)) | {"full_name": "folded", "birth": "kept"}
    sent |= {"nationalities": "kept", "standing": "folded", "reason": "papers", "submission": "m"}
    slip = browser.post(there, {**sent, "reason": "", "submission": "s"})
    assert (slip.status_code, Merge.objects.count()) == (422, 0)
    done = browser.post(there, sent)
    assert done["Location"] == f"/survivors/{kept.pk}"
    assert browser.post(there, sent).status_code in (302, 422)
    box = browser.get(f"/search/same/{kept.pk}").content.decode()
    [undo] = re.findall(r'href="(/search/merges/[^"]+/undo)"', box)
    assert browser.get(undo).status_code == 200
    assert browser.post(undo, {"submission": "u"})["Location"] == f"/survivors/{folded.pk}"
    assert "Apart again" in browser.get(f"/search/same/{kept.pk}").content.decode()


@pytest.mark.parametrize("language", ["en", "th"])
def test_every_page_reads_in_both_languages(world, two, language):
    kept, folded = two
    browser = world.client(world.nok, language)
    addresses = [f"/search/same/{kept.pk}", f"/search/same/{kept.pk}/with"]
    for address in [*addresses, f"/search/same/{kept.pk}/with/{folded.pk}", "/search/"]:
        assert browser.get(address).status_code == 200
    done = brought(world, kept, folded)
    assert browser.get(f"/search/merges/{done.pk}/undo").status_code == 200
