"""The verbs of the legal file."""

from romyen.legal.actions.course import (
    change_charge,
    change_hearing,
    charge,
    move_hearing,
    plan_hearing,
)
from romyen.legal.actions.ground import strike
from romyen.legal.actions.money import (
    apply_to_fund,
    ask_fund_for,
    change_compensation,
    change_fund,
    change_fund_head,
    compensate,
    pay,
    step_of_fund,
)
from romyen.legal.actions.parties import (
    attend,
    change_attendance,
    change_party,
    change_testimony,
    join,
    testify_early,
)
from romyen.legal.actions.permits import change_permit, record_permit, renew_permit
from romyen.legal.actions.proceedings import begin, edit, reach_stage

__all__ = [
    "apply_to_fund",
    "ask_fund_for",
    "attend",
    "begin",
    "change_attendance",
    "change_charge",
    "change_compensation",
    "change_fund",
    "change_fund_head",
    "change_hearing",
    "change_party",
    "change_permit",
    "change_testimony",
    "charge",
    "compensate",
    "edit",
    "join",
    "move_hearing",
    "pay",
    "plan_hearing",
    "reach_stage",
    "record_permit",
    "renew_permit",
    "step_of_fund",
    "strike",
    "testify_early",
]
