"""Referring, step by step: recipient, facts and ground, sheet, answer, review."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from romyen import access
from romyen.access import Reader
from romyen.cases import actions, panels, queries
from romyen.cases.actions.referrals import MOVES
from romyen.cases.forms import (
    AnswerForm,
    PurposeForm,
    RecipientForm,
    ReferralForm,
    ReviewForm,
)
from romyen.cases.lawful import PURPOSES, age_for, standing_for
from romyen.cases.models import Case, Referral
from romyen.cases.paper import printed
from romyen.cases.views.saving import address, begun, renew_version, saved, shown
from romyen.cases.views.work import working
from romyen.cases.words import label, language
from romyen.partners import queries as partners
from romyen.rules.refusals import refuse
from romyen.rules.spans import local_day
from romyen.survivors.listed import listed as of_survivors

SEALED = ("request", "reason", "review_words")


def recipient(request: HttpRequest, ref: str) -> HttpResponse:
    """First step: to whom and what for. Nothing is written yet."""
    reader, case, now = working(request, ref, "case.refer")
    offered = partners.offered(reader, now=now)
    chosen = request.GET if "partner" in request.GET else None
    form = RecipientForm(chosen, partners=offered, initial={"purpose": "referral"})
    if form.is_valid():
        step = reverse("cases:refer-facts", args=[ref, form.cleaned_data["partner"]])
        given = {name: form.cleaned_data[name] for name in ("purpose", "service")}
        return HttpResponseRedirect(f"{step}?{urlencode(given)}")
    may_add = access.can(reader, "partner.record", now=now)
    heading = gettext("Refer to another organisation")
    return shown(request, case, form, heading, template="cases/refer_to.html", may_add=may_add)


def facts(request: HttpRequest, ref: str, partner_ref: str) -> HttpResponse:
    """Second step: what is passed on, and on what ground where there is no consent."""
    reader, case, now = working(request, ref, "case.refer")
    partner = partners.partner(reader, partner_ref, now=now)
    purpose, service = request.GET.get("purpose", ""), request.GET.get("service", "")
    if purpose not in PURPOSES:
        raise refuse("RY-LIST-UNKNOWN", field="purpose")
    age = age_for(reader, case, request.POST.get("basis", ""), now=now)
    standing = standing_for(case, partner, purpose, age, on=local_day(now))
    consented = standing.state == "given"
    form = ReferralForm(request.POST or None, consented=consented, purpose=purpose)
    begun(request, form)

    def act() -> str:
        made = actions.refer(
            case,
            partner=partner,
            purpose=purpose,
            service=service,
            **form.cleaned_data,
            age=age,
            actor=reader,
            now=now,
        )
        return reverse("cases:referral", args=[ref, made.pk])

    said = gettext("The referral is written down. Open the sheet to pass it on.")
    context = {
        "partner": partner,
        "purpose": of_survivors("consent_purposes").label(purpose, language()),
        "service": label("services", service) if service else "",
        "standing": standing,
        "consented": consented,
    }
    heading = gettext("What is passed on")
    return saved(request, form, act, say=said) or shown(
        request, case, form, heading, template="cases/refer_facts.html", **context
    )


def _read(
    request: HttpRequest, ref: str, referral_ref: str
) -> tuple[Reader, Case, Referral, datetime]:
    reader, now = access.open(request), access.clock()
    case = queries.case(reader, ref, now=now)
    rows = Referral.objects.select_related("partner", "consent")
    row = queries.part(reader, rows, ref, referral_ref, now=now)
    return reader, case, row, now


def referral_page(request: HttpRequest, ref: str, referral_ref: str) -> HttpResponse:
    """One referral; a POST with a purpose opens its words."""
    reader, case, row, now = _read(request, ref, referral_ref)
    form, opened = PurposeForm(request.POST or None), {}
    if form.is_valid():
        purpose = form.cleaned_data["purpose"]
        opened = access.reveal(reader, [row], SEALED, purpose=purpose, now=now)[row.pk]
    decide = {
        name: bool(access.decide(reader, f"case.{name}", case.node, now=now))
        for name in ("refer", "review")
    }
    one = panels.referral(row, now)
    context = {
        "case": case,
        "one": one,
        "nobody_else": one["review_waits"] and not queries.reviewers(row, now=now),
        "facts": _facts(row, opened, now),
        "lapsed": _lapsed(row, now),
        "form": form,
        "opened": bool(opened),
        "may_disclose": decide["refer"]
        and case.is_open
        and row.state not in ("declined", "withdrawn"),
        "may_answer": decide["refer"] and case.is_open and bool(MOVES[row.state]),
        "may_review": decide["review"]
        and bool(row.review_due)
        and not row.reviewed_at
        and row.made_by != reader.id,
    }
    return render(request, "cases/referral.html", context)


def _lapsed(row: Referral, now: datetime) -> str:
    """What has become of the consent that this rests on, where it no longer stands."""
    if row.consent is None:
        return ""
    if row.consent.withdrawn_on:
        return gettext("Consent withdrawn")
    ended = row.consent.expires_on and row.consent.expires_on < local_day(now)
    return gettext("Consent has expired") if ended else ""


def _facts(row: Referral, opened: dict[str, Any], now: datetime) -> list[dict[str, Any]]:
    names = access.names_of([row.made_by, row.reviewed_by])
    one = panels.referral(row, now)
    purpose = of_survivors("consent_purposes").label(row.purpose, language())
    found = [
        {"key": gettext("What for?"), "value": purpose},
        {"key": gettext("Which help?"), "value": one["service"]},
        {"key": gettext("What may be passed on?"), "value": ", ".join(one["facts"])},
        {"key": gettext("What do we ask for?"), "value": opened.get("request", row.request)},
        {"key": gettext("Written down"), "value": row.made_at},
        {"key": gettext("Written down by"), "value": names.get(row.made_by, "")},
        {"key": gettext("Sheet first opened"), "value": row.disclosed_at},
    ]
    if not row.basis:
        given = row.consent.given_on if row.consent else None
        return [*found, {"key": gettext("Consent given on"), "value": given}]
    return [
        *found,
        {"key": gettext("Lawful basis"), "value": one["basis"]},
        {"key": gettext("Where it stands"), "value": one["section"]},
        {
            "key": gettext("Why it is needed without consent"),
            "value": opened.get("reason", row.reason),
        },
        {"key": gettext("Review by a second person until"), "value": row.review_due},
        *_reviewed(row, one["finding"], names, opened),
    ]


def _reviewed(
    row: Referral, finding: str, names: dict[str, str], opened: dict[str, Any]
) -> list[dict[str, Any]]:
    if not row.reviewed_at:
        return []
    return [
        {"key": gettext("Reviewed"), "value": row.reviewed_at},
        {"key": gettext("Reviewed by"), "value": names.get(row.reviewed_by, "")},
        {"key": gettext("What was found"), "value": finding},
        {
            "key": gettext("Words of the review"),
            "value": opened.get("review_words", row.review_words),
        },
    ]


@require_POST
def sheet(request: HttpRequest, ref: str, referral_ref: str) -> HttpResponse:
    """Open the printable sheet: an act of disclosure, on the log before anything opens."""
    reader, case, row, now = _read(request, ref, referral_ref)
    age = age_for(reader, case, now=now)
    actions.disclose(row, age=age, actor=reader, now=now)
    opened = queries.sheet(reader, row, now=now)
    context = {
        "case": case,
        "referral": row,
        "tongues": [printed(opened, case, tongue, now) for tongue in ("th", "en")],
    }
    return render(request, "cases/sheet.html", context)


def answer(request: HttpRequest, ref: str, referral_ref: str) -> HttpResponse:
    """What became of a referral."""
    reader, case, now = working(request, ref, "case.refer")
    row = queries.part(
        reader, Referral.objects.select_related("partner"), ref, referral_ref, now=now
    )
    form = AnswerForm(
        request.POST or None, states=MOVES[row.state], initial={"version": row.version}
    )
    begun(request, form)

    def act() -> str:
        given = form.cleaned_data
        expected = given["version"] or 0
        actions.answer_referral(row, state=given["state"], expected=expected, actor=reader, now=now)
        return address(case)

    heading = gettext("Referral to %(partner)s") % {"partner": row.partner.name}
    if done := saved(request, form, act):
        return done
    renew_version(form, Referral.objects.get(pk=row.pk).version)
    return shown(request, case, form, heading)


def review(request: HttpRequest, ref: str, referral_ref: str) -> HttpResponse:
    """The second person looks at a disclosure without consent."""
    reader, case, row, now = _read(request, ref, referral_ref)
    access.require(reader, "case.review", case.node, now=now)
    if row.made_by == reader.id:
        raise refuse("RY-ACCESS-SELF")
    if not row.basis or row.reviewed_at:
        raise refuse("RY-CASE-REVIEWED")
    form = begun(request, ReviewForm(request.POST or None))

    def act() -> str:
        actions.review_disclosure(row, **form.cleaned_data, actor=reader, now=now)
        return reverse("cases:referral", args=[ref, referral_ref])

    heading = gettext("Review this disclosure")
    one = panels.referral(row, now)
    before = f"{row.partner.name}: {one['basis']} ({one['section']})"
    return saved(request, form, act) or shown(request, case, form, heading, before=before)
