"""The verbs of the case file."""

from romyen.cases.actions.answering import accept, decline, withdraw
from romyen.cases.actions.course import close_case, open_case, record_wish, reopen
from romyen.cases.actions.deadlines import extend_deadline, mark_not_applicable, meet_deadline
from romyen.cases.actions.events import correct_event, record_event
from romyen.cases.actions.flags import set_flags
from romyen.cases.actions.following import follow_survivor
from romyen.cases.actions.handing import hand_over
from romyen.cases.actions.people import (
    add_note,
    add_person,
    edit_person,
    link_cases,
    remove_person,
    unlink_cases,
)
from romyen.cases.actions.referrals import answer_referral, disclose, refer, review_disclosure
from romyen.cases.actions.tasks import add_task, drop_task, finish_task
from romyen.cases.actions.transferring import hand_on, offer_transfer, pass_keys_on, receivers

__all__ = [
    "accept",
    "add_note",
    "add_person",
    "add_task",
    "answer_referral",
    "close_case",
    "correct_event",
    "decline",
    "disclose",
    "drop_task",
    "edit_person",
    "extend_deadline",
    "finish_task",
    "follow_survivor",
    "hand_on",
    "hand_over",
    "link_cases",
    "mark_not_applicable",
    "meet_deadline",
    "offer_transfer",
    "open_case",
    "pass_keys_on",
    "receivers",
    "record_event",
    "record_wish",
    "refer",
    "remove_person",
    "reopen",
    "review_disclosure",
    "set_flags",
    "unlink_cases",
    "withdraw",
]
