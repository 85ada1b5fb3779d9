"""The chapter of files that go to another team: one on its way, one still to be offered."""

from typing import Any

from tests.gates.sweep.needs import BUTTON, CASE, Needs, on, record

from romyen.access.models import Node
from romyen.cases import actions as cases
from romyen.survivors import actions as survivors

GOING = {"ref": "going_case"}
STEP = on(GOING, offer_ref="transfer")

ROUTES: dict[str, Needs] = {
    "cases:transfer": record("case.hand_over", on=CASE),
    "cases:pass-on": record("case.work", on=STEP, **BUTTON),
    "cases:hand-on": record("case.hand_over", on=STEP, typed={"leave": "on"}, **BUTTON),
}


def tell(story: Any) -> None:
    """A file is offered to a colleague of the other team, who says yes."""
    world = story.world
    other = world.other_team if story.team.pk == world.team.pk else world.team
    her = story.do(survivors.register, story.particulars("going"), team=story.team.node)
    story.hide(her.node)
    case = story.a_case("going_case", her)
    team, to = Node.objects.get(pk=other.pk), story.second.member
    transfer = story.do(
        cases.offer_transfer, case, team=team, to=to, reason="workload", wish="agrees"
    )
    story.do(cases.accept, [transfer], told_by=story.second)
    story.things["transfer"] = transfer
