"""A survivor's record goes to another team."""

from datetime import datetime

from django.db import transaction

from romyen.access import Actor, Node
from romyen.access.moving import move
from romyen.survivors.models import Survivor


def move_to(survivor: Survivor, team: Node, *, actor: Actor, now: datetime) -> None:
    """Put her record under another team, with everything below it (``access.moving.move``).

    The floor above asks who may, and moves what it keeps of her.
    """
    with transaction.atomic():
        move(survivor.node, team, actor=actor, now=now)
        Survivor.objects.filter(pk=survivor.pk).update(team=team)
