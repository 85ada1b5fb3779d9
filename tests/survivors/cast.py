"""Malee, whom the stories are about. Nobody in here exists."""

from romyen.rules.births import Birth
from romyen.rules.days import PartialDay
from romyen.survivors.particulars import Particulars

MALEE = Particulars(
    full_name="มาลี ใจดี",
    given_name="Malee",
    birth=Birth.known(PartialDay(2010, 5, 17)),
    gender="Feminine",
    nationalities=("TH",),
    languages=("th", "shn"),
    interpreter=True,
)
