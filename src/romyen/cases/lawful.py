"""On what a referral rests: a consent that stands, else a lawful basis that fits."""

from dataclasses import dataclass
from datetime import datetime

from romyen import access
from romyen.cases.book import listed
from romyen.cases.models import Case
from romyen.partners.models import Partner
from romyen.rules.consent import Claim, Permission, Standing, basis, may_disclose
from romyen.rules.refusals import refuse
from romyen.rules.spans import local_day
from romyen.survivors import queries as her
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


def standing_for(
    actor: access.Actor, case: Case, partner: Partner, purpose: str, *, now: datetime
) -> Standing:
    """Where her consent stands today for this purpose and recipient."""
    return her.standing(
        actor, case.survivor, purpose=purpose, recipient=str(partner.pk), on=local_day(now)
    )


def ground_for(
    actor: access.Actor,
    case: Case,
    partner: Partner,
    purpose: str,
    *,
    basis_code: str = "",
    reason: str = "",
    now: datetime,
) -> Ground:
    """What the disclosure rests on, or the refusal that says what is missing."""
    if purpose not in PURPOSES:
        raise refuse("RY-LIST-UNKNOWN", field="purpose")
    claims = [Claim(basis_code, bool(reason.strip()))] if basis_code else []
    found = may_disclose(
        her.consents_of(case.survivor),
        claims,
        purpose,
        str(partner.pk),
        local_day(now),
        birth=her.birth_for_rules(actor, case.survivor),
        recipient_kind=recipient_kind(partner),
    )
    if found.allowed and found.basis is None:
        return Ground(consent=_carrying(found))
    if found.allowed and found.basis and not _child_only_of_adult(found, case):
        return Ground(
            basis=found.basis.code, urgent=found.basis.urgent, review_hours=found.review_hours
        )
    raise _missing(basis_code, reason)


def _carrying(found: Permission) -> Consent:
    return Consent.objects.get(pk=found.standing.which[-1].ref)


def _child_only_of_adult(found: Permission, case: Case) -> bool:
    """A basis for children, and she is none by her record, whoever asks (a birth may be sealed)."""
    return bool(found.basis and found.basis.child and case.survivor.minor == "no")


def _missing(basis_code: str, reason: str) -> Exception:
    if not basis_code:
        return refuse("RY-CASE-NO-CONSENT", field="basis")
    if not reason.strip():
        return refuse("RY-CASE-REASON", field="reason")
    basis(basis_code)
    return refuse("RY-CASE-BASIS-UNFIT", field="basis")
