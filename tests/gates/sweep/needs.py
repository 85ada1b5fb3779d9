"""How a line of the table of expectations is written: what a route asks for, and on what."""

from dataclasses import dataclass, field

PUBLIC = "public"
OWN = "own"
WAY_IN = "way in"
ANYWHERE = "anywhere"
RECORD = "record"


@dataclass(frozen=True)
class Needs:
    """The question of one route.

    ``get`` and ``post``: the verbs; of verbs joined by ``|`` one is enough, of those
    joined by ``&`` (where no record decides) all are needed. ``on``: parameter →
    thing. ``typed``: what is typed into the form (``@kind``: the id of a thing). ``writes``: a
    right POST changes rows beyond the log; then somebody's has to. ``gets`` and ``posts``: the
    answers to a right GET and POST. ``sees``: the verb by which one learns that there is such a
    thing, where it is not the one that reads the record. ``filters``: the parameters only narrow
    a list. ``teller``: whose form it is, where the first who may is not the one.
    """

    kind: str
    get: str = ""
    post: str = ""
    on: dict[str, str] = field(default_factory=dict)
    typed: dict[str, str] = field(default_factory=dict)
    writes: bool = True
    gets: tuple[int, ...] = (200,)
    posts: tuple[int, ...] = (200, 302, 422)
    query: str = ""
    sees: str = ""
    filters: bool = False
    teller: str = ""

    def verb(self, method: str) -> str:
        """What this method needs."""
        return (self.post or self.get) if method == "POST" else self.get


def anywhere(get: str, post: str = "", **more: object) -> Needs:
    """Open to whoever does the verb on any node; no record decides."""
    return Needs(ANYWHERE, get, post, **more)


def record(get: str, post: str = "", **more: object) -> Needs:
    """Decided on the record that the address names; hidden from whoever may not read it."""
    return Needs(RECORD, get, post, **more)


def own(**more: object) -> Needs:
    """A member's own page or thing: everyone admitted has theirs, nobody sees another's."""
    return Needs(OWN, **more)


def public(**more: object) -> Needs:
    """Serves strangers."""
    return Needs(PUBLIC, writes=False, **more)


def way_in(**more: object) -> Needs:
    """Part of signing in (django-allauth decides by its own stages): answers, but shows nothing."""
    return Needs(WAY_IN, writes=False, gets=(200, 302, 403, 404), **more)


WAITING = {
    "access:waiting",
    "access:me",
    "access:sign_out_everywhere",
    "account_change_password",
    "account_reauthenticate",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_index",
    "mfa_deactivate_totp",
}
"""What a member sees before a holder has admitted them."""

ENDLESS = {"ends_day": "", "ends_month": "", "ends_year": ""}


def day(name: str, text: str) -> dict[str, str]:
    """A day (ISO) as it is typed into three inputs."""
    return dict(zip((f"{name}_year", f"{name}_month", f"{name}_day"), text.split("-"), strict=True))


STAFF = "team.read|member.read"
LEAD = {"ref": "lead"}
HER = {"ref": "survivor"}
CASE = {"ref": "case"}
BUTTON = {"gets": (405,)}
"""A button on another page: its address takes no GET."""
READING = {"writes": False}
NOT_TWICE = {"posts": (200, 302, 403, 404, 422)}
"""Open by the table, but never to the one who asked (or only to that one): two people."""


def on(record: dict[str, str], **parts: str) -> dict[str, str]:
    """A part of a record."""
    return {**record, **parts}
