"""The forms of sign-in: allauth's own, with the staging of keys between the two factors."""

from typing import Any

from allauth.account.forms import (
    ChangePasswordForm,
    LoginForm,
    ReauthenticateForm,
    ResetPasswordForm,
    ResetPasswordKeyForm,
)
from allauth.account.internal import flows
from allauth.account.internal.flows.login import record_authentication
from allauth.account.internal.stagekit import clear_login
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from romyen import audit
from romyen.access import codes, people, renewing, rings
from romyen.access.doors import clock
from romyen.access.naming import as_kept
from romyen.access.passphrases import LongEnough, renewal_used


def _plainly(form: BaseForm, **labels: Any) -> None:
    """Our words on allauth's fields: a label, no placeholder, no HTML as help, missing by name."""
    form.label_suffix = ""
    form.use_required_attribute = False
    for name, label in labels.items():
        field = form.fields[name]
        field.label, field.help_text = label, ""
        field.widget.attrs.pop("placeholder", None)
        field.error_messages["required"] = gettext("Still missing: %(label)s") % {"label": label}


class SignInForm(LoginForm):  # type: ignore[misc]
    """E-mail address and passphrase. A right passphrase stages the keys."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plainly(self, login=_("E-mail address"), password=_("Passphrase"))

    def clean_login(self) -> str:
        """The address as it is kept."""
        return as_kept(self.cleaned_data["login"])

    def login(self, request: HttpRequest, redirect_url: str | None = None) -> HttpResponse:
        """Stage the keys, then let allauth ask for the second factor."""
        before = rings.row_of(request)
        if before is not None:
            before.delete()
        renewal, passphrase = renewal_used(self.user), self.cleaned_data["password"]
        cookie = rings.stage(self.user, passphrase, renewal=renewal, now=clock())
        request.ring_cookie = cookie  # type: ignore[attr-defined]
        response: HttpResponse = super().login(request, redirect_url)
        return response


class AgainForm(ReauthenticateForm):  # type: ignore[misc]
    """The passphrase once more, before something that changes how one signs in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plainly(self, password=_("Passphrase"))


class FactorForm(AuthenticateForm):  # type: ignore[misc]
    """The code from the phone. Five wrong ones wipe the staged keys and begin anew."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plainly(self, code=_("Code from your phone"))
        self.fields["code"].widget.attrs["inputmode"] = "numeric"

    def clean_code(self) -> str:
        """Check the code and count the wrong ones."""
        try:
            code: str = super().clean_code()
            spend(self.user.pk, code)
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


def spend(member_id: str, code: str) -> None:
    """Refuse a code that was used. allauth forgets it after one step, and codes are good for three.

    It takes codes with spaces and dashes, so what is remembered is the bare code.
    """
    if not codes.spend(member_id, normalize_user_code(code), now=clock()):
        raise get_adapter().validation_error("incorrect_code")


class ActivateFactorForm(ActivateTOTPForm):  # type: ignore[misc]
    """Set up the code from the phone; with it the first sign-in is complete and keys open."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plainly(self, code=_("The six digits from the app"))
        self.fields["code"].widget.attrs["inputmode"] = "numeric"

    def clean_code(self) -> str:
        """A right code releases the keys that wait since the passphrase; else begin anew."""
        code: str = super().clean_code()
        request = context.request
        spend(self.user.pk, code)
        cookie = rings.release(request, self.user, now=clock())
        if cookie.secret is None:
            flows.logout.logout(request)
            raise ImmediateHttpResponse(HttpResponseRedirect(reverse("account_login")))
        request.ring_cookie = cookie
        record_authentication(request, self.user, "mfa", reauthenticated=True)
        audit.record_alone(
            actor=self.user.pk, verb="member.factor_set", subject=self.user.pk, at=clock()
        )
        audit.record_alone(
            actor=self.user.pk, verb="member.sign_in", subject=self.user.pk, at=clock()
        )
        return code


class ReplaceFactorForm(ActivateTOTPForm):  # type: ignore[misc]
    """The first code of the new phone, which then replaces the old one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plainly(self, code=_("The six digits from the app"))
        self.fields["code"].widget.attrs["inputmode"] = "numeric"


class ChangePassphraseForm(ChangePasswordForm):  # type: ignore[misc]
    """Another passphrase seals the same keys anew."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plainly(
            self,
            oldpassword=_("Present passphrase"),
            password1=_("New passphrase"),
            password2=_("New passphrase once more"),
        )
        self.fields["password1"].help_text = LongEnough().get_help_text()

    def save(self) -> None:
        """Seal the keys and the account under the new passphrase."""
        people.change_passphrase(
            self.user, self.cleaned_data["oldpassword"], self.cleaned_data["password1"], now=clock()
        )


class ResetForm(ResetPasswordKeyForm):  # type: ignore[misc]
    """A link from the mailbox restores sign-in, never keys: a new pair waits to be admitted."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plainly(self, password1=_("New passphrase"), password2=_("New passphrase once more"))
        self.fields["password1"].help_text = LongEnough().get_help_text()

    def save(self) -> None:
        """Keep the new passphrase beside the former one until a colleague admits its keys."""
        renewing.renew(self.user, self.cleaned_data["password1"], now=clock())


class ForgottenForm(ResetPasswordForm):  # type: ignore[misc]
    """Where to send the link that restores sign-in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plainly(self, email=_("E-mail address"))

    def clean_email(self) -> str:
        """Whether anybody has this address is looked up later, beside the server."""
        return as_kept(self.cleaned_data["email"])

    def save(self, request: HttpRequest, **_kwargs: Any) -> str:
        """Note the wish; the answer is the same for every address, and as fast."""
        address = self.cleaned_data["email"]
        renewing.ask_for_link(address, language=get_language() or "th", now=clock())
        return str(address)
