"""What every form of a case does when it is sent."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from romyen.access import sending
from romyen.access.sending import begun
from romyen.cases.models import Case
from romyen.pages.forms import Form

__all__ = ["address", "begun", "renew_version", "saved", "shown"]

CONFLICT = "RY-EDIT-CONFLICT"


def saved(
    request: HttpRequest, form: Form, act: Callable[[], str], *, say: str = ""
) -> HttpResponse | None:
    """The redirect once the verb took a valid form, which says so; None to show it again."""
    return sending.sent(request, form, act, say=say or gettext("Saved."))


def shown(
    request: HttpRequest,
    case: Case,
    form: Form,
    heading: str,
    *,
    template: str = "cases/form.html",
    **context: Any,
) -> HttpResponse:
    """A form's page; 422 when something in it has to be put right."""
    page = {"case": case, "heading": heading, "back": address(case), **context}
    return sending.shown(request, template, form, **page)


def renew_version(form: Form, version: int) -> bool:
    """After a conflict: what is sent next builds on what is recorded now. True after one."""
    if not (form.is_bound and form.has_error("__all__", CONFLICT)):
        return False
    typed: Any = form.data
    form.data = typed.copy()
    form.data["version"] = str(version)  # type: ignore[index]
    return True


def address(case: Case) -> str:
    """Where a case's page is."""
    return reverse("cases:case", args=[case.pk])
