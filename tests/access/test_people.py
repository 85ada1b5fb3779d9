"""Joining: invited, registered, compared by voice, admitted; and roles that end."""

from datetime import timedelta

import pytest
from django.urls import reverse

from access.browser import sign_in
from romyen.access import holding, people
from romyen.access.models import Invitation, Member
from romyen.keys import chain, founding
from romyen.keys.models import Admission, Holder
from romyen.notices.models import Mail, Notice
from romyen.rules.refusals import Refusal
from world import PASSPHRASE


def invite(world, role="caseworker", by=None, email="ying@example.org"):
    return people.invite(
        email=email,
        name="Ying",
        role=role,
        node=world.team.node,
        actor=by or world.nok,
        now=world.now,
    )


@pytest.fixture
def ying(world):
    _invitation, token = invite(world)
    return people.register(token=token, name="Ying", passphrase=PASSPHRASE, now=world.now)


def test_a_new_colleague_joins_waits_and_is_admitted_through_the_pages(world, client):
    from romyen.access.doors import clock

    nok = sign_in(world.nok.member)
    sent = {"name": "Ying", "email": "ying@example.org", "role": "caseworker"}
    page = nok.post(reverse("access:invite"), {**sent, "node": world.team.pk})
    token = page.text.split("/join/")[1].split("<")[0]
    assert Mail.objects.count() == 1
    assert "You were invited" in client.get(reverse("access:join", args=[token])).text
    typed = {"name": "Ying", "passphrase": "short"}
    assert "At least 12" in client.post(reverse("access:join", args=[token]), typed).text
    typed["passphrase"] = PASSPHRASE
    assert client.post(reverse("access:join", args=[token]), typed).status_code == 302
    ying = Member.objects.get(email="ying@example.org")
    waits = sign_in(ying)
    assert waits.get("/people").url == reverse("access:waiting")
    words = chain.fingerprint(ying.holder)
    assert words in waits.get(reverse("access:waiting")).text
    assert Notice.objects.filter(recipient=world.nok.id, kind="member.waiting").exists()
    admit = reverse("access:admit", args=[ying.pk])
    wrong = nok.post(admit, {"words": "AAAA BBBB CCCC DDDD EEEE", "submission": "one"})
    assert wrong.status_code == 422
    assert nok.post(admit, {"words": words.lower(), "submission": "two"}).status_code == 302
    assert waits.get("/people").status_code == 200
    ying.refresh_from_db()
    assert holding.missing_compartments(ying, now=clock()) == set()


def test_wrong_words_admit_nobody(world, ying):
    with pytest.raises(Refusal, match="RY-ACCESS-FINGERPRINT"):
        people.admit(ying, words="AAAA BBBB CCCC DDDD EEEE", actor=world.nok, now=world.now)
    ying.refresh_from_db()
    assert ying.admitted_at is None


def test_a_key_swapped_before_admission_does_not_fit_the_words(world, ying):
    words = chain.fingerprint(ying.holder)
    other = founding.make_user_keys("another passphrase", person="x", now=world.now)
    Holder.objects.filter(pk=ying.holder_id).update(
        public=bytes(other.public), verify=bytes(other.verify)
    )
    ying = Member.objects.get(pk=ying.pk)
    with pytest.raises(Refusal, match="RY-ACCESS-FINGERPRINT"):
        people.admit(ying, words=words, actor=world.nok, now=world.now)


def test_a_key_swapped_after_admission_gets_nothing_wrapped(world, ying):
    people.admit(ying, words=chain.fingerprint(ying.holder), actor=world.nok, now=world.now)
    Admission.objects.filter(member=ying.holder_id).delete()
    other = founding.make_user_keys("another passphrase", person="x", now=world.now)
    Holder.objects.filter(pk=ying.holder_id).update(public=bytes(other.public))
    with pytest.raises(Refusal, match="RY-KEYS-BROKEN-CHAIN"):
        people.wrap(Member.objects.get(pk=ying.pk), actor=world.nok, now=world.now)
    assert not Admission.objects.filter(member=ying.holder_id).exists()


@pytest.mark.parametrize("role", ["case_manager", "administrator", "operator"])
def test_nobody_confers_what_their_role_may_not(world, role):
    with pytest.raises(Refusal, match="RY-ACCESS-MAY-NOT-CONFER"):
        invite(world, role)
    with pytest.raises(Refusal, match="RY-ACCESS-MAY-NOT-CONFER"):
        people.assign(
            world.arun.member, role, world.team.node, purpose="x", actor=world.nok, now=world.now
        )


def test_an_invitation_is_good_once(world):
    _invitation, token = invite(world)
    people.register(token=token, name="Ying", passphrase=PASSPHRASE, now=world.now)
    with pytest.raises(Refusal, match="RY-ACCESS-INVITATION-OVER"):
        people.register(token=token, name="Ying", passphrase=PASSPHRASE, now=world.now)


def test_an_invitation_is_good_for_seven_days(world, client):
    invitation, token = invite(world)
    with pytest.raises(Refusal, match="RY-ACCESS-INVITATION-OVER"):
        people.register(token=token, name="Ying", passphrase=PASSPHRASE, now=invitation.ends_at)
    Invitation.objects.update(ends_at=world.now)
    assert client.get(reverse("access:join", args=[token])).status_code == 410
    assert client.get(reverse("access:join", args=["made-up"])).status_code == 410


def test_an_invitation_ends_with_the_right_of_its_sender(world):
    _invitation, token = invite(world)
    people.deactivate(world.nok.member, actor=world.lek, now=world.now)
    with pytest.raises(Refusal, match="RY-ACCESS-INVITATION-OVER"):
        people.register(token=token, name="Ying", passphrase=PASSPHRASE, now=world.now)
    assert not Member.objects.filter(email="ying@example.org").exists()


def test_an_invited_address_that_is_known_says_so_only_to_the_holder_of_the_link(world):
    _invitation, token = invite(world, email=world.arun.member.email)
    with pytest.raises(Refusal, match="RY-ACCESS-MAIL-TAKEN"):
        people.register(token=token, name="Ying", passphrase=PASSPHRASE, now=world.now)
    assert Invitation.objects.filter(used_at=None).count() == 1


def test_keys_end_with_the_role(world):
    role = world.arun.member.assignments.get()
    people.end_assignment(role, actor=world.nok, now=world.now)
    assert not Admission.objects.filter(member=world.arun.member.holder).exists()


def test_keys_of_a_role_for_a_time_are_taken_back_after_its_last_day(world):
    role = world.arun.member.assignments.get()
    role.ends_at = world.now + timedelta(days=1)
    role.save()
    held = Admission.objects.filter(member=world.arun.member.holder)
    holding.withdraw_lapsed(now=world.now)
    assert held.exists()
    holding.withdraw_lapsed(now=role.ends_at)
    assert not held.exists()


def test_the_last_key_of_a_team_is_not_taken_back(world):
    from romyen.access.nodes import found_node
    from romyen.access.sealing import holders_for
    from romyen.keys.sealing import Sealer

    world.join("fah", "counsellor", world.other_team, by=world.founder)
    node = found_node("case", world.other_team.node, now=world.now)
    now = world.now
    holders = {"legal": holders_for(node, "legal", now=now)}
    Sealer("x").data_key(node.pk, "legal", holders, now)
    role = world.founder.member.assignments.get(node=world.other_team.node)
    Admission.objects.filter(member=world.dao.member.holder).delete()
    with pytest.raises(Refusal, match="RY-ACCESS-LAST-HOLDER"):
        people.end_assignment(role, actor=world.lek, now=now)


def test_who_leaves_is_out_and_holds_nothing(world):
    client = sign_in(world.arun.member)
    people.deactivate(world.arun.member, actor=world.lek, now=world.now)
    assert client.get(reverse("access:me")).status_code == 302
    assert not Admission.objects.filter(member=world.arun.member.holder).exists()
    assert not world.again(world.arun).facts.active


def test_one_alone_destroys_no_last_key(world):
    """An administrator closes every account that holds keys: nothing opens, nothing is gone."""
    from romyen.access.nodes import found_node
    from romyen.access.sealing import holders_for
    from romyen.keys.sealing import Sealer

    node = found_node("survivor", world.team.node, now=world.now)
    holders = {"care": holders_for(node, "care", now=world.now)}
    Sealer("x").data_key(node.pk, "care", holders, world.now)
    care = Holder.objects.get(team=world.team.pk, compartment="care")
    for name in ("founder", "somsri", "nok", "mali"):
        people.deactivate(getattr(world, name).member, actor=world.lek, now=world.now)
    assert list(Admission.objects.filter(compartment=care).values_list("member", flat=True)) == [
        world.mali.member.holder_id
    ]
    assert not world.again(world.mali).facts.active


def test_nobody_wraps_for_a_stranger(world, ying):
    with pytest.raises(Refusal, match="RY-ACCESS-NOT-ADMITTED"):
        people.wrap(ying, actor=world.nok, now=world.now)
    with pytest.raises(Refusal, match="RY-ABSENT"):
        people.wrap(world.dao.member, actor=world.nok, now=world.now)
    with pytest.raises(Refusal, match="RY-ABSENT"):
        people.wrap(ying, actor=world.arun, now=world.now)


class TestStaffPages:
    """What administrators do with the staff, through the pages."""

    @pytest.fixture
    def lek(self, world):
        return sign_in(world.lek.member)

    def test_roles_are_given_for_a_time_and_taken_back(self, world, lek):
        place = f"/people/{world.dao.id}"
        form = {"role": "analyst", "node": world.team.pk, "purpose": "yearly report"}
        day = {"ends_day": "31", "ends_month": "12", "ends_year": "2099"}
        sent = lek.post(f"{place}/roles/new", {**form, **day, "submission": "a"})
        assert sent.url == place
        role = world.dao.member.assignments.get(role="analyst")
        assert role.ends_at.isoformat() == "2099-12-31T17:00:00+00:00"  # midnight in Bangkok
        assert "yearly report" in lek.get(place).text
        lek.post(f"{place}/roles/{role.pk}/end", {"submission": "b"})
        assert "yearly report" not in lek.get(place).text

    def test_an_end_before_today_stands_beside_its_field(self, world, lek):
        form = {"role": "analyst", "node": world.team.pk, "purpose": "x", "submission": "a"}
        day = {"ends_day": "1", "ends_month": "1", "ends_year": "2020"}
        page = lek.post(f"/people/{world.dao.id}/roles/new", {**form, **day})
        assert page.status_code == 422
        assert "The end must lie after the beginning." in page.text

    def test_a_team_is_founded_and_a_colleague_leaves(self, world, lek):
        assert lek.post("/people/teams/new", {"name": "East", "submission": "a"}).url == "/people"
        assert "East" in lek.get("/people").text
        lek.post(f"/people/{world.dao.id}/deactivate", {"submission": "b"})
        assert "Dao" not in lek.get("/people").text

    def test_a_team_of_the_same_name_is_refused_in_words(self, world, lek):
        page = lek.post("/people/teams/new", {"name": "North", "submission": "a"})
        assert page.status_code == 422

    def test_a_caseworker_does_none_of_it(self, world):
        arun = sign_in(world.arun.member)
        for path in ("invite", "teams/new", f"{world.prasit.id}/roles/new"):
            assert arun.get(f"/people/{path}").status_code in (403, 404)
        assert arun.post(f"/people/{world.prasit.id}/deactivate").status_code in (403, 404)

    def test_who_only_shares_a_record_sees_no_list(self, world):
        from romyen.access import walls
        from romyen.access.nodes import found_node

        node = found_node("survivor", world.team.node, now=world.now)
        guest = world.join("fah", "educator", world.other_team, by=world.founder)
        people.end_assignment(guest.member.assignments.get(), actor=world.founder, now=world.now)
        walls.share(guest.member, "counsellor", node, purpose="x", actor=world.nok, now=world.now)
        page = sign_in(guest.member).get("/people")
        assert page.status_code == 200
        assert "Arun" not in page.text
