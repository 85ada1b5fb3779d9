"""Are the keys in force those that the log was told of?

The chain says who admitted a key; the log says when, through Romyen. A key that a partner inside
signed past Romyen, a root that was exchanged with every signature under it, a retired key that was
brought back: the chain is content with these, the log is not.
"""

import json
from collections.abc import Iterator

from romyen.audit.models import Detail
from romyen.keys import chain
from romyen.keys.models import Holder

ADMITTING = ("member.admit", "keys.found")
RETIRING = "keys.retire"


def strange(holders: list[Holder]) -> Iterator[tuple[Holder, str]]:
    """The holders in force that the log does not know so, each with what is wrong."""
    told = {(one["holder"], one["statement"]) for one in _details(*ADMITTING) if "statement" in one}
    retired = {one["holder"] for one in _details(RETIRING)}
    for holder in holders:
        logged = chain.logged_statement(holder)
        if (logged["holder"], logged["statement"]) not in told:
            yield holder, "was never admitted through Romyen as it is now"
        elif holder.pk in retired:
            yield holder, "was retired and is back"


def _details(*verbs: str) -> Iterator[dict[str, str]]:
    rows = Detail.objects.filter(entry__verb__in=verbs).values_list("body", flat=True)
    return (json.loads(body) for body in rows.iterator())
