"""Signing out, and moving the second factor to another phone."""

from allauth.account.decorators import reauthentication_required
from allauth.account.internal.stagekit import clear_login
from allauth.mfa.adapter import get_adapter as factors
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, clear_totp_secret
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse

from romyen import access, audit
from romyen.access.adapters import AccountAdapter
from romyen.access.models import Member
from romyen.access.signin_forms import ReplaceFactorForm


@access.public
def sign_out(request: HttpRequest) -> HttpResponse:
    """End session and keys, whichever of the two is still there."""
    if request.method != "POST":
        return render(request, "account/logout.html")
    AccountAdapter(request).logout(request)
    clear_login(request)
    return HttpResponseRedirect(reverse(settings.LOGIN_URL))


@reauthentication_required(app="allauth.mfa")  # type: ignore[untyped-decorator]
def replace_factor(request: HttpRequest) -> HttpResponse:
    """The new phone shows a right code: in the same moment the old one stops working."""
    member = access.open(request).member
    form = ReplaceFactorForm(request.POST or None, user=member)
    if form.is_valid():
        _replace(member, form.secret)
        clear_totp_secret(request)
        return redirect("mfa_index")
    url = factors().build_totp_url(member, form.secret)
    return render(request, "mfa/totp/deactivate_form.html", {"form": form, "totp_url": url})


def _replace(member: Member, secret: str) -> None:
    with transaction.atomic():
        Authenticator.objects.filter(user=member, type=Authenticator.Type.TOTP).delete()
        TOTP.activate(member, secret)
        audit.record(
            actor=member.pk, verb="member.factor_replaced", subject=member.pk, at=access.clock()
        )
