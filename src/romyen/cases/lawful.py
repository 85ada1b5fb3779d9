"""On what a referral rests: a consent that stands, else a lawful basis that fits."""

from dataclasses import dataclass
from datetime import date, datetime

from romyen import access
from romyen.cases.book import listed
from romyen.cases.models import Case
from romyen.partners.models import Partner
from romyen.rules.consent import (
    Claim,
    Permission,
    Standing,
    bases,
    basis,
    may_disclose,
)
from romyen.rules.refusals import refuse
from romyen.rules.spans import local_day
from romyen.survivors import queries as her
from romyen.survivors.ages import Age, age_for_rules
from romyen.survivors.models import Consent

PURPOSES = ("referral", "legal")
"""The purposes for which something is passed on by a referral."""


@dataclass(frozen=True)
class Ground:
    """The consent, or the basis with the hours within which a second person has to review."""

    consent: Consent | None = None
    basis: str = ""
    urgent: bool = False
    review_hours: int = 0


def recipient_kind(partner: Partner) -> str:
    """The kind of organisation that lawful bases speak of."""
    known = listed("recipient_kinds").items.get(partner.kind)
    return str(known.more["kind"]) if known else ""


def age_for(actor: access.Actor, case: Case, basis_code: str = "", *, now: datetime) -> Age:
    """Her age as far as consent, or this basis, asks for it.

    Opening a birth is a reading with an entry of its own: so it comes before the verb, whose
    transaction must not hold it, and only for whoever may refer.
    """
    access.require(actor, "case.refer", case.node, now=now)
    found = bases().get(basis_code)
    of_children = found is not None and found.child
    return age_for_rules(actor, case.survivor, of_children=of_children, now=now)


def standing_for(case: Case, partner: Partner, purpose: str, age: Age, *, on: date) -> Standing:
    """Where her consent stands on that day for this purpose and recipient."""
    recipient = str(partner.pk)
    return her.standing(case.survivor, age, purpose=purpose, recipient=recipient, on=on)


def ground_for(
    case: Case,
    partner: Partner,
    purpose: str,
    age: Age,
    *,
    basis_code: str = "",
    reason: str = "",
    now: datetime,
) -> Ground:
    """What the disclosure rests on, or the refusal that says what is missing."""
    if purpose not in PURPOSES:
        raise refuse("RY-LIST-UNKNOWN", field="purpose")
    claims, today = [Claim(basis_code, bool(reason.strip()))] if basis_code else [], local_day(now)
    found = may_disclose(
        her.consents_of(case.survivor),
        claims,
        purpose,
        str(partner.pk),
        today,
        wanted=age.wanted(today),
        minor=age.is_minor(today),
        recipient_kind=recipient_kind(partner),
    )
    if not found.allowed:
        raise _missing(basis_code, reason)
    if found.basis is None:
        return Ground(consent=_carrying(found))
    return Ground(
        basis=found.basis.code, urgent=found.basis.urgent, review_hours=found.review_hours
    )


def _carrying(found: Permission) -> Consent:
    return Consent.objects.get(pk=found.standing.which[-1].ref)


def _missing(basis_code: str, reason: str) -> Exception:
    if not basis_code:
        return refuse("RY-CASE-NO-CONSENT", field="basis")
    if not reason.strip():
        return refuse("RY-CASE-REASON", field="reason")
    basis(basis_code)
    return refuse("RY-CASE-BASIS-UNFIT", field="basis")
