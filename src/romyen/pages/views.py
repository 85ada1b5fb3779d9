"""The two choices that anyone may make about how pages read: the language and the calendar."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views import i18n
from django.views.decorators.http import require_POST

from romyen.pages import era

YEAR = 365 * 24 * 60 * 60


@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Keep the reader's language in a cookie and go back."""
    return i18n.set_language(request)


@require_POST
def set_era(request: HttpRequest) -> HttpResponse:
    """Keep the reader's era in a cookie for a year and go back; an unknown era changes nothing."""
    response = HttpResponseRedirect(_way_back(request))
    chosen = era.read(request.POST.get("era"))
    if chosen:
        response.set_cookie(
            era.COOKIE,
            chosen,
            max_age=YEAR,
            httponly=True,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )
    return response


def _way_back(request: HttpRequest) -> str:
    """Where the form came from, if that is on this host."""
    wish = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(
        wish, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wish if ours else "/"


# What access.public() sets: both serve strangers too, and pages may not import access.
for _view in (set_language, set_era):
    _view.public = True  # type: ignore[attr-defined]
