"""The headers that every answer carries: pages, files, errors, and what Django refuses by itself.

This stands outside every other middleware, so that an answer which one of them gives (a wrong
host, a damaged form) leaves with the same headers as a page.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

type Answer = Callable[[HttpRequest], HttpResponse]

ALWAYS = {
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), usb=()",
    "X-Frame-Options": "DENY",
}
"""Beside Content-Security-Policy, nosniff, referrer and opener policy, which Django sets."""


class SafeHeaders:
    """Nothing is stored by browsers or proxies unless it says so itself (static files do)."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Add what the answer does not say yet."""
        response = self.get_response(request)
        for name, value in ALWAYS.items():
            response.headers.setdefault(name, value)
        response.headers.setdefault("Cache-Control", "no-store")
        return response
