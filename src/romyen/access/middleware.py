"""Every route is closed to strangers, unless its view says otherwise.

Opens the reader's ring for the request, keeps what a late form carried as its author's draft,
writes down what was refused, and sends cookies back.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from romyen.access import rings
from romyen.access.actors import Reader
from romyen.access.adapters import two_factors
from romyen.access.doors import clock
from romyen.access.late import keep_late_form, note_refusal
from romyen.access.models import OpenRing, holder_of
from romyen.keys.chain import trusted
from romyen.keys.rings import ring_of
from romyen.pages.errors import refused
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

HALF_WAY_ROUTE = "mfa_activate_totp"
"""For someone whose passphrase was right and who has no second factor yet."""

WAITING_ROUTES = {
    "access:waiting",
    "access:me",
    "access:sign_out_everywhere",
    "account_change_password",
    "account_reauthenticate",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_index",
    "mfa_deactivate_totp",
}
"""What a member sees before a holder has admitted them: the way they sign in, nothing else."""

RENEWAL_ROUTES = {"access:waiting"}
"""What somebody sees who came through the mailbox: the fingerprint, and nothing to change."""


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
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> None:
        """Write down what was refused, now that the verb's own transaction is rolled back."""
        if isinstance(error, Refusal):
            note_refusal(request, error)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Let strangers see public views only."""
        match = request.resolver_match
        name = match.view_name if match else ""
        if getattr(view, "public", False) or name in PUBLIC_ROUTES:
            return None
        broken: Refusal | None = getattr(request, "broken_chain", None)
        if broken is not None:
            note_refusal(request, broken)
            return refused(request, broken)
        reader = getattr(request, "reader", None)
        if reader is None:
            return _without_reader(request, name)
        allowed = RENEWAL_ROUTES if reader.waits else WAITING_ROUTES
        if not reader.facts.active and name not in allowed:
            return HttpResponseRedirect(reverse("access:waiting"))
        return None


def _reader(request: HttpRequest, row: OpenRing | None, now: datetime) -> Reader | None:
    if row is None:
        return None
    if not rings.usable(row, now=now):
        if not row.staged and bytes(row.sealed):
            rings.wipe(row)
        return None
    try:
        secret = rings.open_secret(request, row, now=now)
        if row.member.admitted_at and row.holder_id == row.member.holder_id:
            trusted(holder_of(row.member))
        ring = ring_of(str(row.holder_id), secret)
    except Refusal as refusal:
        request.broken_chain = refusal  # type: ignore[attr-defined]
        return None
    return Reader(row.member_id, member=row.member, ring=ring)


def _without_reader(request: HttpRequest, name: str) -> HttpResponse | None:
    """Finish a first sign-in, come in from outside, or sign in (anew)."""
    if _half_way(request):
        if name == HALF_WAY_ROUTE:
            return None
        return HttpResponseRedirect(reverse(HALF_WAY_ROUTE))
    if _from_outside(request):
        return render(request, "access/continue.html", {"path": request.get_full_path()})
    kept = keep_late_form(request)
    if request.user.is_authenticated:
        logout(request)  # a session outlives its keys by nothing
    if request.headers.get("HX-Request") == "true":  # a part of a page: let the whole page ask
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    query = {"next": request.path, **({"kept": "1"} if kept else {})}
    return HttpResponseRedirect(f"{reverse('account_login')}?{urlencode(query)}")


def _half_way(request: HttpRequest) -> bool:
    """The passphrase was right, its keys are staged, and there is no second factor to ask for."""
    row: OpenRing | None = getattr(request, "ring_row", None)
    if row is None or not row.staged or clock() >= row.ends_at:
        return False
    member = request.user
    own = member.is_authenticated and member.pk == row.member_id
    return bool(own and row.holder_id == row.member.holder_id and not two_factors(row.member))


def _from_outside(request: HttpRequest) -> bool:
    """A link in a mail was followed: browsers keep the strict cookie back on the first page."""
    return (
        request.method == "GET"
        and request.headers.get("Sec-Fetch-Site") == "cross-site"
        and rings.cookie_name() not in request.COOKIES
        and request.user.is_authenticated
    )
