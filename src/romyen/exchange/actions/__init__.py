"""The verbs of the exchange."""

from romyen.exchange.actions.exporting import Export, ask_export, export
from romyen.exchange.actions.importing import Report, bring_in
from romyen.exchange.actions.settling import settle

__all__ = ["Export", "Report", "ask_export", "bring_in", "export", "settle"]
