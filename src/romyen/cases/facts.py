"""What is known about a survivor that decides which clocks run for her."""

from romyen.survivors.models import Survivor

THAI = "TH"
"""ISO 3166-1, as nationalities are stored."""


def facts_of(survivor: Survivor) -> dict[str, bool]:
    """The facts that nobody doubts; what is unknown is left out, and the clock says so.

    The coarse columns are as of registration: a child of that day counts as one, because a
    clock that runs for someone who came of age does no harm.
    """
    facts: dict[str, bool] = {}
    if survivor.minor in ("yes", "no"):
        facts["minor"] = survivor.minor == "yes"
    if survivor.nationalities:
        facts["thai_national"] = THAI in survivor.nationalities
        facts["foreign_national"] = THAI not in survivor.nationalities
    return facts
