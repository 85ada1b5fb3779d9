"""HTCDS 2.0 in and out: plain Python, in memory, streaming, nothing guessed in silence.

``read`` opens a file, ``Mapped`` turns its rows into outcomes, ``write_csv`` and
``write_errors`` write. The standard is IOM's (CC BY 4.0); IOM does not endorse Romyen.
"""

from romyen.exchange.htcds.conflicts import Conflict, conflict_kinds
from romyen.exchange.htcds.mapping import Mapped, Outcome
from romyen.exchange.htcds.mending import write_errors
from romyen.exchange.htcds.reading import read
from romyen.exchange.htcds.record import Record, canonical, recognition
from romyen.exchange.htcds.source import Source
from romyen.exchange.htcds.writing import write_csv

__all__ = [
    "Conflict",
    "Mapped",
    "Outcome",
    "Record",
    "Source",
    "canonical",
    "conflict_kinds",
    "read",
    "recognition",
    "write_csv",
    "write_errors",
]
