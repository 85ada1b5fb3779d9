"""The demo is whole, deterministic in what it tells, and never touches real data."""

import pytest

from romyen.demo import load
from romyen.rules.refusals import Refusal


def test_the_demo_refuses_a_folder_with_real_data(settings, tmp_path, world):
    """The world of the tests has its box key beside the data: that is a real installation."""
    with pytest.raises(Refusal, match="RY-DEMO-REAL-DATA"):
        load.load(now=world.now, say=lambda words: None)
    assert not (settings.ROMYEN_DATA_DIR / "demo").exists()
