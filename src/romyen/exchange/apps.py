"""The exchange package in Django."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """Registers the exchange package."""

    name = "romyen.exchange"
    label = "exchange"
