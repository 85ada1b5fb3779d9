"""What can be asked of the exchange."""

from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext, override

from romyen import access
from romyen.access import Actor, Team
from romyen.rules.refusals import refuse
from romyen.survivors import queries as her
from romyen.survivors.models import Survivor


def team_named(name: str | None) -> Team:
    """The team with this name, the intake team without one; else ``RY-HTCDS-NO-TEAM``."""
    teams = Team.objects.select_related("node")
    found = teams.filter(intake=True).first()
    if name is not None:
        wanted = " ".join(name.split())
        found = teams.filter(name__iexact=wanted).first()
    if found is None:
        raise refuse("RY-HTCDS-NO-TEAM", field="team")
    return found


def teams_for(actor: Actor, verb: str, *, now: datetime) -> list[Team]:
    """The teams into which the actor may import, or whose cases they may take out, by name."""
    teams = Team.objects.select_related("node").order_by("name")
    return list(access.visible_to(actor, verb, teams, now=now))


def team_to_export(actor: Actor, name: str | None, *, now: datetime) -> Team:
    """The team whose cases are meant; without a name the only one there is.

    Refuses with ``RY-ACCESS-DENIED``, ``RY-HTCDS-NO-TEAM`` or ``RY-HTCDS-WHICH-TEAM``.
    """
    teams = teams_for(actor, "exchange.export", now=now)
    if not teams:
        raise refuse("RY-ACCESS-DENIED")
    if name is None and len(teams) > 1:
        raise refuse("RY-HTCDS-WHICH-TEAM", field="team")
    wanted = " ".join((name or teams[0].name).split()).casefold()
    found = [team for team in teams if team.name.casefold() == wanted]
    if not found:
        raise refuse("RY-HTCDS-NO-TEAM", field="team")
    return found[0]


def exportable(actor: Actor, team: Team, *, now: datetime) -> QuerySet[Survivor]:
    """The survivors of a team whom the actor may take out, those entered in error left away."""
    rows = her.survivors(actor, now=now).filter(node__team=team.node, voided_at=None)
    allowed = access.visible_to(actor, "exchange.export", rows, now=now)
    return allowed.order_by("node__code")


def in_thai(message: str) -> str:
    """A message id in Thai."""
    with override("th"):
        return gettext(message)
