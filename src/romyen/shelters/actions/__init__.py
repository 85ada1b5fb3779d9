"""The verbs of shelters."""

from romyen.shelters.actions.houses import add_beds, edit_shelter, found_shelter, retire_bed
from romyen.shelters.actions.incidents import record_follow_up, record_incident
from romyen.shelters.actions.locations import (
    ask_to_open,
    close_to,
    edit_location,
    found_location,
    open_to,
)
from romyen.shelters.actions.stays import end_stay, place, record_leave, transfer

__all__ = [
    "add_beds",
    "ask_to_open",
    "close_to",
    "edit_location",
    "edit_shelter",
    "end_stay",
    "found_location",
    "found_shelter",
    "open_to",
    "place",
    "record_follow_up",
    "record_incident",
    "record_leave",
    "retire_bed",
    "transfer",
]
