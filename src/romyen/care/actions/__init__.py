"""What may be done in care. Each verb owns its write."""

from romyen.care.actions.appointments import make_appointment, settle_appointment
from romyen.care.actions.follow_ups import plan_follow_ups, record_follow_up
from romyen.care.actions.helping import record_service
from romyen.care.actions.measures import record_measure
from romyen.care.actions.plan import review_goal, rewrite_goal, set_goal
from romyen.care.actions.sessions import record_session
from romyen.care.actions.striking import strike

__all__ = [
    "make_appointment",
    "plan_follow_ups",
    "record_follow_up",
    "record_measure",
    "record_service",
    "record_session",
    "review_goal",
    "rewrite_goal",
    "set_goal",
    "settle_appointment",
    "strike",
]
