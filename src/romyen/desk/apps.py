"""The desk package in Django."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Registers the desk package."""

    name = "romyen.desk"
    label = "desk"
