"""The forms of sign-in: allauth's own, with the staging of keys between the two factors."""

from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm, ResetPasswordKeyForm
from allauth.account.internal.stagekit import clear_login
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from romyen import audit
from romyen.access import people, rings
from romyen.access.doors import clock
from romyen.access.models import Member


class SignInForm(LoginForm):  # type: ignore[misc]
    """E-mail address and passphrase. A right passphrase stages the keys."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("E-mail address")
        self.fields["password"].label = _("Passphrase")
        self.fields["password"].help_text = ""

    def login(self, request: HttpRequest, redirect_url: str | None = None) -> HttpResponse:
        """Stage the keys, then let allauth ask for the second factor."""
        cookie = rings.stage(self.user, self.cleaned_data["password"], now=clock())
        request.ring_cookie = cookie  # type: ignore[attr-defined]
        response: HttpResponse = super().login(request, redirect_url)
        return response


class FactorForm(AuthenticateForm):  # type: ignore[misc]
    """The code from the phone. Five wrong ones wipe the staged keys and begin anew."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("Code from your phone")

    def clean_code(self) -> str:
        """Check the code and count the wrong ones."""
        try:
            code: str = super().clean_code()
        except ValidationError:
            audit.record_alone(
                actor=self.user.pk, verb="member.factor_failed", subject=self.user.pk, at=clock()
            )
            if rings.failed_factor(context.request):
                clear_login(context.request)
                raise ImmediateHttpResponse(
                    HttpResponseRedirect(reverse("account_login"))
                ) from None
            raise
        return code


class ActivateFactorForm(ActivateTOTPForm):  # type: ignore[misc]
    """Set up the code from the phone; with it the first sign-in is complete and keys open."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("Code from your phone")

    def clean_code(self) -> str:
        """A right code releases the keys that wait since the passphrase."""
        code: str = super().clean_code()
        request = context.request
        request.ring_cookie = rings.release(request, self.user, now=clock())
        return code


class ChangePassphraseForm(ChangePasswordForm):  # type: ignore[misc]
    """Another passphrase seals the same keys anew."""

    def save(self) -> None:
        """Seal the keys and the account under the new passphrase."""
        people.change_passphrase(
            self.user, self.cleaned_data["oldpassword"], self.cleaned_data["password1"], now=clock()
        )


class ResetForm(ResetPasswordKeyForm):  # type: ignore[misc]
    """A reset by e-mail restores sign-in, never keys: the member waits to be admitted again."""

    def save(self) -> None:
        """Set the passphrase and retire the old keys."""
        super().save()
        member: Member = self.user
        people.reset_keys(member, self.cleaned_data["password1"], now=clock())
