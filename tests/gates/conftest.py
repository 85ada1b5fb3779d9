"""The world that the sweep goes through: made once, every question's traces taken back."""

import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, transaction


@pytest.fixture(scope="module")
def sweep(django_db_setup: None, django_db_blocker: Any) -> Iterator[Any]:
    """One world for a whole module, gone at its end."""
    from tests.gates.sweep.judging import Sweep
    from tests.gates.sweep.scene import told

    with django_db_blocker.unblock():
        outside = transaction.atomic()
        outside._from_testcase = True  # so that reads may write their own entry
        logging.disable(logging.WARNING)  # thousands of refusals are expected
        try:
            with outside, told() as scene:
                yield Sweep(scene, few=connection.vendor == "postgresql")
                transaction.set_rollback(True)
        finally:
            logging.disable(logging.NOTSET)
