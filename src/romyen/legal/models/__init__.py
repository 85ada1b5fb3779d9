"""What is kept of the law's course: proceedings, money, permits."""

from romyen.legal.models.money import Compensation, FundApplication, FundHead, FundStep, Payment
from romyen.legal.models.parties import Attendance, Party, Testimony
from romyen.legal.models.permits import Permit
from romyen.legal.models.proceedings import Charge, Hearing, Proceeding, Stage

__all__ = [
    "Attendance",
    "Charge",
    "Compensation",
    "FundApplication",
    "FundHead",
    "FundStep",
    "Hearing",
    "Party",
    "Payment",
    "Permit",
    "Proceeding",
    "Stage",
    "Testimony",
]
