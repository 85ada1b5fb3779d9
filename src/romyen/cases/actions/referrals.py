"""Referrals: what is passed on, to whom, on her consent or on another lawful basis."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from romyen import access
from romyen.cases.actions.ground import log, require_work, worded
from romyen.cases.book import listed
from romyen.cases.lawful import Ground, ground_for
from romyen.cases.models import Case, Referral
from romyen.cases.queries.papers import reviewers
from romyen.cases.versions import take_version
from romyen.notices.actions import notify
from romyen.partners.models import Partner
from romyen.rules.refusals import refuse
from romyen.survivors.ages import Age, age_in_the_open

MOVES: dict[str, frozenset[str]] = {
    "waiting": frozenset({"accepted", "declined", "withdrawn"}),
    "accepted": frozenset({"done", "declined", "withdrawn"}),
    "declined": frozenset(),
    "done": frozenset(),
    "withdrawn": frozenset(),
}
"""Where a referral may go from each state."""


def refer(
    case: Case,
    *,
    partner: Partner,
    shown: Sequence[str],
    purpose: str = "referral",
    service: str = "",
    request: str = "",
    basis: str = "",
    reason: str = "",
    age: Age | None = None,
    actor: access.Actor,
    now: datetime,
) -> Referral:
    """Refer to a partner, passing on the chosen facts and no others.

    Rests on a consent that stands for this purpose and recipient; else on ``basis``, a lawful
    basis with its reason, which a second person reviews afterwards: nothing waits for that
    review. ``age`` is what was opened of it (``lawful.age_for``); without it the open facts
    count, in her favour. Refuses with ``RY-CASE-NO-CONSENT``, ``RY-CASE-REASON``,
    ``RY-CASE-BASIS-UNFIT``, ``RY-CASE-NO-FACTS``, ``RY-CASE-PARTNER`` or ``RY-LIST-UNKNOWN``.
    """
    with transaction.atomic():
        _require_sharing(actor, case, now)
        _check(partner, shown, service)
        known = age or age_in_the_open(case.survivor)
        ground = ground_for(case, partner, purpose, known, basis_code=basis, reason=reason, now=now)
        referral = Referral(
            case=case,
            partner=partner,
            purpose=purpose,
            service=service,
            shown=list(dict.fromkeys(shown)),
            consent=ground.consent,
            basis=ground.basis,
            urgent=ground.urgent,
            made_at=now,
            made_by=actor.id,
            state_at=now,
            review_due=now + timedelta(hours=ground.review_hours) if ground.basis else None,
        )
        words = {"request": request.strip(), "reason": reason.strip() if ground.basis else ""}
        access.seal(referral, actor=actor, now=now, **words)
        referral.save(force_insert=True)
        _ask_for_review(referral, now)
        log(actor, "case.refer", case, now=now, **_entry(referral, ground))
    return referral


def _require_sharing(actor: access.Actor, case: Case, now: datetime) -> None:
    """Work on the case, and nothing of a record that was entered in error."""
    require_work(actor, case, now=now, verb="case.refer")
    if case.survivor.void:
        raise refuse("RY-SURVIVOR-VOID")


def _check(partner: Partner, shown: Sequence[str], service: str) -> None:
    if not partner.active:
        raise refuse("RY-CASE-PARTNER", field="partner")
    if not shown:
        raise refuse("RY-CASE-NO-FACTS", field="shown")
    for code in shown:
        listed("referral_facts").item(code, field="shown")
    if service:
        listed("services").item(service, field="service")


def _entry(referral: Referral, ground: Ground) -> dict[str, object]:
    return {
        "referral": referral.pk,
        "partner": referral.partner_id,
        "shown": referral.shown,
        "consent": referral.consent_id or "",
        "basis": ground.basis,
    }


def _ask_for_review(referral: Referral, now: datetime) -> None:
    """Tell those who may review, the maker apart, that a disclosure without consent waits."""
    if not referral.basis:
        return
    others = {member.pk for member in reviewers(referral, now=now)}
    notify(others, "disclosure.review", subject=str(referral.case_id), now=now)


def disclose(
    referral: Referral, *, age: Age | None = None, actor: access.Actor, now: datetime
) -> Referral:
    """Open the sheet: what was chosen may now be shown and printed, and the log says so.

    A consent that was withdrawn or has expired since then refuses with ``RY-CASE-NO-CONSENT``.
    The caller reveals afterwards, outside the transaction.
    """
    with transaction.atomic():
        _require_sharing(actor, referral.case, now)
        if referral.state in ("declined", "withdrawn"):
            raise refuse("RY-CASE-REFERRAL-STATE")
        if not referral.basis:
            known = age or age_in_the_open(referral.case.survivor)
            ground_for(referral.case, referral.partner, referral.purpose, known, now=now)
        if referral.disclosed_at is None:
            referral.disclosed_at = now
            referral.save(update_fields=["disclosed_at"])
        log(
            actor,
            "case.disclose",
            referral.case,
            now=now,
            referral=referral.pk,
            partner=referral.partner_id,
            shown=referral.shown,
        )
    return referral


def answer_referral(
    referral: Referral, *, state: str, expected: int, actor: access.Actor, now: datetime
) -> Referral:
    """Write down what became of a referral: accepted, declined, done, withdrawn."""
    with transaction.atomic():
        require_work(actor, referral.case, now=now, verb="case.refer")
        listed("referral_outcomes").item(state, field="state")
        take_version(referral, expected)
        if state not in MOVES[referral.state]:
            raise refuse("RY-CASE-REFERRAL-STATE", field="state")
        referral.state, referral.state_at = state, now
        referral.save(update_fields=["state", "state_at"])
        log(actor, "case.referral", referral.case, now=now, referral=referral.pk, state=state)
    return referral


def review_disclosure(
    referral: Referral, *, finding: str, words: str, actor: access.Actor, now: datetime
) -> Referral:
    """The second person has looked at a disclosure without consent. Never whoever made it.

    Possible on a closed case too, and after the time was missed.
    """
    with transaction.atomic():
        access.require(actor, "case.review", referral.case.node, now=now)
        if referral.made_by == actor.id:
            raise refuse("RY-ACCESS-SELF")
        listed("review_findings").item(finding, field="finding")
        words = worded(words, field="words")
        waiting = Referral.objects.filter(pk=referral.pk, reviewed_at=None).exclude(basis="")
        if not waiting.update(reviewed_at=now, reviewed_by=actor.id, finding=finding):
            raise refuse("RY-CASE-REVIEWED")
        referral.reviewed_at, referral.reviewed_by, referral.finding = now, actor.id, finding
        access.seal(referral, actor=actor, now=now, review_words=words)
        referral.save(update_fields=["review_words"])
        log(actor, "case.review", referral.case, now=now, referral=referral.pk, finding=finding)
    return referral
