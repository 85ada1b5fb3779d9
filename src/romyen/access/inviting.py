"""The letter that invites a colleague."""

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext

from romyen.access.models import Invitation


def send(invitation: Invitation, token: str) -> str:
    """Queue the letter, sealed, and return the link for the inviter, who may hand it over."""
    link = settings.ROMYEN_ORIGIN + reverse("access:join", args=[token])
    text = render_to_string("access/invitation.txt", {"invitation": invitation, "link": link})
    send_mail(gettext("An invitation to Romyen"), text, None, [invitation.email])
    return link
