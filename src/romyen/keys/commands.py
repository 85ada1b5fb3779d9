"""``romyen keys``: what can be said of the keys without opening anything."""

import click


@click.group()
def keys() -> None:
    """Public keys and the box key."""


@keys.command()
def verify() -> None:
    """Check every public key's chain up to the root, and every recovery identity.

    Example: romyen keys verify
    """
    from romyen.keys import chain
    from romyen.keys.box import box
    from romyen.keys.models import Holder, RecoveryKey

    box()
    admitted = Holder.objects.exclude(signature=b"").filter(retired_at=None)
    for holder in admitted.select_related("admitted_by"):
        chain.trusted(holder)
    recoveries = RecoveryKey.objects.filter(retired_at=None)
    for recovery in recoveries:
        chain.trusted_recovery(recovery)
    click.echo(f"holders: {admitted.count()}, recovery identities: {recoveries.count()}, all good")
