"""A lost phone without recovery codes: two colleagues take the code off, and everyone is told."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.test import Client
from django.urls import reverse

from access.browser import at_passphrase, code_now, seed_on, sign_in, with_phone
from romyen.access import approvals, factors
from romyen.access.models import Approval
from romyen.keys.models import Admission
from romyen.notices.actions import open_mail
from romyen.notices.models import Mail, Notice
from romyen.rules.refusals import Refusal


@pytest.fixture
def arun(world):
    member = with_phone(world.arun.member)
    RecoveryCodes.activate(member)
    return member


def ask(world, member, by):
    return factors.ask_factor_reset(member, purpose="phone stolen", actor=by, now=world.now)


def take_off(world, member, approval, by):
    factors.reset_factor(member, approval=approval.pk, actor=by, now=world.now)


def test_two_take_it_off_and_the_new_phone_is_set_up(world, arun):
    thief = sign_in(arun)
    lek, nok = sign_in(world.lek.member), sign_in(world.nok.member)
    page = reverse("access:reset_factor", args=[arun.pk])
    assert lek.post(page, {"purpose": "phone stolen", "submission": "a"}).url == page
    approval = Approval.objects.get()
    assert "It waits" in lek.get(page).text
    assert "Arun" in nok.get(reverse("access:approvals")).text
    nok.post(reverse("access:give_approval", args=[approval.pk]), {"submission": "b"})
    assert "take the code off now" in lek.get(page).text
    lek.post(page, {"approval": approval.pk, "submission": "c"})
    assert not Authenticator.objects.filter(user=arun).exists()
    assert thief.get(reverse("access:me")).status_code == 302
    told = Notice.objects.filter(kind="member.factor_reset").values_list("recipient", flat=True)
    assert set(told) == {arun.pk, world.nok.id}
    assert open_mail(Mail.objects.get())["to"] == arun.email
    held = Admission.objects.filter(member=arun.holder).count()
    assert held == 5
    desk = Client(headers={"accept-language": "en"})
    at_passphrase(desk, arun)
    new = desk.get(reverse("mfa_activate_totp"))
    desk.post(reverse("mfa_activate_totp"), {"code": code_now(seed_on(new))})
    assert desk.get("/people").status_code == 200


def test_one_alone_does_not(world, arun):
    approval = ask(world, arun, world.lek)
    with pytest.raises(Refusal, match="RY-ACCESS-APPROVAL-NEEDED"):
        take_off(world, arun, approval, world.lek)
    with pytest.raises(Refusal, match="RY-ACCESS-DENIED"):  # an administrator is no second person
        approvals.give(approval, actor=world.lek, now=world.now)
    assert Authenticator.objects.filter(user=arun).exists()


def test_nobody_asks_or_agrees_about_their_own_phone(world):
    with pytest.raises(Refusal, match="RY-ACCESS-SELF"):
        ask(world, world.nok.member, world.nok)
    approval = ask(world, world.nok.member, world.lek)
    with pytest.raises(Refusal, match="RY-ACCESS-SELF"):
        approvals.give(approval, actor=world.nok, now=world.now)


@pytest.mark.parametrize("who", ["arun", "mali", "pim", "dao"])
def test_colleagues_without_the_verb_do_not_ask(world, who):
    with pytest.raises(Refusal):
        ask(world, world.prasit.member, getattr(world, who))
    page = reverse("access:reset_factor", args=[world.prasit.id])
    assert sign_in(getattr(world, who).member).get(page).status_code in (403, 404)


def test_an_approval_is_for_one_phone(world, arun):
    approval = ask(world, arun, world.lek)
    approvals.give(approval, actor=world.nok, now=world.now)
    with pytest.raises(Refusal, match="RY-ABSENT"):
        take_off(world, world.mali.member, approval, world.lek)
    take_off(world, arun, approval, world.lek)
    with pytest.raises(Refusal, match="RY-ACCESS-APPROVAL-OVER"):
        take_off(world, arun, approval, world.lek)


def test_the_only_administrators_phone_is_a_matter_of_the_two_leads(world):
    lek = with_phone(world.lek.member)
    approval = ask(world, lek, world.founder)
    approvals.give(approval, actor=world.somsri, now=world.now)
    take_off(world, lek, approval, world.founder)
    assert not Authenticator.objects.filter(user=lek).exists()


def test_an_approval_does_not_outlive_the_right_of_who_gave_it(world, arun):
    from romyen.access import people

    approval = ask(world, arun, world.lek)
    approvals.give(approval, actor=world.nok, now=world.now)
    people.deactivate(world.nok.member, actor=world.lek, now=world.now)
    with pytest.raises(Refusal, match="RY-ACCESS-APPROVAL-OVER"):
        take_off(world, arun, approval, world.lek)
