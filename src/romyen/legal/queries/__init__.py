"""Reading the legal file; always through ``access``."""

from romyen.legal.queries.hers import (
    OfCase,
    case_for,
    case_part,
    hearings_of,
    of_case,
    parties_of,
    party_for,
    visible,
)
from romyen.legal.queries.proceedings import (
    Filters,
    Listed,
    Whole,
    listed,
    next_hearings,
    proceeding,
    proceeding_for,
    proceeding_part,
    proceedings,
    whole,
)

__all__ = [
    "Filters",
    "Listed",
    "OfCase",
    "Whole",
    "case_for",
    "case_part",
    "hearings_of",
    "listed",
    "next_hearings",
    "of_case",
    "parties_of",
    "party_for",
    "proceeding",
    "proceeding_for",
    "proceeding_part",
    "proceedings",
    "visible",
    "whole",
]
