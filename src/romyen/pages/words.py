"""What a refusal says, in the reader's language."""

from django.utils.translation import gettext

from romyen.rules.refusals import Refusal


def say(refusal: Refusal) -> str:
    """The translated message of a refusal with its details put in."""
    return gettext(refusal.message) % refusal.details
