"""Advocacy: recommendations followed to their end."""
