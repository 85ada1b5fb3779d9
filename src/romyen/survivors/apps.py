"""The survivors package in Django."""

from django.apps import AppConfig


class SurvivorsConfig(AppConfig):
    """Registers the survivors package."""

    name = "romyen.survivors"
    label = "survivors"
