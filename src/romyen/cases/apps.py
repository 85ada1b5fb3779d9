"""The cases package in Django."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Registers the cases package."""

    name = "romyen.cases"
    label = "cases"
