"""What happens in the stories of the legal file: mild, fictional."""

from datetime import date

from tests.cases.story import a_case, a_partner, as_stored, refused

from romyen.legal import actions
from romyen.legal.models import Proceeding

__all__ = ["a_case", "a_partner", "as_stored", "refused"]

LAWYER = "Lawyer Somying of the Hill"
ROOM = "Room 7 of the blue building"
NUMBER = "Black 12/2569"
TODAY = date(2026, 3, 2)
BEGAN = date(2026, 1, 10)


def begun(world, case=None, by=None, **facts):
    """A criminal proceeding of a case, with Nok's words in it."""
    given = {
        "kind": "trafficking",
        "stage": "inquiry",
        "stage_on": BEGAN,
        "black_no": NUMBER,
        "accused": "Uncle Black",
        "accused_count": 1,
        "party": {"role": "injured", "lawyer": LAWYER},
        **facts,
    }
    return actions.begin(case or a_case(world), **given, actor=by or world.nok, now=world.now)


def charged(world, proceeding, by=None, **facts):
    given = {"offence": "act_6", "charged_on": date(2026, 1, 20), **facts}
    return actions.charge(proceeding, **given, actor=by or world.nok, now=world.now)


def at_court(world, proceeding, kind="hearing", on=date(2026, 4, 1), by=None, **facts):
    given = {"room": ROOM, **facts}
    return actions.plan_hearing(
        proceeding, kind=kind, on=on, **given, actor=by or world.nok, now=world.now
    )


def owed(world, party, by=None, **facts):
    given = {"head": "damages", "payer": "defendant", "enforcement": "none", "claimed": 100_000}
    return actions.compensate(party, **{**given, **facts}, actor=by or world.nok, now=world.now)


def permitted(world, case, by=None, **facts):
    given = {
        "kind": "stay",
        "state": "granted",
        "granted_on": date(2026, 1, 5),
        "expires_on": date(2026, 12, 31),
        "number": "TS 1234",
        **facts,
    }
    return actions.record_permit(case, **given, actor=by or world.nok, now=world.now)


def applied(world, case, by=None, **facts):
    given = {"applicant": "victim", "applied_on": TODAY, "asked": {"training": 60_000}, **facts}
    return actions.apply_to_fund(case, **given, actor=by or world.nok, now=world.now)


def party_of(proceeding):
    return proceeding.parties.select_related("case__node", "proceeding__node").get()


def fresh(proceeding):
    return Proceeding.objects.select_related("node").get(pk=proceeding.pk)
