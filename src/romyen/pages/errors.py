"""Refusals and mishaps as calm pages, fragments or JSON.

An error page is drawn without the request: it holds no path, no id, no name and no token, so the
page of a hidden record is byte-equal to the page of an absent one, whoever asks.
"""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.template.loader import render_to_string
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from romyen.pages.words import say
from romyen.rules.refusals import Refusal, refuse

TITLES = {
    400: _("This could not be understood"),
    403: _("Not open to you"),
    404: _("Page not found"),
    409: _("Changed in the meantime"),
    410: _("No longer valid"),
    422: _("Something needs to be put right"),
    500: _("Something went wrong on our side"),
    503: _("Not available right now"),
}


class RefusalMiddleware:
    """Answers a view's ``Refusal``, ``Http404`` or ``PermissionDenied``, in debug mode too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Nothing to do on the way in."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """A NUL stands in no address and in no form, and PostgreSQL stumbles over it."""
        if "\0" in request.path_info or _holds_nul(request.GET):
            return absent(request)
        return bad_request(request) if _holds_nul(request.POST) else None

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The answer to a refusal; anything else goes on to Django's handlers."""
        if isinstance(error, Refusal):
            return refused(request, error)
        if isinstance(error, Http404):
            return absent(request)
        if isinstance(error, PermissionDenied):
            return denied(request)
        return None


def _holds_nul(typed: QueryDict) -> bool:
    return any("\0" in text for _name, texts in typed.lists() for text in texts)


def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """The answer to a refusal: JSON where asked for, a fragment for htmx, else a whole page."""
    return _answer(request, refusal.status, refusal.code, say(refusal))


def absent(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """``handler404``: the same bytes for what is absent and what is hidden."""
    return refused(request, refuse("RY-ABSENT"))


def denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """``handler403``."""
    return refused(request, refuse("RY-ACCESS-DENIED"))


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """``handler400``."""
    message = gettext("Your browser sent something that we could not read. Go back and try again.")
    return _answer(request, 400, "RY-BAD-REQUEST", message)


def broken(request: HttpRequest) -> HttpResponse:
    """``handler500``: says that it is our fault, and nothing of what happened."""
    message = gettext("What you had saved is safe. Try again; if it stays so, tell your operator.")
    try:
        return _answer(request, 500, "RY-BROKEN", message)
    except Exception:  # even the page is broken: bare words are still better than a trace
        return HttpResponse(message, status=500, content_type="text/plain; charset=utf-8")


def too_old(request: HttpRequest, *, kept: bool) -> HttpResponse:
    """A form whose page lay open too long; ``kept`` when what was typed is a draft now."""
    refusal = refuse("RY-PAGE-TOO-OLD")
    message = say(refusal)
    if kept:
        message = gettext(
            "This page was open for too long, so nothing was sent. What you typed is kept, sealed "
            "to you: open the form again, and it stands there."
        )
    return _answer(request, refusal.status, refusal.code, message)


def _answer(request: HttpRequest, status: int, code: str, message: str) -> HttpResponse:
    if _wants_json(request):
        return JsonResponse({"code": code, "message": message}, status=status)
    template = "pages/error.html"
    if request.headers.get("HX-Request") == "true":
        template += "#message"
    title = gettext(TITLES.get(status, TITLES[400]))
    words = {"status": status, "code": code, "message": message, "heading": title}
    return HttpResponse(render_to_string(template, words), status=status)


def _wants_json(request: HttpRequest) -> bool:
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"
