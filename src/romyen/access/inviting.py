"""The letters of access: an invitation, and the link after a forgotten passphrase."""

from allauth.account.adapter import get_adapter
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext

from romyen.access.models import Invitation, Member
from romyen.access.passphrases import LinkTokens


def send(invitation: Invitation, token: str) -> str:
    """Queue the letter, sealed, and return the link for the inviter, who may hand it over."""
    link = settings.ROMYEN_ORIGIN + reverse("access:join", args=[token])
    text = render_to_string("access/invitation.txt", {"invitation": invitation, "link": link})
    send_mail(gettext("An invitation to Romyen"), text, None, [invitation.email])
    return link


def send_link(member: Member) -> None:
    """Queue a letter with the link that sets a new passphrase, to the address on record."""
    key = f"{user_pk_to_url_str(member)}-{LinkTokens().make_token(member)}"
    link = get_adapter().get_reset_password_from_key_url(key)
    text = render_to_string("access/forgotten.txt", {"link": link})
    send_mail(gettext("A new passphrase for your sign-in"), text, None, [member.email])


def tell_factor_reset(member: Member) -> None:
    """Queue a letter that says that the second factor was taken off, and what to do."""
    text = render_to_string("access/factor_reset.txt", {})
    send_mail(gettext("Your code from the phone was taken off"), text, None, [member.email])
