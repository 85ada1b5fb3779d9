"""The legal package in Django."""

from django.apps import AppConfig


class LegalConfig(AppConfig):
    """Registers the legal package."""

    name = "romyen.legal"
    label = "legal"
