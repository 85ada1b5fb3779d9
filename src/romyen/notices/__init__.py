"""Notices: what waits for whom. Recipients are opaque ids, texts say nothing of the case."""
