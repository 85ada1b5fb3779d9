"""Pages of survivors."""
