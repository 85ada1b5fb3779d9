"""Romyen: case work against human trafficking, in the shade and at peace."""

__version__ = "0.1.0"
