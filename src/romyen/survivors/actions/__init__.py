"""The verbs of a survivor's file."""

from romyen.survivors.actions.alerts import lower_alert, raise_alert
from romyen.survivors.actions.consents import give_consent, withdraw_consent
from romyen.survivors.actions.folding import Chosen, fold, unfold
from romyen.survivors.actions.identification import identify
from romyen.survivors.actions.moving import move_to
from romyen.survivors.actions.parts import add_contact, add_document, add_name, remove
from romyen.survivors.actions.record import (
    edit,
    flag_guardian_conflict,
    register,
    set_safe_contact,
    void,
)
from romyen.survivors.actions.screenings import Marked, screen

__all__ = [
    "Chosen",
    "Marked",
    "add_contact",
    "add_document",
    "add_name",
    "edit",
    "flag_guardian_conflict",
    "fold",
    "give_consent",
    "identify",
    "lower_alert",
    "move_to",
    "raise_alert",
    "register",
    "remove",
    "screen",
    "set_safe_contact",
    "unfold",
    "void",
    "withdraw_consent",
]
