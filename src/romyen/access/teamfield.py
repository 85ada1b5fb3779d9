"""The team of a record, kept where its lists look for it."""

from typing import Any

from django.db import models

from romyen.access.models import Node


class TeamOfNode(models.ForeignKey[Node, Node]):
    """The team of the record's node, kept beside it: written once, from the node.

    A part of a record names in ``of`` the field that leads to its record, and takes its team.
    """

    def __init__(self, *args: Any, of: str = "", **options: Any) -> None:
        super().__init__(*args, **options)
        self.of = of

    def deconstruct(self) -> Any:
        """What a migration writes down of this field."""
        name, path, args, options = super().deconstruct()
        return name, path, args, {**options, **({"of": self.of} if self.of else {})}

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """A new row takes the team of its node; nobody has to say it, or can say another."""
        if add:
            setattr(model_instance, self.attname, self._team_of(model_instance))
        return getattr(model_instance, self.attname)

    def _team_of(self, row: Any) -> Any:
        return getattr(row, self.of).team_id if self.of else row.node.team_id


def protected_team(of: str = "") -> TeamOfNode:
    """The field that begins the indexes of a record's lists (``access.first_visible``).

    ``of`` names the way to the record for a part that has lists of its own.
    """
    return TeamOfNode(
        Node, on_delete=models.PROTECT, related_name="+", db_index=False, editable=False, of=of
    )
