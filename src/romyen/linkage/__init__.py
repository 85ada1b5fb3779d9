"""Linkage: search by name, and records of one person brought together."""
