"""The cast of every story.

Nok owns the case, Arun is on her team, Mali counsels there, Dao is a stranger in another team,
Prasit is on Nok's team and excluded where a test says so, Lek administers. All are Readers with
open rings, made without HTTP; ``client`` signs one of them in.
"""

import base64
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.test import Client

from romyen.access import people, rings, walls
from romyen.access.actors import Reader
from romyen.access.installation import Founded, Person, found, reader_of
from romyen.access.models import Exclusion, Member, Node, Organisation, Team
from romyen.keys import box, chain, founding
from romyen.keys.models import Holder
from romyen.keys.rings import Ring

PASSPHRASE = "a quiet garden in the shade"


@cache
def root_key() -> Ed25519PrivateKey:
    """The root of this test process, with the box and the log key beside it."""
    from romyen.audit.checkpoints import found_log_key, log_key_path

    box.found_box()
    found_log_key(log_key_path())
    return founding.found_root()


@dataclass
class World:
    """An organisation with two teams and its people."""

    now: datetime
    founded: Founded
    team: Team
    other_team: Team
    readers: dict[str, Reader] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Reader:
        readers = self.__dict__.get("readers", {})
        if name not in readers:
            raise AttributeError(name)
        return readers[name]

    def afresh(self) -> "World":
        """The same organisation and people, everything loaded anew."""
        members = Member.objects.in_bulk([*self._ids()])
        readers = {
            name: Reader(old.id, member=members[old.id], ring=_copied(old.ring))
            for name, old in self.readers.items()
        }
        team, other = (Team.objects.get(pk=one.pk) for one in (self.team, self.other_team))
        founded = replace(
            self.founded,
            organisation=Organisation.objects.get(pk=self.founded.organisation.pk),
            team=team,
            administrator=members[self.founded.administrator.pk],
            leads=[members[one.pk] for one in self.founded.leads],
        )
        return World(self.now, founded, team, other, readers)

    def _ids(self) -> set[str]:
        founders = [self.founded.administrator, *self.founded.leads]
        return {one.pk for one in founders} | {one.id for one in self.readers.values()}

    def again(self, reader: Reader) -> Reader:
        """The same person at the next request: facts loaded anew."""
        fresh = Reader(reader.id, member=Member.objects.get(pk=reader.id), ring=reader.ring)
        for name, old in self.readers.items():
            if old.id == reader.id:
                self.readers[name] = fresh
        return fresh

    def join(self, name: str, role: str, team: Team, by: Reader) -> Reader:
        """Invite, register, compare fingerprints, admit: a colleague as the doors make one."""
        email = f"{name}@example.org"
        _invitation, token = people.invite(
            email=email, name=name.title(), role=role, node=team.node, actor=by, now=self.now
        )
        member = people.register(
            token=token, name=name.title(), passphrase=PASSPHRASE, now=self.now
        )
        words = chain.fingerprint(member.holder)
        people.admit(member, words=words, actor=self.founder, now=self.now)
        member.refresh_from_db()
        reader = reader_of(member, PASSPHRASE)
        people.found_missing(reader, now=self.now)
        self.readers[name] = reader
        return reader

    def exclude(self, who: Reader, node: Node, by: Reader | None = None) -> Exclusion:
        """Hide a record from somebody."""
        made = walls.exclude(
            who.member, node, reason="relative", actor=by or self.founder, now=self.now
        )
        self.again(who)
        return made

    def client(self, reader: Reader | None = None, language: str = "en") -> Client:
        """A browser, signed in as ``reader`` with open keys."""
        client = Client(headers={"accept-language": language})
        if reader is not None:
            from romyen.access.doors import clock

            now = clock()
            private = reader.ring.private.private_bytes_raw()
            secret = private + reader.ring.signing.private_bytes_raw()
            ends = now + timedelta(hours=8)
            pair = Holder.objects.get(pk=reader.ring.holder_id)
            cookie = rings.store(secret, reader.member, pair, staged=False, ends=ends, now=now)
            client.cookies[rings.cookie_name()] = base64.urlsafe_b64encode(cookie).decode()
        return client


def _copied(ring: Ring) -> Ring:
    """Keys that a story takes off a ring are gone in that story only."""
    return replace(ring, compartments=dict(ring.compartments))


def make_world() -> World:
    """Build the cast in the test's own transaction."""
    now = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)
    founded = found(
        root_key(),
        organisation="Baan Romyen (fictional)",
        team="North",
        administrator=Person("Lek", "lek@example.org", PASSPHRASE),
        leads=[
            Person("Founder", "founder@example.org", PASSPHRASE),
            Person("Somsri", "somsri@example.org", PASSPHRASE),
        ],
        now=now,
        fictional=True,
    )
    world = World(now, founded, founded.team, founded.team)
    world.readers["lek"] = reader_of(founded.administrator, PASSPHRASE)
    world.readers["founder"] = reader_of(founded.leads[0], PASSPHRASE)
    world.readers["somsri"] = reader_of(founded.leads[1], PASSPHRASE)
    for name, role in (
        ("nok", "case_manager"),
        ("arun", "caseworker"),
        ("prasit", "caseworker"),
        ("mali", "counsellor"),
        ("wit", "investigator"),
        ("pim", "data_protection_officer"),
    ):
        at = founded.team
        inviter = (
            world.founder if role not in ("case_manager", "data_protection_officer") else world.lek
        )
        world.join(name, role, at, by=inviter)
    world.other_team = people.found_team("South", actor=world.lek, now=now)
    people.assign(
        world.founder.member,
        "case_manager",
        world.other_team.node,
        purpose="first member",
        actor=world.lek,
        now=now,
    )
    people.found_missing(world.again(world.founder), now=now)
    world.join("dao", "caseworker", world.other_team, by=world.founder)
    return world
