"""The advocacy package in Django."""

from django.apps import AppConfig


class AdvocacyConfig(AppConfig):
    """Registers the advocacy package."""

    name = "romyen.advocacy"
    label = "advocacy"
