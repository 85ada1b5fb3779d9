"""The chapter of linkage: search by name, and records of one person brought together."""

from typing import Any

from tests.gates.sweep.needs import HER, READING, Needs, anywhere, record

from romyen.linkage import actions, comparing
from romyen.survivors import actions as survivors
from romyen.survivors.models import Survivor

TWINS = {"ref": "twin", "other": "twin_other"}

ROUTES: dict[str, Needs] = {
    "linkage:search": anywhere("search.names", typed={"words": "somebody"}, **READING),
    "linkage:of-survivor": record("survivor.read", on=HER, **READING),
    "linkage:begin": record(
        "survivor.merge", on={"ref": "twin"}, typed={"code": "@twin_code"}, **READING
    ),
    "linkage:merge": record("survivor.merge", on=TWINS, typed={"reason": "papers"}),
    "linkage:undo": record("survivor.merge", on={"ref": "merge"}),
}


def tell(story: Any) -> None:
    """Two who may be one, and two who were brought together."""
    for kind in ("twin", "twin_other", "one", "other"):
        her = story.keep(kind, survivors.register, story.particulars(kind), team=story.team.node)
        story.hide(her.node)
    story.things["twin_code"] = story.things["twin_other"].node.code
    kept, gone = (_fresh(story.things[kind]) for kind in ("one", "other"))
    pair = comparing.opened(story.lead_by, kept, gone, now=story.world.now)
    chosen = pair.chosen({})
    story.keep(
        "merge", actions.merge, kept, gone, chosen, names=pair.other_names(chosen),
        reason="papers", words=story.say("why they are one"),
        expected=(kept.version, gone.version),
    )  # fmt: skip


def _fresh(her: Survivor) -> Survivor:
    return Survivor.objects.select_related("node").get(pk=her.pk)
