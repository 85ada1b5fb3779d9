"""What the time line of a case says of operations, to those who may know of them."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext

from romyen.access import Actor
from romyen.cases.models import Case
from romyen.cases.queries.timeline import Happening
from romyen.operations import queries
from romyen.operations.models import Encounter


def of_case(reader: Actor, case: Case, *, most: int, now: datetime) -> list[Happening]:
    """That the survivor was met in an operation; nothing for whoever may not read it."""
    met = queries.of_survivor(reader, case.survivor_id, now=now)
    return [_told(one) for one in met[:most]]


def _told(one: Encounter) -> Happening:
    said = {
        "title": gettext("Met in an operation"),
        "text": one.operation.node.code,
        "href": reverse("operations:person", args=[one.operation_id, one.pk]),
    }
    return Happening("operation", one.operation.carried_on or one.at, one.by, one, said)
