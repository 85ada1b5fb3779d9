"""A log of its own for each test: keys in their own folder, a few entries about Nok's day."""

from datetime import UTC, datetime, timedelta

import pytest

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def log_keys(tmp_path, settings):
    """A folder of keys with the key of a log; gives the public half."""
    from romyen.audit import checkpoints

    settings.ROMYEN_KEYS_DIR = tmp_path / "keys"
    settings.ROMYEN_LOG_ORIGIN = "romyen.example/log"
    return checkpoints.found_log_key()


@pytest.fixture
def day():
    """Write so many entries in a transaction of their own, as a working day would."""

    def write(count, start=0):
        from django.db import transaction

        from romyen import audit

        with transaction.atomic():
            return [
                audit.record(
                    actor="nok" if number % 2 else "arun",
                    verb="case.read",
                    subjects=[f"case{number % 7}", f"survivor{number % 5}"],
                    purpose="caseload",
                    details={"number": number} if number % 3 else None,
                    at=START + timedelta(minutes=number),
                )
                for number in range(start, start + count)
            ]

    return write
