"""``romyen keys``: what can be said of the keys without opening anything."""

import click


@click.group()
def keys() -> None:
    """Public keys and the box key."""


@keys.command()
def verify() -> None:
    """Check every public key's chain up to the root, and that the log was told of it.

    Exit code 1 when something was found.

    Example: romyen keys verify
    """
    from romyen.keys import chain, logged
    from romyen.keys.box import box
    from romyen.keys.models import Holder, RecoveryKey

    box()
    signed = Holder.objects.exclude(signature=b"").filter(retired_at=None)
    admitted = list(signed.select_related("admitted_by"))
    for holder in admitted:
        chain.trusted(holder)
    recoveries = RecoveryKey.objects.filter(retired_at=None)
    for recovery in recoveries:
        chain.trusted_recovery(recovery)
    strange = list(logged.strange(admitted))
    for holder, words in strange:
        click.echo(f"FOUND {holder.pk} ({holder.compartment or holder.kind}): {words}", err=True)
    if strange:
        raise SystemExit(1)
    click.echo(f"holders: {len(admitted)}, recovery identities: {recoveries.count()}, all good")
