"""What the pages say: records as rows, tags and timelines in the reader's language."""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_noop as _

from romyen.access import CLOSED, names_of
from romyen.pages.era import written_day
from romyen.pages.templatetags.pages import shown
from romyen.rules.births import Birth, methods
from romyen.rules.consent import OURSELVES
from romyen.rules.days import PartialDay
from romyen.rules.ladder import organisations, statuses
from romyen.rules.likeness import reason_words
from romyen.rules.lists import CodeList
from romyen.rules.screening import KIND_WORDS, Element, Finding
from romyen.rules.screening import label as indicator_words
from romyen.rules.spans import local_day
from romyen.survivors.known import Likely
from romyen.survivors.listed import exploitation, genders, listed, nationalities
from romyen.survivors.models import Identification, Survivor
from romyen.survivors.particulars import Particulars, SafeContact
from romyen.survivors.queries import Agreed, Belonging, File, Result, Warned

STATUS_COLOURS = {
    "possible": "yellow",
    "presumed": "orange",
    "identified": "green",
    "not_victim": "grey",
}
STANDING_COLOURS = {
    "given": "green",
    "none": "grey",
    "expired": "yellow",
    "withdrawn": "red",
    "guardian_in_conflict": "red",
    "giver_missing": "orange",
}
MINOR_WORDS = {
    "yes": _("Child (under 18) when registered"),
    "no": _("Adult when registered"),
    "presumed": _("Presumed a child when registered"),
}


def here() -> str:
    """The language of the page."""
    return get_language() or "en"


def labels(codes: Iterable[str], known: CodeList) -> str:
    """Codes in words, one after the other; empty for none."""
    return " · ".join(known.label(code, here()) for code in codes)


def tag_of(survivor: Survivor) -> dict[str, str]:
    """The standing identification in a word, with its colour."""
    if not survivor.status:
        return {"text": gettext("Not screened yet"), "colour": "blue"}
    words = statuses().label(survivor.status, here())
    return {"text": words, "colour": STATUS_COLOURS.get(survivor.status, "")}


def row(survivor: Survivor) -> dict[str, Any]:
    """One line of the list of codes."""
    return {
        "survivor": survivor,
        "tag": tag_of(survivor),
        "minor": gettext(MINOR_WORDS[survivor.minor]),
        "registered": local_day(survivor.registered_at),
        "nationalities": labels(survivor.nationalities, nationalities()),
    }


def likely_row(one: Likely) -> dict[str, Any]:
    """A record that may be of the same person, and why, for whoever begins a file."""
    return {
        **row(one.survivor),
        "href": reverse("survivors:survivor", args=[one.survivor.pk]),
        "called": one.called,
        "reasons": [gettext(words) for words in reason_words(one.reasons)],
    }


def identity(survivor: Survivor, opened: Mapping[str, Any] | None) -> list[dict[str, Any]]:
    """The sealed part of who the person is: opened, masked, or closed to the reader."""
    facts = [
        (_("Name"), "full_name", str),
        (_("Given name"), "given_name", str),
        (_("Family name"), "family_name", str),
        (_("Birth"), "birth", lambda text: birth_words(Birth.from_text(text))),
        (_("Languages"), "languages", lambda text: labels(json.loads(text), listed("languages"))),
    ]
    return [
        {"key": gettext(key), "value": _value(survivor, name, opened, read)}
        for key, name, read in facts
    ]


def _value(survivor: Survivor, name: str, opened: Mapping[str, Any] | None, read: Any) -> Any:
    value = opened[name] if opened is not None else getattr(survivor, name)
    return read(value) if isinstance(value, str) else value


def birth_words(birth: Birth | None) -> str:
    """A birth as people say it, with how it is known."""
    if birth is None:
        return ""
    how = methods().label(birth.method, here())
    if birth.day is not None:
        return f"{written_day(birth.day)} ({how})"
    youngest, oldest, on = birth.typed
    ages = youngest if youngest == oldest else f"{youngest}–{oldest}"
    said = gettext("about %(ages)s years on %(day)s") % {
        "ages": ages,
        "day": written_day(PartialDay.from_iso(on)),
    }
    return f"{said} ({how})"


def coarse(survivor: Survivor) -> list[dict[str, Any]]:
    """What stands open, because it says little."""
    return [
        {"key": gettext("Age"), "value": gettext(MINOR_WORDS[survivor.minor])},
        {"key": gettext("Gender"), "value": genders().label(survivor.gender, here())},
        {
            "key": gettext("Nationality"),
            "value": labels(survivor.nationalities, nationalities()),
        },
        {"key": gettext("Interpreter needed"), "value": survivor.interpreter},
        {
            "key": gettext("Kind of exploitation"),
            "value": labels(survivor.exploitation, exploitation()),
        },
        {"key": gettext("Registered"), "value": local_day(survivor.registered_at)},
    ]


def name_row(one: Belonging) -> dict[str, Any]:
    """A name beside the first one."""
    if one.said is None:
        return _closed(gettext("Name"), one)
    kind = listed("name_kinds").label(one.said["kind"], here())
    return {"key": kind, "value": one.said["text"], "ref": one.row.pk}


def document_row(one: Belonging) -> dict[str, Any]:
    """A paper with its number, end and keeper."""
    if one.said is None:
        return _closed(gettext("Document"), one)
    said = one.said
    parts = [said.get("number", "")]
    if said.get("expires"):
        until = written_day(date.fromisoformat(said["expires"]))
        parts.append(gettext("valid until %(day)s") % {"day": until})
    if said.get("keeper"):
        parts.append(gettext("held by: %(who)s") % {"who": said["keeper"]})
    parts.append(said.get("note", ""))
    kind = listed("document_kinds").label(said["kind"], here())
    return {"key": kind, "value": _lines(parts), "ref": one.row.pk}


def contact_row(one: Belonging) -> dict[str, Any]:
    """A contact, whose it is, and whether it is safe."""
    if one.said is None:
        return _closed(gettext("Contact"), one)
    said = one.said
    safe = gettext("safe to use") if said.get("safe") == "yes" else ""
    parts = [said["value"], said.get("whose", ""), safe]
    kind = listed("contact_kinds").label(said["kind"], here())
    unsafe = said.get("safe") == "no"
    return {"key": kind, "value": _lines(parts), "ref": one.row.pk, "unsafe": unsafe}


def _closed(key: str, one: Belonging) -> dict[str, Any]:
    return {"key": key, "value": CLOSED, "ref": one.row.pk}


def _lines(parts: Iterable[str]) -> Any:
    return format_html_join(" · ", "<bdi>{}</bdi>", ((part,) for part in parts if part))


def safe_contact(text: Any) -> dict[str, Any] | None:
    """The rules of safe contact in the order in which one needs them; None: none or closed."""
    if not isinstance(text, str):
        return None
    said = SafeContact.from_text(text)
    return {
        "hours": _hours(said),
        "way": listed("contact_kinds").label(said.way, here()) if said.way else "",
        "say": said.say,
        "beware": said.beware,
    }


def _hours(said: SafeContact) -> str:
    hours = {"from": said.not_before, "to": said.not_after}
    if said.not_before and said.not_after:
        return gettext("Only between %(from)s and %(to)s") % hours
    if said.not_before:
        return gettext("Never before %(from)s") % hours
    return gettext("Never after %(to)s") % hours if said.not_after else ""


def safe_contact_rows(known: Mapping[str, str]) -> list[dict[str, Any]]:
    """What is recorded of safe contact, for whoever wrote at the same time."""
    titles = {
        "not_before": gettext("Not before"),
        "not_after": gettext("Not after"),
        "way": gettext("Best way"),
        "say": gettext("What to say"),
        "beware": gettext("What never to do"),
    }
    ways = listed("contact_kinds")
    return [
        {"key": title, "value": ways.label(text, here()) if name == "way" and text else text}
        for name, title in titles.items()
        for text in [known.get(name, "")]
    ]


def guardian_rows(survivor: Survivor, detail: Any) -> list[dict[str, Any]]:
    """What is recorded of the guardian."""
    words = listed("guardian_conflicts").label(survivor.guardian_conflict, here())
    return [
        {"key": gettext("The guardian"), "value": words},
        {"key": gettext("What makes us think so"), "value": detail},
    ]


def guardian(survivor: Survivor, opened: File | None) -> list[dict[str, Any]]:
    """The guardian's conflict with its reason; empty where none is known."""
    if not survivor.guardian_in_conflict:
        return []
    detail = opened.opened["guardian_detail"] if opened else survivor.guardian_detail
    return guardian_rows(survivor, detail)


def alert(warned: Warned) -> dict[str, Any]:
    """An alert in words; closed ones have none."""
    kind = listed("alert_kinds").label(warned.kind, here()) if warned.kind else ""
    return {"alert": warned.alert, "kind": kind, "text": warned.text, "closed": warned.closed}


def unmapped(opened: File | None) -> list[dict[str, Any]]:
    """What an import brought and no field takes, as rows."""
    text = opened.opened["unmapped"] if opened else None
    kept = json.loads(text) if isinstance(text, str) else {}
    return [{"key": str(key), "value": _plain(value)} for key, value in kept.items()]


def _plain(value: Any) -> str:
    return " · ".join(map(str, value)) if isinstance(value, list) else str(value)


def explained(result: Result) -> dict[str, Any]:
    """A screening's explanation in words, evidence beside each finding, kinds kept apart."""
    said = result.explanation
    if said is None:
        return {"closed": True}
    people = names_of({finding.who for element in said.elements for finding in element.shown})
    return {
        "elements": [_element(element, result, people) for element in said.elements],
        "notes": [gettext(note) for note in said.notes],
        "questions": [gettext(question) for question in said.questions],
    }


def _element(element: Element, result: Result, people: Mapping[str, str]) -> dict[str, Any]:
    kinds = [
        {
            "title": gettext(words),
            "findings": [_finding(one, result, people) for one in element.by_kind(kind)],
        }
        for kind, words in KIND_WORDS.items()
    ]
    return {
        "title": gettext(element.title),
        "message": gettext(element.message),
        "kinds": [kind for kind in kinds if kind["findings"]],
        "unevidenced": [_indicator(one) for one in element.unevidenced],
    }


def _finding(one: Finding, result: Result, people: Mapping[str, str]) -> dict[str, str]:
    evidence = result.told[one.ref].evidence
    return {"label": _indicator(one), "evidence": evidence, "who": people.get(one.who, "")}


def _indicator(one: Finding) -> str:
    return indicator_words(one.element, one.code, here())


def ladder(steps: Iterable[Identification], file: File | None) -> list[dict[str, Any]]:
    """The identification ladder as a timeline, newest first."""
    return [_step(step, file) for step in reversed(list(steps))]


def _step(step: Identification, file: File | None) -> dict[str, Any]:
    who = organisations().label(step.organisation, here())
    by = f"{who}: {step.partner.name}" if step.partner else who
    basis = listed("identification_bases").label(step.basis, here())
    words = file.steps[str(step.pk)]["words"] if file else step.words
    return {
        "title": statuses().label(step.status, here()),
        "at": step.on,
        "by": by,
        "text": shown(words) if words is not None else basis,
        "basis": basis,
        "tag": gettext("Corrects the step before") if step.corrects else "",
        "colour": "blue",
    }


def agreed(one: Agreed) -> dict[str, Any]:
    """One line of the consent panel."""
    state = one.standing.state
    return {
        "purpose": listed("consent_purposes").label(one.purpose, here()),
        "recipient": one.partner.name if one.partner else gettext("This organisation"),
        "state": gettext(one.standing.message),
        "colour": STANDING_COLOURS[state],
        "needs": _needs(one),
        "line": one,
        "code": one.purpose,
        "partner": one.partner.pk if one.partner else OURSELVES,
    }


def _needs(one: Agreed) -> str:
    """Whose word is missing, where one is."""
    needs = one.standing.needs
    return gettext(needs.message) if needs and one.standing.state == "giver_missing" else ""


def particulars_rows(
    recorded: Particulars, typed: Particulars, titles: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """Where two versions of a record differ, in words."""
    return [
        {
            "name": name,
            "label": titles[name],
            "recorded": said(recorded, name),
            "typed": said(typed, name),
        }
        for name in vars(recorded)
        if getattr(recorded, name) != getattr(typed, name)
    ]


def said(one: Particulars, name: str) -> Any:
    """One particular in words."""
    value = getattr(one, name)
    lists: dict[str, CodeList] = {
        "nationalities": nationalities(),
        "languages": listed("languages"),
        "exploitation": exploitation(),
    }
    if name == "birth":
        return birth_words(value) or None
    if name == "gender":
        return genders().label(value, here())
    if name in lists:
        return labels(value, lists[name]) or None
    return None if value == "" else value
