"""Taking up an invitation: the one page of access that a stranger fills in."""

from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from romyen import access
from romyen.access import people, queries
from romyen.access.forms import JoinForm
from romyen.rules.refusals import Refusal


@access.public
def join(request: HttpRequest, token: str) -> HttpResponse:
    """Name and passphrase make an account and keys; signing in comes next."""
    limited: HttpResponse | None = ratelimit.consume_or_429(request, action="signup")
    if limited is not None:
        return limited
    now = access.clock()
    invitation = queries.invited(token, now=now)
    form = JoinForm(request.POST or None, initial={"name": invitation.name})
    if form.is_valid():
        try:
            people.register(token=token, now=now, **form.cleaned_data)
        except Refusal as refusal:
            form.add_refusal(refusal)
        else:
            return redirect("account_login")
    return render(request, "access/join.html", {"form": form, "invitation": invitation})
