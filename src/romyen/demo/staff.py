"""The demo's people join as real people do: invited, registered, admitted by fingerprint."""

from datetime import datetime

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

from romyen.access import Reader, Team, people
from romyen.access.installation import Founded, Person, reader_of
from romyen.access.models import Member
from romyen.demo.cast import (
    ADMINISTRATOR,
    CHIANG_MAI,
    LEADS,
    MAE_SOT,
    ORGANISATION,
    PASSPHRASE,
    PATTAYA,
    STAFF,
    Colleague,
)
from romyen.desk.installing import install
from romyen.keys import chain
from romyen.keys.models import Holder

type Crew = dict[str, Reader]


def found_organisation(*, now: datetime) -> Founded:
    """The installation, with its intake team in Chiang Mai."""
    return install(
        organisation=ORGANISATION,
        team=CHIANG_MAI,
        administrator=_person(ADMINISTRATOR),
        leads=[_person(lead) for lead in LEADS],
        now=now,
        fictional=True,
    )


def _person(one: Colleague) -> Person:
    return Person(one.name, one.email, PASSPHRASE)


def gather(founded: Founded, *, now: datetime) -> tuple[Crew, dict[str, Team]]:
    """Everyone at their desks, with open keys; and the teams by name."""
    admin = reader_of(founded.administrator, PASSPHRASE)
    teams = {CHIANG_MAI: founded.team}
    for name in (MAE_SOT, PATTAYA):
        teams[name] = people.found_team(name, actor=admin, now=now)
    crew = {"lek": admin, "kanya": reader_of(founded.leads[0], PASSPHRASE)}
    _assign_more(LEADS[1], founded.leads[1], teams, admin, now)
    crew["thida"] = reader_of(founded.leads[1], PASSPHRASE)
    people.found_missing(crew["thida"], now=now)
    for colleague in STAFF:
        crew[colleague.key] = _join(colleague, teams, crew, founded, now)
    for member in (founded.administrator, *founded.leads):
        give_code(member)
    return crew, teams


def _join(
    colleague: Colleague, teams: dict[str, Team], crew: Crew, founded: Founded, now: datetime
) -> Reader:
    node = teams[colleague.team].node if colleague.team else founded.organisation.node
    _invitation, token = people.invite(
        email=colleague.email,
        name=colleague.name,
        role=colleague.role,
        node=node,
        actor=crew["lek"],
        now=now,
    )
    member = people.register(token=token, name=colleague.name, passphrase=PASSPHRASE, now=now)
    _assign_more(colleague, member, teams, crew["lek"], now)
    if colleague.team:
        words = chain.fingerprint(Holder.objects.get(pk=str(member.holder_id)))
        people.admit(member, words=words, actor=crew["thida"], now=now)
    else:
        _admit_at_the_top(member, crew, now)
    give_code(member)
    member.refresh_from_db()
    reader = reader_of(member, PASSPHRASE)
    people.found_missing(reader, now=now)
    return reader


def _admit_at_the_top(member: Member, crew: Crew, now: datetime) -> None:
    """The data-protection officer belongs to no team; a lead admits by a guest role in one."""
    guest = people.assign(
        member,
        "data_protection_officer",
        Team.objects.get(intake=True).node,
        purpose="to be admitted",
        actor=crew["lek"],
        now=now,
    )
    words = chain.fingerprint(Holder.objects.get(pk=str(member.holder_id)))
    people.admit(member, words=words, actor=crew["thida"], now=now)
    people.end_assignment(guest, actor=crew["lek"], now=now)


def _assign_more(
    colleague: Colleague, member: Member, teams: dict[str, Team], admin: Reader, now: datetime
) -> None:
    for role, team in colleague.also:
        people.assign(member, role, teams[team].node, purpose="ดูแลทีมนี้ด้วย", actor=admin, now=now)


def give_code(member: Member) -> None:
    """Set up the second factor; ``romyen demo code`` says its numbers."""
    TOTP.activate(member, generate_totp_secret())
