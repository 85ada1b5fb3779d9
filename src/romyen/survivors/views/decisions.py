"""Identification, consent and screening: what was decided, agreed and told."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from romyen import access
from romyen.access.sending import begun, sent, shown
from romyen.partners import queries as partners
from romyen.rules.ladder import choices
from romyen.rules.refusals import refuse
from romyen.rules.spans import local_day
from romyen.survivors import actions, queries, reading
from romyen.survivors.forms.decisions import (
    ConsentForm,
    IdentifyForm,
    WithdrawForm,
    purpose_label,
)
from romyen.survivors.forms.screening import ScreeningForm
from romyen.survivors.views.addresses import page_of
from romyen.survivors.views.editing import permitted


def identify(request: HttpRequest, ref: str) -> HttpResponse:
    """Record a step on the ladder; ``?correct=1`` undoes a mistake in the step before.

    Where no step can follow (someone is identified formally), only a correction is offered.
    """
    reader, now = access.open(request), access.clock()
    survivor = permitted(reader, ref, "survivor.identify", now)
    history = [step.step for step in survivor.identifications.all()]
    correcting = bool(history) and ("correct" in request.GET or not choices(history))
    known = list(partners.offered(reader, now=now))
    form = begun(
        request,
        IdentifyForm(request.POST or None, history=history, partners=known, correcting=correcting),
    )

    def take() -> str:
        facts = form.decided()
        actions.identify(survivor, **facts, corrects=correcting, actor=reader, now=now)
        return page_of(survivor, "identification")

    context = {"survivor": survivor, "correcting": correcting, "may_correct": bool(history)}
    return sent(request, form, take, say=gettext("Saved.")) or shown(
        request, "survivors/identify.html", form, **context
    )


def give_consent(request: HttpRequest, ref: str) -> HttpResponse:
    """Record a consent; ``?purpose=`` and ``?recipient=`` are filled in already."""
    reader, now = access.open(request), access.clock()
    survivor = permitted(reader, ref, "survivor.consent", now)
    known = list(partners.offered(reader, now=now))
    asked = {name: request.GET[name] for name in ("purpose", "recipient") if name in request.GET}
    form = begun(
        request,
        ConsentForm(
            request.POST or None,
            partners=known,
            conflict=survivor.guardian_in_conflict,
            initial={"giver": "herself", "given_on": local_day(now), **asked},
        ),
    )

    def take() -> str:
        actions.give_consent(survivor, **form.agreed(), actor=reader, now=now)
        return page_of(survivor, "consent")

    context: dict[str, Any] = {"survivor": survivor}
    return sent(request, form, take, say=gettext("Saved.")) or shown(
        request, "survivors/consent.html", form, **context
    )


def withdraw_consent(request: HttpRequest, ref: str, part_ref: str) -> HttpResponse:
    """One press and a confirmation: sharing on this consent stops at once."""
    reader, now = access.open(request), access.clock()
    survivor = permitted(reader, ref, "survivor.consent", now)
    consent = queries.part(reader, "consent", part_ref, of=survivor, now=now)
    if consent.withdrawn_on:
        raise refuse("RY-SURVIVOR-CONSENT-OVER")
    form = begun(request, WithdrawForm(request.POST or None))

    def take() -> str:
        reason = form.cleaned_data["reason"]
        actions.withdraw_consent(consent, reason=reason, actor=reader, now=now)
        return page_of(survivor, "consent")

    context = {
        "survivor": survivor,
        "consent": consent,
        "purpose": purpose_label(consent.purpose),
    }
    said = gettext("Withdrawn. Nothing more may be shared on it.")
    return sent(request, form, take, say=said) or shown(
        request, "survivors/withdraw.html", form, **context
    )


def screen(request: HttpRequest, ref: str) -> HttpResponse:
    """Write down a screening talk."""
    reader, now = access.open(request), access.clock()
    survivor = permitted(reader, ref, "survivor.screen", now)
    form = begun(request, ScreeningForm(request.POST or None))

    def take() -> str:
        data = form.cleaned_data
        about = {name: data[name] for name in ("began", "interpreter", "words")}
        screening = actions.screen(survivor, form.marks(), **about, actor=reader, now=now)
        return f"{page_of(survivor)}/screenings/{screening.pk}"

    said = gettext("Saved. Below is what it means; nothing is decided by it.")
    return sent(request, form, take, say=said) or shown(
        request, "survivors/screen.html", form, survivor=survivor
    )


def screening(request: HttpRequest, ref: str, part_ref: str) -> HttpResponse:
    """What a screening touches, said in words with its evidence; never a score."""
    reader, now = access.open(request), access.clock()
    survivor = queries.survivor(reader, ref, now=now)
    talk = queries.part(reader, "screening", part_ref, of=survivor, now=now)
    result = queries.result(reader, talk, purpose="screening", now=now)
    context = {
        "survivor": survivor,
        "screening": talk,
        "words": result.words,
        **reading.explained(result),
    }
    return render(request, "survivors/screening.html", context)
