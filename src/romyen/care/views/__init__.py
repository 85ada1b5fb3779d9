"""The doors of care."""
