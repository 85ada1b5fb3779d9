"""Every route is closed to strangers, unless its view says otherwise.

Opens the reader's ring for the request, keeps what a late form carried as its author's draft,
and sends cookies back. Answers are never stored by browsers or proxies.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from romyen.access import drafts, rings
from romyen.access.actors import Reader
from romyen.access.adapters import two_factors
from romyen.access.doors import clock
from romyen.access.models import OpenRing
from romyen.keys.chain import trusted
from romyen.keys.rings import ring_of
from romyen.rules.refusals import Refusal

type Answer = Callable[[HttpRequest], HttpResponse]

PUBLIC_ROUTES = {
    "account_login",
    "account_logout",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "account_inactive",
    "mfa_authenticate",
}
"""Routes of django-allauth that a stranger may see: they are the way in."""

HALF_WAY_ROUTES = {"mfa_activate_totp", "account_reauthenticate"}
"""For someone whose session stands but whose keys wait for the first second factor."""

WAITING_ROUTES = {"access:waiting", "mfa_view_recovery_codes", "mfa_index", "mfa_deactivate_totp"}
"""What a member sees before a holder has admitted them."""


class SignedInMiddleware:
    """Turns the ring cookie into ``request.reader``, or asks to sign in."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Open the ring, answer, and see to cookies and headers."""
        now = clock()
        row = rings.row_of(request)
        request.ring_row = row  # type: ignore[attr-defined]
        request.reader = _reader(request, row, now)  # type: ignore[attr-defined]
        response = self.get_response(request)
        cookie: rings.Cookie | None = getattr(request, "ring_cookie", None)
        if cookie is not None:
            cookie.put(response)
        if not response.has_header("Cache-Control"):
            response["Cache-Control"] = "no-store"
        return response

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Let strangers see public views only."""
        match = request.resolver_match
        name = match.view_name if match else ""
        if getattr(view, "public", False) or name in PUBLIC_ROUTES:
            return None
        reader = getattr(request, "reader", None)
        if reader is None:
            return _without_reader(request, name)
        if not reader.facts.active and name not in WAITING_ROUTES:
            return HttpResponseRedirect(reverse("access:waiting"))
        return None


def _reader(request: HttpRequest, row: OpenRing | None, now: datetime) -> Reader | None:
    if row is None:
        return None
    if not rings.usable(row, now=now):
        if not row.staged and bytes(row.sealed):
            rings.wipe(row)
        return None
    secret = rings.open_secret(request, row, now=now)
    holder_id = str(row.member.holder_id)
    try:
        if row.member.admitted_at and row.member.holder:
            trusted(row.member.holder)
    except Refusal:
        return None
    return Reader(row.member_id, member=row.member, ring=ring_of(holder_id, secret))


def _without_reader(request: HttpRequest, name: str) -> HttpResponse | None:
    if name in HALF_WAY_ROUTES and request.user.is_authenticated:
        return None
    if request.user.is_authenticated and not two_factors(request.user):
        return HttpResponseRedirect(reverse("mfa_activate_totp"))
    _keep_late_form(request)
    back = request.path if request.method in ("GET", "POST") else "/"
    return HttpResponseRedirect(f"{reverse('account_login')}?{urlencode({'next': back})}")


def _keep_late_form(request: HttpRequest) -> None:
    row: OpenRing | None = getattr(request, "ring_row", None)
    if request.method != "POST" or row is None or row.staged:
        return
    typed = {name: request.POST.getlist(name) for name in request.POST}
    drafts.keep(row.member, request.path, typed, now=clock())
