"""Everyone who tries every door: each role, and those who should find it shut."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.test import Client

from romyen.access import Reader, people
from romyen.access.installation import reader_of
from romyen.access.models import Assignment
from romyen.access.roles import conferrable, roles
from romyen.keys.compartments import COMPARTMENTS
from romyen.rules.policy import Role
from world import PASSPHRASE, World, make_world

ALMOST = "almost"
"""Holds every key and does every verb but one: shows whether the one is asked for."""
STRANGER = "anonymous"
ANYBODY = (STRANGER, "waiting", "left", "nok")
"""Who tries the way in, which asks for nobody's role."""
LOOKERS = {"left", "waiting", "suda"}
"""These only look: the first two are turned away before any view; Suda may in part."""
TELLERS = ("nok", "founder", "somsri", "lek", "pim", "arun", "mali")
"""Whose own form is filled in and sent: the first to whom the route is open."""
ONLY_TELL = {"founder", "somsri"}
"""They lead both teams, so that what is closed to them says nothing new."""
FEW = (STRANGER, "nok", "mali", "dao", "prasit")
"""Who tries on the second database: the walls are the same, the statements are not."""


def give_almost(*missing: str) -> None:
    """Let the role of Almost do everything except ``missing``."""
    verbs = frozenset(
        verb for code, role in roles().items() if code != ALMOST for verb in role.does
    )
    everything = tuple(COMPARTMENTS)
    roles()[ALMOST] = Role(ALMOST, verbs - set(missing), frozenset(), everything, "Almost", "เกือบ")


@contextmanager
def full_world() -> Iterator[World]:
    """The usual cast, and whoever else may stand before a door."""
    world = make_world()
    give_almost()
    try:
        _second_person(world)
        _other_roles(world)
        for name in (ALMOST, "ended", "left", "guest", "suda"):
            world.join(name, "caseworker", world.team, by=world.founder)
        _almost(world)
        for name in ("ended", "guest"):  # the guest works nowhere; records are lent to them
            _end(world, name)
        _waiting(world)
        people.deactivate(world.left.member, actor=world.lek, now=world.now)
        yield world
    finally:
        del roles()[ALMOST]


def _second_person(world: World) -> None:
    """Somsri leads both teams, as Founder does: what takes two people takes these."""
    who, at = world.somsri.member, world.other_team.node
    people.assign(who, "case_manager", at, purpose="second", actor=world.lek, now=world.now)
    people.wrap_missing(who, actor=world.founder, now=world.now)
    world.readers["somsri"] = reader_of(who, PASSPHRASE)


def _other_roles(world: World) -> None:
    """One member of each role that the team has not; of two roles with one table one is enough."""
    here = {a.role for a in Assignment.objects.filter(node=world.team.node)}
    met = {_table(role) for role in here}
    for code in conferrable():
        if _table(code) not in met and code not in ("administrator", ALMOST):
            met.add(_table(code))
            leads_give = code in roles()["case_manager"].may_confer
            by = world.founder if leads_give else world.lek
            world.join(code.replace("_", "-"), code, world.team, by=by)


def _table(code: str) -> tuple[frozenset[str], frozenset[str]]:
    return roles()[code].does, frozenset(roles()[code].compartments)


def _almost(world: World) -> None:
    member = world.almost.member
    people.assign(
        member, "case_manager", world.team.node, purpose="", actor=world.lek, now=world.now
    )
    people.wrap_missing(member, actor=world.founder, now=world.now)
    member.assignments.update(role=ALMOST)
    world.readers[ALMOST] = reader_of(member, PASSPHRASE)


def _end(world: World, name: str) -> None:
    for assignment in world.readers[name].member.assignments.all():
        people.end_assignment(assignment, actor=world.founder, now=world.now)
    world.again(world.readers[name])


def _waiting(world: World) -> None:
    how = {"email": "waiting@example.org", "name": "Waiting", "role": "caseworker"}
    _invitation, token = people.invite(
        node=world.team.node, actor=world.founder, now=world.now, **how
    )
    member = people.register(token=token, name="Waiting", passphrase=PASSPHRASE, now=world.now)
    world.readers["waiting"] = reader_of(member, PASSPHRASE)


@dataclass
class Player:
    """Somebody at a browser, keys in the cookie."""

    name: str
    client: Client
    cookies: dict[str, str]
    reader: Reader | None = None

    @property
    def signed_in(self) -> bool:
        """Whether the browser's keys are worth anything."""
        return self.reader is not None and self.reader.member.is_active

    @property
    def admitted(self) -> bool:
        """Whether a holder has admitted them, so that pages open at all."""
        return self.signed_in and self.reader is not None and self.reader.facts.active


def players(world: World) -> dict[str, Player]:
    """Everyone, each with a browser of their own."""
    found = {STRANGER: Player(STRANGER, world.client(), {})}
    for name, reader in world.readers.items():
        reader.member.refresh_from_db()
        client = world.client(reader)
        ring = {key: one.value for key, one in client.cookies.items()}
        if reader.member.is_active:
            client.force_login(reader.member)
        cookies = ring | {key: one.value for key, one in client.cookies.items()}
        found[name] = Player(name, client, cookies, world.again(reader))
    for player in found.values():
        player.client.raise_request_exception = False
    return found
