"""The leads package in Django."""

from django.apps import AppConfig


class LeadsConfig(AppConfig):
    """Registers the leads package."""

    name = "romyen.leads"
    label = "leads"
