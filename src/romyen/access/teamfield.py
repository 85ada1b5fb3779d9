"""The team of a record, kept where its lists look for it."""

from typing import Any

from django.db import models

from romyen.access.models import Node


class TeamOfNode(models.ForeignKey[Node, Node]):
    """The team of the record's node, kept beside it: written once, from the node."""

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """A new row takes the team of its node; nobody has to say it, or can say another."""
        if add:
            setattr(model_instance, self.attname, model_instance.node.team_id)  # type: ignore[attr-defined]
        return getattr(model_instance, self.attname)


def protected_team() -> TeamOfNode:
    """The field that begins the indexes of a record's lists (``access.first_visible``)."""
    return TeamOfNode(
        Node, on_delete=models.PROTECT, related_name="+", db_index=False, editable=False
    )
