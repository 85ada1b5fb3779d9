"""The verbs of the exchange."""

from romyen.exchange.actions.importing import Report, bring_in

__all__ = ["Report", "bring_in"]
