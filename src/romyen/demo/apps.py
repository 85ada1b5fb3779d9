"""The demo package in Django."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Registers the demo package."""

    name = "romyen.demo"
    label = "demo"
