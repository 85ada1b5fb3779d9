"""The desk package in Django."""

from importlib import import_module

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Registers the desk package."""

    name = "romyen.desk"
    label = "desk"

    def ready(self) -> None:
        """Register the checks that ``romyen serve`` asks for."""
        import_module("romyen.desk.checks")
