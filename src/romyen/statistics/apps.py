"""The statistics package in Django."""

from django.apps import AppConfig


class StatisticsConfig(AppConfig):
    """Registers the statistics package."""

    name = "romyen.statistics"
    label = "statistics"
