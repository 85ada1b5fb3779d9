"""Whom a house takes in, and what whoever places somebody has to be warned of."""

from datetime import date

from romyen.shelters.models import Shelter
from romyen.shelters.words import licence_state, listed
from romyen.survivors.models import Survivor
from romyen.survivors.particulars import UNKNOWN_GENDER


def fits(shelter: Shelter, survivor: Survivor) -> bool:
    """Whether the house takes in someone like her, as far as her open facts say.

    What is not known fits: a warning that stands on nothing would not be read.
    """
    return not shelter.takes or any(_fits(code, survivor) for code in shelter.takes)


def _fits(code: str, survivor: Survivor) -> bool:
    item = listed("takes").items.get(code)
    if item is None:
        return False
    genders, age = item.more["gender"], item.more["age"]
    right_gender = not genders or survivor.gender in (*genders, UNKNOWN_GENDER)
    ages = {"yes": ("child",), "no": ("adult",)}.get(survivor.minor, ("child", "adult"))
    return right_gender and (age == "any" or age in ages)


def warnings(shelter: Shelter, survivor: Survivor, *, taken: int, today: date) -> list[str]:
    """The codes of what speaks against placing her there; a person decides all the same."""
    state = licence_state(shelter.licence_from, shelter.licence_until, today)
    found = {
        "full": taken >= shelter.capacity,
        "licence": state in ("ending", "over", "early"),
        "unfit": not fits(shelter, survivor),
    }
    return [code for code, warned in found.items() if warned]
