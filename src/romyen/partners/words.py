"""The codes of the directory and their words."""

from romyen.rules import lists
from romyen.rules.lists import CodeList

POLICE = "LawEnforcement"
"""The kind of a police unit, or of another body that investigates (HTCDS ``org_Type``)."""

HERE = "TH"


def kinds() -> CodeList:
    """Kinds of organisation, by HTCDS 2.0."""
    return lists.htcds("org_Type")


def countries() -> CodeList:
    """Countries where organisations sit."""
    return lists.of("partners", "countries")
