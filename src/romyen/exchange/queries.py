"""What can be asked of the exchange."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext, override

from romyen import access
from romyen.access import CLOSED, Actor, Reader, Team
from romyen.exchange.gathering import Gathered, gather
from romyen.exchange.htcds.record import Record
from romyen.exchange.models import Difference, Upload
from romyen.exchange.records.apart import COMPARTMENTS, together
from romyen.rules.refusals import refuse
from romyen.survivors import queries as her
from romyen.survivors.models import Survivor

COMPARING = "htcds comparison"
IDS = ("romyen_code", "romyen_instance_id")


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
    rows = her.survivors(actor, now=now).filter(node__team=team.node)
    rows = rows.filter(voided_at=None, folded_into=None)
    allowed = access.visible_to(actor, "exchange.export", rows, now=now)
    return allowed.order_by("node__code")


def uploads(reader: Reader) -> QuerySet[Upload]:
    """The reader's own files, the newest first; nobody else's, whatever their role."""
    mine = Upload.objects.filter(member=reader.member).select_related("team", "member__holder")
    return mine.defer("sealed", "report", "errors").order_by("-at")


def upload(reader: Reader, ref: str) -> Upload:
    """One of them, or ``RY-ABSENT``."""
    return access.one(uploads(reader), ref)


def in_thai(message: str) -> str:
    """A message id in Thai."""
    with override("th"):
        return gettext(message)


@dataclass(frozen=True)
class Versions:
    """What is recorded of her, and what came."""

    ours: Gathered
    theirs: Record

    @property
    def recorded(self) -> Record:
        """Ours, as a record; ``RY-KEYS-CLOSED`` without the keys."""
        if self.ours.record is None:
            raise refuse("RY-KEYS-CLOSED")
        return self.ours.record


def _differences(actor: Actor, now: datetime) -> QuerySet[Difference]:
    rows = Difference.objects.select_related("survivor__node").order_by("at", "pk")
    return access.visible_to(actor, "survivor.edit", rows, now=now)


def differences(actor: Actor, *, now: datetime) -> QuerySet[Difference]:
    """The known rows with other content that wait for the actor, the oldest first."""
    return _differences(actor, now).filter(decided_at=None)


def difference(actor: Actor, ref: str, *, now: datetime) -> Difference:
    """One of them, or ``RY-ABSENT``; ``RY-HTCDS-DECIDED`` when it waits no longer."""
    found = access.one(_differences(actor, now), ref)
    if found.decided_at is not None:
        raise refuse("RY-HTCDS-DECIDED")
    return found


def versions(reader: Actor, waiting: Difference, *, now: datetime) -> Versions:
    """Both versions, opened: two read entries. ``RY-KEYS-CLOSED`` without the keys.

    What our record calls itself stays: ids and codes are not the file's to change.
    """
    [ours] = gather(reader, [waiting.survivor], purpose=COMPARING, now=now)
    texts = access.reveal(reader, [waiting], COMPARTMENTS, purpose=COMPARING, now=now)[waiting.pk]
    if any(text is CLOSED for text in texts.values()):
        raise refuse("RY-KEYS-CLOSED")
    came = together(text for text in texts.values() if isinstance(text, str))
    recorded = Versions(ours, came).recorded
    ids = {name: recorded.values.get(name, "") for name in IDS}
    return Versions(ours, Record.of({**came.values, **ids}, came.unmapped))
