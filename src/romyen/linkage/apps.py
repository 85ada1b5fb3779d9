"""The linkage package in Django."""

from django.apps import AppConfig


class LinkageConfig(AppConfig):
    """Registers the linkage package."""

    name = "romyen.linkage"
    label = "linkage"
