"""Where django-allauth is bent to our walls: nobody signs up unasked, seeds are sealed."""

import base64
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from romyen import audit
from romyen.access import renewing, rings
from romyen.access.doors import clock
from romyen.access.models import Member
from romyen.access.passphrases import renewal_used
from romyen.keys.box import box
from romyen.rules.ids import ID_LENGTH

SEEDS = "second factors"


def two_factors(member: Member) -> bool:
    """Whether the member has set up the code from the phone."""
    codes = Authenticator.objects.filter(user=member, type=Authenticator.Type.TOTP)
    return bool(codes.exists())


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Sign-in by invitation only; keys are released with the last factor, wiped at sign-out."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("The e-mail address or the passphrase is not right."),
        "too_many_login_attempts": _("Too many attempts. Wait a few minutes and try again."),
        "incorrect_password": _("This is not your present passphrase."),
        "enter_current_password": _("This is not your present passphrase."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Registration is by invitation."""
        return False

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """allauth's remarks are not shown: our pages say themselves what happened."""

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Whoever has a second factor types the passphrase again before touching it."""
        user = context.request.user
        return bool(user.is_authenticated and two_factors(user))

    def get_reauthentication_methods(self, user: Member) -> list[dict[str, Any]]:
        """The passphrase is what a stolen open browser does not know."""
        again = {"id": "reauthenticate", "url": reverse("account_reauthenticate")}
        return [{**again, "description": _("Passphrase")}]

    def get_reset_password_from_key_url(self, key: str) -> str:
        """The link of the letter: a member's id holds dashes, so it is cut by its length."""
        parts = {"uidb36": key[:ID_LENGTH], "key": key[ID_LENGTH + 1 :]}
        way = reverse("account_reset_password_from_key", kwargs=parts)
        return f"{settings.ROMYEN_ORIGIN}{way}"

    def login(self, request: HttpRequest, user: Member) -> None:
        """Every required factor has passed: open the session and release the staged keys.

        A pair that waits to be admitted opens nothing, so it is released without a phone too:
        its owner has to see the fingerprint.
        """
        super().login(request, user)
        row, now = rings.row_of(request), clock()
        own = row is not None and row.holder_id == user.holder_id
        if row is None or (own and not two_factors(user)):
            return  # the phone is set up first (signin_forms.ActivateFactorForm)
        cookie = rings.release(request, user, now=now)
        request.ring_cookie = cookie  # type: ignore[attr-defined]
        audit.record_alone(actor=user.pk, verb="member.sign_in", subject=user.pk, at=now)
        if own and cookie.secret is not None:
            renewing.keep_former(user, now=now)

    def logout(self, request: HttpRequest) -> None:
        """Sign out: the keys go first."""
        row = rings.row_of(request)
        if row is not None:
            rings.end(row)
            audit.record_alone(
                actor=row.member_id, verb="member.sign_out", subject=row.member_id, at=clock()
            )
        request.ring_cookie = rings.Cookie(None)  # type: ignore[attr-defined]
        super().logout(request)

    def reauthenticate(self, user: Member, password: str) -> bool:
        """Once more the passphrase of the keys that are open, not one that waits beside them."""
        found = self.authenticate(context.request, email=user.email, password=password)
        return found is not None and found.pk == user.pk and renewal_used(found) is None

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Count wrong passphrases by address and place: nobody elsewhere locks a member out."""
        key: str = super()._get_login_attempts_cache_key(request, **credentials)
        return f"{self.get_client_ip(request)}:{key}"

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """A wrong passphrase is on the log; the address is not."""
        super().authentication_failed(request, **credentials)
        audit.record_alone(actor="stranger", verb="member.sign_in_failed", at=clock())


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Second factors: seeds and recovery codes are sealed by the box key (allauth's are not)."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _(
            "This code is not right, or it was used already. Wait for the next one."
        ),
        "rate_limited": _("Too many attempts. Wait a few minutes and try again."),
    }

    def encrypt(self, text: str) -> str:
        """Seal a seed for the database."""
        return base64.b64encode(box().seal(SEEDS, text.encode())).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Open a seed."""
        return box().open(SEEDS, base64.b64decode(encrypted_text)).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """A second factor is replaced, never dropped."""
        return bool(authenticator.type != Authenticator.Type.TOTP)
