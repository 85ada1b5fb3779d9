"""What the desk calls things."""

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

KINDS = {
    "deadline": _("Deadline"),
    "task": _("Task"),
    "hearing": _("Hearing"),
    "appointment": _("Appointment"),
    "permit": _("Permit ends"),
    "follow_up": _("Follow-up"),
    "licence": _("Licence ends"),
    "session": _("Prevention session"),
    "review": _("Review"),
    "goal_review": _("Review of a goal"),
}
"""Kinds of what becomes due, from whatever floor."""

COLOURS = {"deadline": "red", "task": "blue", "hearing": "purple", "appointment": "teal"}


def kind(code: str) -> str:
    """The word for a kind; one that is not known here is something due."""
    return gettext(KINDS.get(code, _("Due")))


def colour(code: str) -> str:
    """The colour that helps the word."""
    return COLOURS.get(code, "grey")
