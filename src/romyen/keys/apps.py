"""The keys package in Django."""

from django.apps import AppConfig


class KeysConfig(AppConfig):
    """Registers the keys package."""

    name = "romyen.keys"
    label = "keys"
