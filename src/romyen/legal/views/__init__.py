"""Pages of the legal file."""
