"""The shelters package in Django."""

from django.apps import AppConfig


class SheltersConfig(AppConfig):
    """Registers the shelters package."""

    name = "romyen.shelters"
    label = "shelters"
