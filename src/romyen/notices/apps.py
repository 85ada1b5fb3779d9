"""The notices package in Django."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """Registers the notices package."""

    name = "romyen.notices"
    label = "notices"
