"""The web door. WSGI and not ASGI: connections to the database last as long as their thread."""

import os

from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "romyen.settings")


def serving() -> WSGIHandler:
    """The application, with the chores that run beside it started once for this process."""
    handler = get_wsgi_application()
    from romyen.jobs import start

    start()
    return handler


application = serving()
