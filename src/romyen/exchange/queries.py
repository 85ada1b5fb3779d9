"""What can be asked of the exchange."""

from django.utils.translation import gettext, override

from romyen.access import Team
from romyen.rules.refusals import refuse


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


def in_thai(message: str) -> str:
    """A message id in Thai."""
    with override("th"):
        return gettext(message)
