"""The partners package in Django."""

from django.apps import AppConfig


class PartnersConfig(AppConfig):
    """Registers the partners package."""

    name = "romyen.partners"
    label = "partners"
