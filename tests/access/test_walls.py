"""Exclusions win, roles alone bring no key, and two people are two people."""

import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction

from access.browser import sign_in
from romyen.access import approvals, people, tracing, walls
from romyen.access.decisions import decide, visible_to
from romyen.access.models import Approval, Exclusion, Node
from romyen.access.nodes import found_node
from romyen.access.sealing import holders_for
from romyen.keys.models import Grant
from romyen.keys.sealing import Sealer, open_data_keys
from romyen.notices.models import Notice
from romyen.rules.refusals import Refusal


@pytest.fixture
def file(world):
    """A survivor's node with one sealed value's data key."""
    node = found_node("survivor", world.team.node, now=world.now, code="S-TEST")
    write(world, node)
    return node


def write(world, node, compartment="identity"):
    """Somebody without keys puts something in; returns the data key's id."""
    holders = holders_for(node, compartment, now=world.now)
    return Sealer("x").data_key(node.pk, compartment, {compartment: holders}, world.now)[0]


def opens(reader, key):
    return key in open_data_keys([key], reader.ring)


def test_who_is_excluded_finds_no_trace(world, file):
    world.exclude(world.prasit, file, by=world.nok)
    assert decide(world.prasit, "survivor.read", file, now=world.now).reason == "excluded"
    shown = visible_to(world.prasit, "survivor.read", Node.objects.all(), now=world.now)
    assert file not in shown
    assert not Notice.objects.filter(recipient=world.prasit.id, subject=file.pk).exists()


def test_hidden_and_absent_answer_with_the_same_bytes(world, file):
    world.exclude(world.prasit, file, by=world.nok)
    client = sign_in(world.prasit.member)
    for page in ("who-can", "who-has", "exclude", "share"):
        hidden = client.get(f"/record/{file.pk}/{page}")
        absent = client.get(f"/record/{'x' * 22}/{page}")
        assert (hidden.status_code, hidden.content) == (404, absent.content)
        assert hidden.headers == absent.headers


def test_old_and_later_keys_are_closed_to_who_is_excluded(world, file):
    old = write(world, file)
    assert opens(world.prasit, old)
    world.exclude(world.prasit, file, by=world.nok)
    later = write(world, file)
    assert [opens(world.prasit, key) for key in (old, later)] == [False, False]
    assert [opens(world.arun, key) for key in (old, later)] == [True, True]


def test_a_role_alone_brings_no_key_even_behind_a_wall(world, file):
    """An administrator hands out roles; what is written later still goes to holders only."""
    world.exclude(world.prasit, file, by=world.nok)
    people.assign(
        world.dao.member,
        "case_manager",
        world.team.node,
        purpose="x",
        actor=world.lek,
        now=world.now,
    )
    assert not opens(world.dao, write(world, file))


def test_an_administrator_gives_no_role_on_a_record(world, file):
    with pytest.raises(Refusal, match="RY-ABSENT"):
        people.assign(
            world.dao.member, "case_manager", file, purpose="x", actor=world.lek, now=world.now
        )


def test_sharing_gives_the_keys_of_one_record_and_takes_them_back(world, file):
    other = found_node("survivor", world.team.node, now=world.now)
    key, elsewhere = write(world, file), write(world, other)
    given = walls.share(
        world.dao.member, "counsellor", file, purpose="interpreter", actor=world.nok, now=world.now
    )
    dao = world.again(world.dao)
    assert decide(dao, "survivor.read", file, now=world.now)
    assert [opens(dao, key), opens(dao, elsewhere)] == [True, False]
    assert opens(dao, write(world, file))
    people.end_assignment(given, actor=world.nok, now=world.now)
    assert not opens(dao, key)


def test_nothing_is_shared_with_who_is_excluded(world, file):
    world.exclude(world.prasit, file, by=world.nok)
    with pytest.raises(Refusal, match="RY-ACCESS-EXCLUDED"):
        walls.share(
            world.prasit.member, "counsellor", file, purpose="x", actor=world.nok, now=world.now
        )
    assert not Grant.objects.filter(holder=world.prasit.member.holder).exists()


@pytest.mark.parametrize("kind", ["team", "organisation"])
def test_walls_stand_around_records_only(world, kind):
    node = Node.objects.filter(kind=kind).first()
    with pytest.raises(Refusal):
        walls.exclude(world.arun.member, node, reason="other", actor=world.nok, now=world.now)


def test_a_new_colleague_gets_the_keys_behind_a_wall_when_a_holder_replaces_them(world, file):
    key = write(world, file)
    world.exclude(world.prasit, file, by=world.nok)
    ying = world.join("ying", "caseworker", world.team, by=world.nok)
    assert not opens(ying, key)
    assert tracing.walled_records(world.nok, now=world.now) == [file]
    walls.rekey(file, actor=world.nok, now=world.now)
    assert opens(ying, key)
    assert not opens(world.prasit, key)
    assert tracing.walled_records(world.nok, now=world.now) == []


def test_a_wall_that_a_holder_of_less_built_stays_pending_and_holders_hear_of_it(world, file):
    write(world, file, "care")
    Exclusion.objects.create(
        member=world.prasit.member,
        node=file,
        reason="other",
        created_at=world.now,
        created_by=world.nok.id,
    )
    walls.rekey(file, actor=world.arun, now=world.now)
    assert Exclusion.objects.get().rekeyed_at is None
    walls.rekey(file, actor=world.nok, now=world.now)
    assert Exclusion.objects.get().rekeyed_at == world.now


class TestTwoPeople:
    @pytest.fixture
    def asked(self, world, file):
        world.exclude(world.prasit, file, by=world.nok)
        exclusion = Exclusion.objects.get()
        approval = walls.ask_to_lift(exclusion, purpose="no kin", actor=world.nok, now=world.now)
        return exclusion, approval

    def lift(self, world, asked, actor=None, now=None):
        exclusion, approval = asked
        return walls.lift(
            exclusion, approval=approval.pk, actor=actor or world.nok, now=now or world.now
        )

    def test_lifting_takes_two(self, world, file, asked):
        key = write(world, file)
        with pytest.raises(Refusal, match="RY-ACCESS-APPROVAL-NEEDED"):
            self.lift(world, asked)
        approvals.give(asked[1], actor=world.pim, now=world.now)
        self.lift(world, asked)
        prasit = world.again(world.prasit)
        assert decide(prasit, "survivor.read", file, now=world.now)
        assert opens(prasit, key)

    def test_nobody_approves_their_own(self, world, asked):
        with pytest.raises(Refusal, match="RY-ACCESS-SELF"):
            approvals.give(asked[1], actor=world.nok, now=world.now)

    def test_who_is_excluded_neither_sees_nor_gives(self, world, file, asked):
        people.assign(
            world.prasit.member,
            "case_manager",
            world.team.node,
            purpose="x",
            actor=world.lek,
            now=world.now,
        )
        prasit = world.again(world.prasit)
        assert list(approvals.open_approvals(prasit, now=world.now)) == []
        with pytest.raises(Refusal, match="RY-ABSENT"):
            approvals.give(asked[1], actor=prasit, now=world.now)
        assert list(approvals.open_approvals(world.pim, now=world.now)) == [asked[1]]

    def test_it_ends_after_a_day(self, world, asked):
        late = world.now + timedelta(hours=24)
        with pytest.raises(Refusal, match="RY-ACCESS-APPROVAL-OVER"):
            approvals.give(asked[1], actor=world.pim, now=late)
        approvals.give(asked[1], actor=world.pim, now=world.now)
        with pytest.raises(Refusal, match="RY-ACCESS-APPROVAL-OVER"):
            self.lift(world, asked, now=late)

    def test_it_is_used_once_by_who_asked_for_what_was_asked(self, world, file, asked):
        exclusion, approval = asked
        approvals.give(approval, actor=world.pim, now=world.now)
        for wrong in ({"actor": world.somsri}, {"digest": "other"}, {"verb": "exchange.export"}):
            use = {"verb": "access.lift", "digest": exclusion.pk, "actor": world.nok, **wrong}
            with transaction.atomic(), pytest.raises(Refusal, match="RY-ABSENT"):
                approvals.use(approval.pk, node=file, now=world.now, **use)
        self.lift(world, asked)
        Exclusion.objects.update(lifted_at=None)
        with pytest.raises(Refusal, match="RY-ACCESS-APPROVAL-OVER"):
            self.lift(world, asked)

    def test_a_role_without_its_keys_is_no_second_person(self, world, file, asked):
        """An administrator makes a friend a case manager: nobody has wrapped a key for them."""
        people.assign(
            world.dao.member,
            "case_manager",
            world.team.node,
            purpose="x",
            actor=world.lek,
            now=world.now,
        )
        dao = world.again(world.dao)
        with pytest.raises(Refusal, match="RY-ACCESS-APPROVER-KEYS"):
            approvals.give(asked[1], actor=dao, now=world.now)
        approvals.give(asked[1], actor=world.somsri, now=world.now)

    def test_an_approval_ends_with_the_right_of_who_gave_it(self, world, file, asked):
        approvals.give(asked[1], actor=world.somsri, now=world.now)
        world.exclude(world.somsri, file, by=world.nok)
        with pytest.raises(Refusal, match="RY-ACCESS-APPROVAL-OVER"):
            self.lift(world, asked)

    def test_the_pages_carry_it(self, world, file, asked):
        nok, pim = sign_in(world.nok.member), sign_in(world.pim.member)
        _exclusion, approval = asked
        Approval.objects.update(ends_at=world.now + timedelta(days=9999))
        assert "no kin" in pim.get("/approvals").text
        pim.post(f"/approvals/{approval.pk}/give", {"submission": "a"})
        assert "lift it now" in nok.get(f"/record/{file.pk}/who-can").text


@pytest.mark.django_db(transaction=True)
def test_of_fifty_at_once_one_spends_an_approval():
    from world import make_world

    world = make_world()
    node = found_node("survivor", world.team.node, now=world.now)
    approval = approvals.ask("access.lift", node, purpose="x", actor=world.nok, now=world.now)
    approvals.give(approval, actor=world.pim, now=world.now)
    spent, refused = [], []

    def spend():
        try:
            with transaction.atomic():
                approvals.use(approval.pk, "access.lift", node, actor=world.nok, now=world.now)
            spent.append(1)
        except Refusal as refusal:
            refused.append(refusal.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=spend) for _ in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(spent) == 1
    assert refused == ["RY-ACCESS-APPROVAL-OVER"] * 49


def test_every_verb_of_a_role_has_words():
    from romyen.access.roles import roles
    from romyen.access.words import VERBS

    assert {verb for role in roles().values() for verb in role.does} - set(VERBS) == set()


class TestRecordPages:
    def test_who_can_says_why_and_with_which_keys(self, world, file):
        page = sign_in(world.nok.member).get(f"/record/{file.pk}/who-can").text
        for words in ("Arun", "Caseworker", "North", "Identity and contacts", "Record consent"):
            assert words in page
        assert "Dao" not in page

    def test_exclusions_are_shown_only_to_who_may_exclude(self, world, file):
        world.exclude(world.prasit, file, by=world.nok)
        assert "Prasit" in sign_in(world.nok.member).get(f"/record/{file.pk}/who-can").text
        arun = sign_in(world.arun.member).get(f"/record/{file.pk}/who-can").text
        assert "Prasit" not in arun
        assert "xclu" not in arun

    def test_who_has_is_for_those_who_trace_and_is_itself_on_the_log(self, world, file):
        world.exclude(world.prasit, file, by=world.nok)
        assert sign_in(world.arun.member).get(f"/record/{file.pk}/who-has").status_code == 403
        nok = sign_in(world.nok.member)
        nok.get(f"/record/{file.pk}/who-has")
        page = nok.get(f"/record/{file.pk}/who-has").text
        assert "See who has seen it" in page
        assert "Exclude a person" in page
        pim = sign_in(world.pim.member).get(f"/record/{file.pk}/who-has").text
        assert "See who has seen it" in pim
        assert "Exclude a person" not in pim

    def test_a_holder_excludes_through_the_page_once(self, world, file):
        nok = sign_in(world.nok.member)
        form = {"member": world.prasit.id, "reason": "relative", "submission": "same"}
        answers = [nok.post(f"/record/{file.pk}/exclude", form) for _ in range(2)]
        assert [a.status_code for a in answers] == [302, 302]
        assert Exclusion.objects.count() == 1

    def test_a_record_is_shared_through_the_page(self, world, file):
        key, nok = write(world, file), sign_in(world.nok.member)
        form = {"member": world.dao.id, "role": "counsellor", "purpose": "interpreter"}
        assert nok.post(f"/record/{file.pk}/share", {**form, "submission": "s"}).status_code == 302
        assert opens(world.again(world.dao), key)
