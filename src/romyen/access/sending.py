"""What every form does: begin with its author's draft, be taken once, or be shown again."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from romyen.access import doors, drafts
from romyen.access.actors import Reader
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


def unseen[Found](
    request: HttpRequest, found: Callable[[], list[Found]], ref: Callable[[Found], str]
) -> tuple[list[Found], str]:
    """What ``found`` gives, if the writer has not seen it all (``apart``), and all its ids.

    Shown before something is begun that may be on record already. What was typed is kept for
    her: she may leave for one of the records and come back.
    """
    if doors.taken(request):
        return [], ""
    seen, given = set(request.POST.get("apart", "").split()), found()
    every = [ref(one) for one in given]
    if seen.issuperset(every):
        return [], ""
    _keep(request)
    return given, " ".join(every)


def _keep(request: HttpRequest) -> None:
    """Seal what was typed to its author; a form that is too large, or a stranger's, is not kept."""
    reader = getattr(request, "reader", None)
    if not isinstance(reader, Reader):
        return
    typed = {name: request.POST.getlist(name) for name in request.POST}
    with suppress(Refusal):
        drafts.keep(reader.member, request.path, typed, now=doors.clock())


def shown(request: HttpRequest, template: str, form: Form, **context: Any) -> HttpResponse:
    """A form's page; 422 when something in it has to be put right.

    What was typed is a draft from then on: whoever turns to another language, or leaves, comes
    back to it by the form's own address, and finds it there.
    """
    status = 422 if form.is_bound and form.errors else 200
    if status == 422:
        _keep(request)
    return render(request, template, {"form": form, **context}, status=status)
