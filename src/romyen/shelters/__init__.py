"""Shelters: houses whose address is a sealed type, beds, stays, incidents."""
