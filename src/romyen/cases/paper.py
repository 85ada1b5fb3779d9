"""The sheet of a referral in Thai and in English: only the chosen facts, and on what ground."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext, override

from romyen.access import CLOSED, Opened
from romyen.cases.models import Case
from romyen.cases.panels import ground_of
from romyen.cases.queries import Sheet
from romyen.cases.words import label, language
from romyen.pages.era import written_day
from romyen.pages.templatetags.pages import shown
from romyen.rules.births import Birth
from romyen.rules.consent import basis
from romyen.rules.spans import local_day
from romyen.survivors.listed import (
    exploitation,
    genders,
    listed,
    nationalities,
)
from romyen.survivors.queries import NAMES, called

type Row = dict[str, Any]


def printed(sheet: Sheet, case: Case, tongue: str, now: datetime) -> Row:
    """One half of the sheet, in ``th`` or ``en``: rows of key and value."""
    with override(tongue):
        referral = sheet.referral
        rows = [
            {"key": label("referral_facts", code), "value": _FACTS[code](sheet, case)}
            for code in referral.shown
        ]
        return {
            "tongue": tongue,
            "title": gettext("Referral"),
            "head": _head(sheet, case, now),
            "facts": [{**row, "value": shown(_line(row["value"]))} for row in rows],
            "request": sheet.request,
            "request_title": gettext("What we ask for"),
            "ground_title": gettext("On what ground"),
            "ground": _ground(sheet),
            "confidential": gettext(
                "Confidential. For the recipient and the stated purpose only. "
                "Do not copy, publish or pass on. Publishing who the person is may be an offence."
            ),
            "fictional": gettext("Fictional data: nobody in here exists"),
        }


def _head(sheet: Sheet, case: Case, now: datetime) -> list[Row]:
    referral = sheet.referral
    purpose = listed("consent_purposes").label(referral.purpose, language())
    service = label("services", referral.service) if referral.service else ""
    return [
        {"key": gettext("Code"), "value": case.node.code, "code": True},
        {"key": gettext("Date"), "value": written_day(local_day(now))},
        {"key": gettext("To"), "value": referral.partner.name},
        {"key": gettext("What for?"), "value": ", ".join(one for one in (purpose, service) if one)},
    ]


def _ground(sheet: Sheet) -> str:
    referral = sheet.referral
    if referral.consent:
        day = written_day(referral.consent.given_on)
        return gettext("With consent given on %(day)s") % {"day": day}
    found = basis(referral.basis)
    words = gettext("Without consent: %(basis)s (%(where)s)")
    return words % {"basis": found.label(language()), "where": ground_of(found)}


def _line(value: Any) -> Any:
    """Several texts as one; a closed value stays closed, nothing stays nothing."""
    if isinstance(value, list):
        if any(part is CLOSED for part in value):
            return CLOSED
        return "; ".join(str(part) for part in value if part) or None
    return value


def _name(sheet: Sheet, _case: Case) -> Opened:
    return called({name: sheet.survivor.get(name) for name in NAMES})


def _birth(sheet: Sheet, _case: Case) -> Any:
    text = sheet.survivor.get("birth")
    if not isinstance(text, str):
        return text
    birth = Birth.from_text(text)
    if birth.day is not None:
        return written_day(birth.day)
    youngest, oldest, on = birth.typed
    words = gettext("about %(youngest)s to %(oldest)s years old on %(day)s")
    day = written_day(datetime.fromisoformat(on).date())
    return words % {"youngest": youngest, "oldest": oldest, "day": day}


def _languages(sheet: Sheet, case: Case) -> Any:
    text = sheet.survivor.get("languages")
    if text is CLOSED:
        return CLOSED
    spoken = json.loads(text) if isinstance(text, str) else []
    words = [listed("languages").label(code, language()) for code in spoken]
    if case.survivor.interpreter:
        words.append(gettext("needs an interpreter"))
    return words


def _content(values: list[Opened], list_name: str, text: str) -> list[Any]:
    """Parts that are kept as JSON: their kind and text."""
    shown: list[Any] = []
    for value in values:
        if not isinstance(value, str):
            shown.append(value)
            continue
        said = json.loads(value)
        kind = listed(list_name).label(said.get("kind", ""), language())
        shown.append(f"{kind}: {said.get(text, '')}".strip(": "))
    return shown


def _safe_contact(sheet: Sheet, _case: Case) -> Any:
    text = sheet.survivor.get("safe_contact")
    if not isinstance(text, str):
        return text
    said = json.loads(text)
    words = {
        "not_before": gettext("never before %(value)s"),
        "not_after": gettext("never after %(value)s"),
        "way": "%(value)s",
        "say": gettext("say: %(value)s"),
        "beware": gettext("beware: %(value)s"),
    }
    if said.get("way"):
        said["way"] = listed("contact_kinds").label(said["way"], language())
    return [words[name] % {"value": said[name]} for name in words if said.get(name)]


_FACTS: dict[str, Callable[[Sheet, Case], Any]] = {
    "name": _name,
    "other_names": lambda sheet, _case: _content(sheet.names, "name_kinds", "text"),
    "birth": _birth,
    "gender": lambda _sheet, case: genders().label(case.survivor.gender, language()),
    "nationalities": lambda _sheet, case: [
        nationalities().label(code, language()) for code in case.survivor.nationalities
    ],
    "languages": _languages,
    "contacts": lambda sheet, _case: _content(sheet.contacts, "contact_kinds", "value"),
    "safe_contact": _safe_contact,
    "documents": lambda sheet, _case: _content(sheet.documents, "document_kinds", "number"),
    "status": lambda _sheet, case: listed("identification_statuses").label(
        case.survivor.status, language()
    ),
    "exploitation": lambda _sheet, case: [
        exploitation().label(code, language()) for code in case.survivor.exploitation
    ],
    "alerts": lambda sheet, _case: _content(sheet.alerts, "alert_kinds", "text"),
    "manager": lambda _sheet, case: case.manager.name,
}
"""Fact of a referral → its words; the list of facts is ``data/lists.yaml``, a test compares."""
