"""What a door needs of access: the clock, the reader of a request, one record per submission."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone

from romyen.access import drafts
from romyen.access.actors import Reader
from romyen.access.models import Submission
from romyen.rules.refusals import refuse

type View = Callable[..., HttpResponse]


def clock() -> datetime:
    """Now. The only place where the doors read the clock; verbs are handed it."""
    return timezone.now()


def public(view: View) -> View:
    """Mark a view as open to strangers. Every other view asks for sign-in."""
    view.public = True  # type: ignore[attr-defined]
    return view


def open(request: HttpRequest) -> Reader:  # noqa: A001
    """The signed-in person behind a request, keys in hand; otherwise ``RY-ACCESS-SIGN-IN``."""
    reader = getattr(request, "reader", None)
    if not isinstance(reader, Reader):
        raise refuse("RY-ACCESS-SIGN-IN")
    return reader


def taken(request: HttpRequest) -> bool:
    """Whether this very form was taken already: sent a second time, it is asked nothing more."""
    mine = {"member": open(request).member, "token": request.POST.get("submission", "")[:22]}
    return Submission.objects.filter(**mine).exists()


def once(request: HttpRequest, take: Callable[[], str]) -> HttpResponse:
    """Run ``take`` (one verb; returns the address to go to) once per form, however often sent.

    The form's one-time token and the verb commit together: a second sending, even at the same
    moment, is led to what the first one made.
    """
    reader, token = open(request), request.POST.get("submission", "")[:22]
    if not token:
        raise refuse("RY-BAD-INPUT")
    mine: Any = {"member": reader.member, "token": token}
    try:
        with transaction.atomic():
            taken = Submission.objects.create(**mine, result="", at=clock())
            taken.result = take()
            taken.save(update_fields=["result"])
            drafts.discard(reader, request.path)
    except IntegrityError:
        taken_before = Submission.objects.filter(**mine).first()
        if taken_before is None:
            raise
        taken = taken_before
    return HttpResponseRedirect(taken.result)
