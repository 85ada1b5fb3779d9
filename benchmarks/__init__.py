"""Measured speed and size (``make bench``). Figures, never tests: a machine may be busy."""
