"""What kinds of happenings belong together on a time line, for whoever looks for one of them."""

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

GROUPS: dict[str, tuple[str, tuple[str, ...]]] = {
    "law": (_("Events and the law"), ("event", "identification")),
    "course": (_("Course of the case"), ("turn", "offer")),
    "notes": (_("Notes"), ("note",)),
    "referrals": (_("Referrals"), ("referral", "disclosure", "review")),
    "consent": (_("Consent"), ("consent", "withdrawal")),
    "stays": (_("Shelter"), ("stay", "exit", "incident")),
    "care": (_("Care"), ("care",)),
    "legal": (
        _("Legal"),
        ("legal", "proceeding", "hearing", "charge", "compensation", "permit", "fund"),
    ),
    "operations": (_("Operations"), ("operation",)),
}
"""Code of a group → its words and the kinds in it, the floors above included. A kind of several
words (``care_session``) goes with its first; one that nobody put here stands under :data:`OTHER`.
"""

LAST_OF_A_DAY = frozenset({"exit"})
"""What comes after everything else of its day, where no hour is known."""
OTHER = "other"
_GROUP_OF = {kind: group for group, (_words, kinds) in GROUPS.items() for kind in kinds}


def group_of(kind: str) -> str:
    """The group of a kind."""
    return _GROUP_OF.get(kind) or _GROUP_OF.get(kind.partition("_")[0], OTHER)


def choices() -> list[tuple[str, str]]:
    """Every group in the reader's language."""
    named = [(code, gettext(words)) for code, (words, _kinds) in GROUPS.items()]
    return [*named, (OTHER, gettext("Other"))]


def read(text: str) -> str:
    """The group that an address names; empty for everything."""
    return text if text in GROUPS or text == OTHER else ""
