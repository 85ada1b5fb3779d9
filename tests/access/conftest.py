"""Mails of these stories go into the sealed queue, as in an installation."""

import pytest
from django.test import Client


@pytest.fixture(autouse=True)
def mail_queue(settings):
    """Django's test runner would put its own mailer there, which asks the network for a name."""
    settings.MAILERS = {"default": {"BACKEND": "romyen.notices.mail.QueueBackend"}}


@pytest.fixture
def client():
    """A stranger's browser, in English."""
    return Client(headers={"accept-language": "en"})
