"""The tables of the case file. Every part hangs on its case's node and is sealed under it."""

from romyen.cases.models.file import Case, Link, Turn
from romyen.cases.models.flags import Flag
from romyen.cases.models.law import Deadline, Event, Task
from romyen.cases.models.offers import Offer
from romyen.cases.models.people import Note, Person
from romyen.cases.models.referrals import Referral

__all__ = [
    "Case",
    "Deadline",
    "Event",
    "Flag",
    "Link",
    "Note",
    "Offer",
    "Person",
    "Referral",
    "Task",
    "Turn",
]
