"""The care package in Django."""

from django.apps import AppConfig


class CareConfig(AppConfig):
    """Registers the care package."""

    name = "romyen.care"
    label = "care"
