"""Who works in a measured world: five teams, a lead of all of them, four caseworkers in each."""

from dataclasses import dataclass
from datetime import timedelta

PASSPHRASE = "a quiet garden in the shade"
TEAMS = ("North", "West", "East", "South", "Islands")
WORKERS = 4
READERS = {"worker": "north-1@example.org", "lead": "thida@example.org"}
"""A caseworker of one team with a caseload, and a lead who sees all teams."""
SEED = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
"""Of everyone's second factor: it protects nothing real."""


@dataclass
class Staff:
    """The teams, the leads, and the caseworkers of each team; all of them with open keys."""

    teams: list
    lead: object
    workers: dict


def gather(now):
    """Found the organisation and let everyone join as people do."""
    from romyen.access import people
    from romyen.access.installation import Person, reader_of
    from romyen.desk.installing import install

    founded = install(
        organisation="Baan Romyen (fictional)",
        team=TEAMS[0],
        administrator=Person("Lek", "lek@example.org", PASSPHRASE),
        leads=[
            Person("Thida", READERS["lead"], PASSPHRASE),
            Person("Kanya", "kanya@example.org", PASSPHRASE),
        ],
        now=now,
        fictional=True,
    )
    admin = reader_of(founded.administrator, PASSPHRASE)
    teams = [founded.team, *(people.found_team(name, actor=admin, now=now) for name in TEAMS[1:])]
    for team in teams[1:]:
        people.assign(founded.leads[0], "case_manager", team.node, purpose="", actor=admin, now=now)
    lead = reader_of(founded.leads[0], PASSPHRASE)
    people.found_missing(lead, now=now)
    lead = reader_of(founded.leads[0], PASSPHRASE)
    workers = {
        team.pk: [_join(f"{team.name}-{n + 1}", team, lead, now) for n in range(WORKERS)]
        for team in teams
    }
    for member in (founded.leads[0], workers[teams[0].pk][0].member):
        _with_phone(member)
    return Staff(teams, lead, workers)


def _join(name, team, lead, now):
    from romyen.access import people
    from romyen.access.installation import reader_of
    from romyen.keys import chain

    _invitation, token = people.invite(
        email=f"{name.lower()}@example.org",
        name=name,
        role="caseworker",
        node=team.node,
        actor=lead,
        now=now,
    )
    member = people.register(token=token, name=name, passphrase=PASSPHRASE, now=now)
    words = chain.fingerprint(member.holder)
    people.admit(member, words=words, actor=lead, now=now + timedelta(hours=1))
    member.refresh_from_db()
    return reader_of(member, PASSPHRASE)


def _with_phone(member):
    from allauth.mfa.totp.internal.auth import TOTP

    TOTP.activate(member, SEED)
