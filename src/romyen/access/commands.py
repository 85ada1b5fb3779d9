"""``romyen approvals`` and ``romyen members``: two people and the staff, from the shell.

Whoever has the shell is not thereby a member: what a person decides asks for that person's
passphrase, and is decided by the same verbs as in the pages.
"""

import sys
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from romyen.access.actors import Reader


def bare(text: object) -> str:
    """Somebody's words for a terminal: nothing in them steers it."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in str(text))


as_member = click.option("--as", "email", required=True, help="E-mail address of who decides.")
from_stdin = click.option(
    "--passphrase-stdin", is_flag=True, help="Read the passphrase from the first line of stdin."
)


def signed(email: str, passphrase_stdin: bool) -> "Reader":
    """The member with this address, after their passphrase. Wrong either way answers alike."""
    from romyen import audit
    from romyen.access.doors import clock
    from romyen.access.installation import reader_of
    from romyen.access.models import Member
    from romyen.rules.refusals import Refusal, refuse

    given = (
        sys.stdin.readline().rstrip("\n")
        if passphrase_stdin
        else click.prompt(f"Passphrase of {email}", hide_input=True, err=True)
    )
    member = Member.objects.filter(email__iexact=email, is_active=True).first()
    try:
        if member is None or member.holder is None or member.holder.retired_at:
            raise refuse("RY-KEYS-WRONG-PASSPHRASE")
        reader = reader_of(member, given)
    except Refusal:
        audit.record_alone(actor="stranger", verb="member.sign_in_failed", at=clock())
        raise refuse("RY-KEYS-WRONG-PASSPHRASE") from None
    audit.record_alone(actor=reader.id, verb="member.sign_in", subject=reader.id, at=clock())
    if not reader.facts.active:
        raise refuse("RY-ACCESS-WAITING")
    return reader


@click.group()
def approvals() -> None:
    """What waits for a second person."""


@approvals.command("list")
@as_member
@from_stdin
def list_approvals(email: str, passphrase_stdin: bool) -> None:
    """List the requests that this member could approve.

    Example: romyen approvals list --as pim@example.org
    """
    from romyen.access.approvals import open_approvals
    from romyen.access.doors import clock

    reader = signed(email, passphrase_stdin)
    for approval in open_approvals(reader, now=clock()):
        click.echo(
            f"{approval.pk}  {approval.verb}  {bare(approval.node)}  "
            f"{approval.asked_by.email}  {bare(approval.purpose)}"
        )


@approvals.command()
@click.argument("approval_id")
@as_member
@from_stdin
def give(approval_id: str, email: str, passphrase_stdin: bool) -> None:
    """Be the second person for one request.

    Example: romyen approvals give 3fR9wLq0bT5u8Zk2mN7xYc --as pim@example.org
    """
    from romyen.access import approvals as verbs
    from romyen.access import queries
    from romyen.access.doors import clock

    reader, now = signed(email, passphrase_stdin), clock()
    approval = queries.waiting_approval(reader, approval_id, now=now)
    verbs.give(approval, actor=reader, now=now)
    click.echo(f"approved: {approval.verb} {bare(approval.node)}")


@click.group()
def members() -> None:
    """The staff of this installation."""


@members.command("list")
def list_members() -> None:
    """List the members with their roles on teams.

    Example: romyen members list
    """
    from romyen.access import queries
    from romyen.access.doors import clock
    from romyen.access.models import Member

    now = clock()
    for member in Member.objects.order_by("email"):
        state = "active" if member.is_active and member.admitted_at else "waits"
        state = state if member.is_active else "left"
        held = bare(", ".join(f"{a.role}: {a.node}" for a in queries.roles_of(member, now=now)))
        click.echo(f"{member.email}  {state}  {held}")


@members.command()
@click.argument("address")
@click.option("--name", required=True, help="Name of the new colleague.")
@click.option("--role", required=True, help="Code of the role, such as caseworker.")
@click.option("--team", default="", help="Name of the team; without it, the whole organisation.")
@as_member
@from_stdin
def invite(
    address: str, name: str, role: str, team: str, email: str, passphrase_stdin: bool
) -> None:
    """Invite a colleague and print the link, which is good once and for seven days.

    Example: romyen members invite ying@example.org --name Ying --role caseworker --team North
    --as nok@example.org
    """
    from romyen.access import people, queries
    from romyen.access.doors import clock
    from romyen.access.inviting import send

    reader, now = signed(email, passphrase_stdin), clock()
    node = queries.named_place(team)
    invitation, token = people.invite(
        email=address, name=name, role=role, node=node, actor=reader, now=now
    )
    click.echo(send(invitation, token))
