"""The operations package in Django."""

from django.apps import AppConfig


class OperationsConfig(AppConfig):
    """Registers the operations package."""

    name = "romyen.operations"
    label = "operations"
