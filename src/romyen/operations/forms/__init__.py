"""The forms of an operation."""
