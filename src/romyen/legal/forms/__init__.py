"""The forms of the legal file."""
