"""Between a record of HTCDS and the tables: which field has which home, there and back.

``facts_of`` reads a record into facts for the verbs, ``values_of`` says facts in HTCDS again,
``rest_of`` and ``joined`` keep what would not come back as it came.
"""

from romyen.exchange.records.facts import CaseFacts, Facts
from romyen.exchange.records.into import facts_of
from romyen.exchange.records.out import values_of
from romyen.exchange.records.rest import joined, rest_of

__all__ = ["CaseFacts", "Facts", "facts_of", "joined", "rest_of", "values_of"]
