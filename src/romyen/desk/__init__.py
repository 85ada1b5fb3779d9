"""The desk: where everyone begins the day, and where an installation begins."""
