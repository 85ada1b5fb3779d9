"""The audit package in Django."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Registers the audit package."""

    name = "romyen.audit"
    label = "audit"
