"""The forms of a survivor's file."""
