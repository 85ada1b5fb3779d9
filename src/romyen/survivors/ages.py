"""What a rule may know of her age, and when her birth has to be opened for that.

Whether she had reached ten, and whether she was of age, stands open as of her registration, and
neither is ever undone: nobody grows younger. Only for whoever was still below is the birth
opened, with a read entry like any other reading.
"""

from dataclasses import dataclass
from datetime import date, datetime

from romyen import access
from romyen.rules import consent as rule
from romyen.rules.births import Birth, minor_on
from romyen.survivors.models import Survivor

PURPOSE = "consent_rule"


@dataclass(frozen=True)
class Age:
    """Her birth where it was opened, else what her record says in the open."""

    birth: Birth | None
    consent_age: str
    minor: str

    def wanted(self, on: date) -> rule.Needs | None:
        """Whose consent is needed on that day. What stays closed is taken for a child's."""
        if self.birth is not None:
            return rule.needs(self.birth, on)
        if self.consent_age == "reached":
            return rule.HERSELF if self.minor == "no" else rule.YOUNG
        return rule.BOTH if self.consent_age else None

    def is_minor(self, on: date) -> bool:
        """Whether she is a child on that day, or presumed one."""
        if self.birth is not None and self.birth.earliest <= on:
            return minor_on(self.birth, on) != "no"
        return self.minor != "no"


def age_in_the_open(person: Survivor, birth: Birth | None = None) -> Age:
    """What her record says without opening anything; ``birth`` if it was opened already."""
    return Age(birth, person.consent_age, person.minor)


def open_for_consent(person: Survivor) -> list[Survivor]:
    """The rows of which the consent rule has to open the birth: hers, or none."""
    below = person.consent_age in ("under", "doubt")
    return [person] if below and person.birth is not None else []


def age_for_rules(
    actor: access.Actor, person: Survivor, *, of_children: bool = False, now: datetime
) -> Age:
    """Her age for a rule; her birth is opened only where the open columns do not answer.

    ``of_children``: the rule also asks whether she is still a child. One read entry where it is
    opened, so never inside a transaction.
    """
    asked = of_children and person.minor != "no" and person.birth is not None
    rows = [person] if asked else open_for_consent(person)
    if not rows:
        return age_in_the_open(person)
    opened = access.reveal(actor, rows, ["birth"], purpose=PURPOSE, now=now)[person.pk]["birth"]
    return age_in_the_open(person, born(opened))


def born(opened: access.Opened) -> Birth | None:
    """The birth that was revealed, or None: nothing recorded, or closed."""
    return Birth.from_text(opened) if isinstance(opened, str) else None
