"""The verbs of an operation."""

from romyen.operations.actions.course import blow, call_off, carry_out, open_day
from romyen.operations.actions.papers import debrief, edit_arrest, record_arrest
from romyen.operations.actions.people import decide, meet, recognise, register
from romyen.operations.actions.planning import edit, plan

__all__ = [
    "blow",
    "call_off",
    "carry_out",
    "debrief",
    "decide",
    "edit",
    "edit_arrest",
    "meet",
    "open_day",
    "plan",
    "recognise",
    "record_arrest",
    "register",
]
