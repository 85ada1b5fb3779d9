"""Who is on record in the stories of linkage; all of them invented."""

from romyen.cases import actions as cases
from romyen.leads import actions as leads
from romyen.rules.births import Birth
from romyen.rules.days import PartialDay
from romyen.survivors import actions
from romyen.survivors.particulars import Particulars

BORN = Birth.known(PartialDay(2010, 5, 17), "stated")


def somebody(world, name="", *, nickname="", born=None, team=None, by=None, **more):
    """A survivor with a name, in Nok's team unless said otherwise."""
    by = by or world.nok
    particulars = Particulars(full_name=name, birth=born, gender="Feminine", **more)
    her = actions.register(particulars, team=(team or world.team).node, actor=by, now=world.now)
    if nickname:
        actions.add_name(her, kind="nickname", text=nickname, actor=by, now=world.now)
    return her


def a_case(world, her, **people):
    """Her case, with the people of her story by role."""
    case = cases.open_case(her, manager=world.nok.member, actor=world.nok, now=world.now)
    for role, name in people.items():
        cases.add_person(case, role=role, name=name, actor=world.nok, now=world.now)
    return case


def told(world, reporter="", account="A neighbour heard shouting.", by=None, **more):
    """A lead of Nok's team."""
    return leads.take_down(
        team=world.team, account=account, source="public", imminence="ongoing",
        reporter=reporter, actor=by or world.nok, now=world.now, **more,
    )  # fmt: skip


def typed(client, words):
    """What the search page answers to these words."""
    return client.post("/search/", {"words": words})
