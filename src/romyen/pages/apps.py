"""The pages package in Django."""

from django.apps import AppConfig


class PagesConfig(AppConfig):
    """Registers the pages package."""

    name = "romyen.pages"
    label = "pages"
