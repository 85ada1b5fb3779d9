"""``romyen demo``: load, serve, and the code of a demo account."""

import click


@click.group()
def demo() -> None:
    """The fictional organisation."""


@demo.command()
def load() -> None:
    """Build the demo in the data folder, without serving it.

    Example: romyen demo load
    """
    from django.utils import timezone

    from romyen.demo.load import is_loaded
    from romyen.demo.load import load as load_demo

    if is_loaded():
        click.echo("The demo is there already.")
        return
    load_demo(now=timezone.now(), say=click.echo)


@demo.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, help="Port to listen on.")
@click.pass_context
def serve(context: click.Context, host: str, port: int) -> None:
    """Build the demo if it is not there, say its accounts, and serve it.

    Example: romyen demo serve
    """
    from romyen.desk.commands import require_tls, serve_pages
    from romyen.desk.installing import prepare_database

    context.invoke(load)
    prepare_database()
    require_tls(host)
    serve_pages(host, port, banner())


def banner() -> list[str]:
    """The demo's accounts, for the terminal."""
    from django.conf import settings

    from romyen.access.roles import role_name
    from romyen.demo.cast import EVERYONE, PASSPHRASE

    rows = [f"  {one.email:<26} {role_name(one.role, 'en')}" for one in EVERYONE]
    return [
        "",
        "The demo: everything in it is fictional.",
        *rows,
        f"  passphrase of every account: {PASSPHRASE}",
        "  code from the phone:         romyen demo code nok@romyen.example",
        f"  data: {settings.ROMYEN_DATA_DIR}   keys: {settings.ROMYEN_KEYS_DIR}",
        "",
    ]


@demo.command()
@click.argument("email")
def code(email: str) -> None:
    """Print the present code of a demo account's second factor.

    Example: romyen demo code nok@romyen.example
    """
    from allauth.mfa.models import Authenticator
    from allauth.mfa.totp.internal import auth
    from allauth.mfa.utils import decrypt
    from django.conf import settings
    from django.utils import timezone

    from romyen.access.models import Member
    from romyen.rules.refusals import refuse

    if not settings.ROMYEN_DEMO:
        raise refuse("RY-DEMO-ONLY")
    member = Member.objects.filter(email=email).first()
    factor = Authenticator.objects.filter(user=member, type=Authenticator.Type.TOTP).first()
    if member is None or factor is None:
        raise refuse("RY-DEMO-NO-ACCOUNT")
    secret = decrypt(factor.data["secret"])
    counter = int(timezone.now().timestamp()) // 30
    click.echo(auth.format_hotp_value(auth.hotp_value(secret, counter)))
