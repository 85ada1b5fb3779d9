"""The prevention package in Django."""

from django.apps import AppConfig


class PreventionConfig(AppConfig):
    """Registers the prevention package."""

    name = "romyen.prevention"
    label = "prevention"
