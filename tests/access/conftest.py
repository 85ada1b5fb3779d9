"""Mails of these stories go into the sealed queue, as in an installation."""

import pytest


@pytest.fixture(autouse=True)
def mail_queue(settings):
    """Django's test runner would put its own mailer there, which asks the network for a name."""
    settings.MAILERS = {"default": {"BACKEND": "romyen.notices.mail.QueueBackend"}}
