"""What every form does: begin with its author's draft, be taken once, or be shown again."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from romyen.access import doors, drafts
from romyen.pages.drafts import prefill
from romyen.pages.forms import Form
from romyen.rules.refusals import Refusal


def begun[Begun: Form](request: HttpRequest, form: Begun) -> Begun:
    """The same form, with the reader's own draft in it when nothing was sent yet."""
    if form.is_bound:
        return form
    return prefill(form, drafts.recall(doors.open(request), request.path))


def sent(
    request: HttpRequest, form: Form, act: Callable[[], str], *, say: str = ""
) -> HttpResponse | None:
    """The redirect once the verb took a valid form; None when the form has to be shown again.

    A refusal of what was typed stands in the form; one of access is answered as a page.
    """
    if not form.is_valid():
        return None
    try:
        response = doors.once(request, act)
    except Refusal as refusal:
        if refusal.status in (403, 404):
            raise
        form.add_refusal(refusal)
        return None
    drafts.discard(doors.open(request), request.path)
    if say:
        messages.success(request, say)
    return response


def shown(request: HttpRequest, template: str, form: Form, **context: Any) -> HttpResponse:
    """A form's page; 422 when something in it has to be put right."""
    status = 422 if form.is_bound and form.errors else 200
    return render(request, template, {"form": form, **context}, status=status)
