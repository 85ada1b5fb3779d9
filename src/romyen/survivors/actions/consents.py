"""Consent: given for one purpose to one recipient, withdrawn at once."""

from datetime import date, datetime

from django.db import transaction

from romyen import access
from romyen.access import Actor
from romyen.partners.models import Partner
from romyen.rules.refusals import refuse
from romyen.rules.spans import local_day
from romyen.survivors.actions.opening import may, written
from romyen.survivors.listed import check_language, listed
from romyen.survivors.models import Consent, Survivor
from romyen.survivors.particulars import tidy


def give_consent(
    survivor: Survivor,
    *,
    purpose: str,
    partner: Partner | None = None,
    giver: str,
    guardian: str = "",
    way: str,
    language: str = "",
    limits: str = "",
    given_on: date,
    expires_on: date | None = None,
    actor: Actor,
    now: datetime,
) -> Consent:
    """Record a consent as it was given; no ``partner`` means this organisation.

    A guardian who consents is named. Refuses with ``RY-SURVIVOR-CONSENT-…`` beside the field.
    """
    with transaction.atomic():
        may(actor, "survivor.consent", survivor, now=now)
        _check_codes(purpose, giver, way, language)
        _check_days(given_on, expires_on, today=local_day(now))
        if giver != "herself" and not tidy(guardian):
            raise refuse("RY-SURVIVOR-CONSENT-GUARDIAN", field="guardian")
        consent = Consent(
            survivor=survivor,
            at=now,
            by=actor.id,
            purpose=purpose,
            partner=partner,
            giver=giver,
            way=way,
            language=language,
            given_on=given_on,
            expires_on=expires_on,
        )
        named = tidy(guardian) if giver != "herself" else None
        access.seal(consent, actor=actor, now=now, guardian=named, limits=tidy(limits))
        consent.save(force_insert=True)
        about = {"consent": consent.pk, "purpose": purpose, "recipient": consent.recipient}
        written(actor, "survivor.consent", survivor, now=now, **about)
    return consent


def _check_codes(purpose: str, giver: str, way: str, language: str) -> None:
    listed("consent_purposes").item(purpose, field="purpose")
    listed("consent_givers").item(giver, field="giver")
    listed("consent_ways").item(way, field="way")
    if language:
        check_language(language, field="language")


def _check_days(given_on: date, expires_on: date | None, *, today: date) -> None:
    if given_on > today:
        raise refuse("RY-SURVIVOR-CONSENT-FUTURE", field="given_on")
    if expires_on is not None and expires_on < given_on:
        raise refuse("RY-SURVIVOR-CONSENT-EXPIRY", field="expires_on")


def withdraw_consent(
    consent: Consent,
    *,
    reason: str = "",
    on: date | None = None,
    actor: Actor,
    now: datetime,
) -> Consent:
    """Withdraw a consent: it stops standing at once. No reason has to be given.

    ``on`` is the day on which she said so, today unless told otherwise.
    """
    with transaction.atomic():
        may(actor, "survivor.consent", consent.survivor, now=now)
        day = on or local_day(now)
        if day > local_day(now):
            raise refuse("RY-SURVIVOR-CONSENT-FUTURE", field="on")
        if day < consent.given_on:
            raise refuse("RY-SURVIVOR-CONSENT-EARLY", field="on")
        if not Consent.objects.filter(pk=consent.pk, withdrawn_on=None).update(
            withdrawn_on=day, withdrawn_at=now, withdrawn_by=actor.id
        ):
            raise refuse("RY-SURVIVOR-CONSENT-OVER")
        consent.refresh_from_db()
        access.seal(consent, actor=actor, now=now, withdrawal=tidy(reason))
        consent.save(update_fields=["withdrawal"])
        about = {"consent": consent.pk, "purpose": consent.purpose, "recipient": consent.recipient}
        written(actor, "survivor.withdraw", consent.survivor, now=now, **about)
    return consent
