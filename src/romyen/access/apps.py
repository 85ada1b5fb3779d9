"""The access package in Django."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """Registers the access package."""

    name = "romyen.access"
    label = "access"
