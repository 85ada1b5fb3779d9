"""Approving and inviting from the shell: by a member's passphrase, under the same walls."""

import pytest
from click.testing import CliRunner

from romyen.access import approvals as verbs
from romyen.access import commands
from romyen.access.doors import clock
from romyen.access.models import Invitation
from romyen.access.nodes import found_node
from romyen.rules.refusals import Refusal
from world import PASSPHRASE


def run(group, *arguments, passphrase=PASSPHRASE):
    result = CliRunner().invoke(group, [*arguments, "--passphrase-stdin"], input=passphrase + "\n")
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.output


@pytest.fixture
def request_of_nok(world):
    node = found_node("survivor", world.team.node, now=world.now, code="S-TEST")
    return verbs.ask("access.lift", node, purpose="no kin", actor=world.nok, now=clock())


def test_a_second_person_finds_and_approves(world, request_of_nok):
    pim = ("--as", world.pim.member.email)
    assert request_of_nok.pk in run(commands.approvals, "list", *pim)
    assert "approved" in run(commands.approvals, "give", request_of_nok.pk, *pim)
    request_of_nok.refresh_from_db()
    assert request_of_nok.given_by == world.pim.member


@pytest.mark.parametrize(
    ("name", "passphrase", "code"),
    [
        ("pim", "not hers at all", "RY-KEYS-WRONG-PASSPHRASE"),
        ("nok", PASSPHRASE, "RY-ACCESS-SELF"),
        ("dao", PASSPHRASE, "RY-ABSENT"),
    ],
)
def test_nobody_else_approves(world, request_of_nok, name, passphrase, code):
    email = getattr(world, name).member.email
    with pytest.raises(Refusal, match=code):
        run(commands.approvals, "give", request_of_nok.pk, "--as", email, passphrase=passphrase)
    request_of_nok.refresh_from_db()
    assert request_of_nok.given_at is None


def test_an_address_that_nobody_has_answers_as_a_wrong_passphrase(world):
    with pytest.raises(Refusal, match="RY-KEYS-WRONG-PASSPHRASE"):
        run(commands.approvals, "list", "--as", "nobody@example.org")


def test_inviting(world):
    words = ("ying@example.org", "--name", "Ying", "--role", "caseworker", "--team", "North")
    link = run(commands.members, "invite", *words, "--as", world.nok.member.email)
    assert "/join/" in link
    assert Invitation.objects.get(used_at=None).role == "caseworker"


def test_listing(world):
    output = CliRunner().invoke(commands.members, ["list"]).output
    assert "nok@example.org  active  case_manager: North" in output
