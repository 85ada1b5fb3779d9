"""``romyen mail``: the queue of mails."""

import click
from django.utils import timezone


@click.group()
def mail() -> None:
    """The sealed queue of mails."""


@mail.command()
def send() -> None:
    """Send the mails that wait.

    Example: romyen mail send
    """
    from romyen.notices.mail import send_waiting

    click.echo(f"sent: {send_waiting(now=timezone.now())}")
