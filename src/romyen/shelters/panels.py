"""What the pages of shelters show, in words; nothing here reads the database."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext, ngettext

from romyen import access
from romyen.access import Reader
from romyen.rules import places
from romyen.rules.spans import local_day
from romyen.shelters.models import Incident, Location, Shelter, Stay
from romyen.shelters.queries import Place, Row
from romyen.shelters.words import LICENCES, label, labels, language, licence_state, warning

type Line = dict[str, Any]
type Plain = Mapping[str, Any]
WHERE = {
    "address": "Address",
    "directions": "How to get there",
    "coordinates": "Coordinates",
    "telephone": "Telephone of the house",
    "arrival": "What to do on arrival",
    "licence_no": "Number of the licence",
}
"""What is sealed of a location; the message ids stand in the form too."""


def province(shelter: Shelter) -> str:
    """Where it is, as near as anyone is told."""
    return places.place(shelter.province).name(language())


def row(one: Row, today: date) -> Line:
    """A house in the list."""
    shelter = one.shelter
    word, colour = licence(shelter, today)
    return {
        "shelter": shelter,
        "kind": label("kinds", shelter.kind),
        "province": province(shelter),
        "takes": taken_in(shelter),
        "taken": one.taken,
        "free": one.free,
        "licence": word,
        "licence_colour": colour,
    }


def licence(shelter: Shelter, today: date) -> tuple[str, str]:
    """How the licence stands: a word and its colour."""
    state = licence_state(shelter.licence_from, shelter.licence_until, today)
    word, colour = LICENCES[state]
    return gettext(word), colour


def taken_in(shelter: Shelter) -> str:
    """Whom a house takes in."""
    return ", ".join(labels("takes", shelter.takes)) or gettext("Everyone")


def facts(shelter: Shelter) -> list[Line]:
    """What is open of a house."""
    ratio = shelter.residents_per_staff
    one_to = ngettext("1 for %(count)s resident", "1 for %(count)s residents", ratio or 0)
    return [
        {"key": gettext("Whose house is it?"), "value": label("kinds", shelter.kind)},
        {"key": gettext("Province"), "value": province(shelter)},
        {"key": gettext("Places"), "value": shelter.capacity},
        {"key": gettext("Takes in"), "value": taken_in(shelter)},
        {"key": gettext("Staff"), "value": one_to % {"count": ratio} if ratio else None},
        {"key": gettext("Licence valid from"), "value": shelter.licence_from},
        {"key": gettext("Licence valid until"), "value": shelter.licence_until},
    ]


def where(opened: Mapping[str, Any]) -> list[Line]:
    """An address that was opened."""
    return [{"key": gettext(WHERE[name]), "value": opened[name]} for name in Location.FIELDS]


def place(one: Place, names: Plain, now: datetime) -> Line:
    """A bed and who sleeps in it, as far as the reader may know."""
    word, colour = (gettext("Taken"), "grey") if one.taken else (gettext("Free"), "green")
    return {
        "bed": one.bed,
        "taken": one.taken,
        "word": word,
        "colour": colour,
        "stay": one.stay,
        "name": _name(one.stay, names) if one.stay else None,
        "away": away(one.stay, now) if one.stay else None,
    }


def _name(stay: Stay, names: Plain) -> Any:
    """What she is called, or what stands for it until it is opened; it prints as •••."""
    hers = stay.case.survivor
    sealed = next((v for v in (hers.full_name, hers.given_name, hers.family_name) if v), None)
    return names.get(str(hers.pk), sealed)


def away(stay: Stay, now: datetime) -> date | None:
    """The day until which she is on leave, if she is on leave today."""
    today = local_day(now)
    days = [one.until_on for one in stay.leaves.all() if one.began_on <= today < one.until_on]
    return max(days) if days else None


def stay(one: Stay, reader: Reader, plain: Plain, now: datetime) -> Line:
    """A stay on the case's side. Who may not read the house is told its province."""
    knows = bool(access.decide(reader, "shelter.read", one.shelter.node, now=now))
    return {
        "row": one,
        "house": one.shelter if knows else None,
        "bed": one.bed if knows else None,
        "province": province(one.shelter),
        "reason": label("exit_reasons", one.exit_reason) if one.exit_reason else "",
        "words": _of(plain, one, "exit_words"),
        "over": _of(plain, one, "over_reason"),
        "warnings": [warning(code) for code in one.warnings],
        "away": away(one, now) if one.is_open else None,
        "leaves": [
            {
                "row": leave,
                "reason": label("leave_reasons", leave.reason),
                "words": _of(plain, leave, "words"),
            }
            for leave in one.leaves.all()
        ],
    }


def _of(plain: Plain, row: Any, name: str) -> Any:
    return plain.get(str(row.pk), {}).get(name, getattr(row, name))


def incident(one: Incident, today: date) -> Line:
    """An incident in the list of its house."""
    late = bool(one.waits and one.follow_up_on and one.follow_up_on < today)
    return {"row": one, "kind": label("incident_kinds", one.kind), "late": late}


def incident_facts(one: Incident, opened: Plain) -> list[Line]:
    """An incident on its page."""
    lines: list[Line] = [
        {"key": gettext("What happened?"), "value": opened.get("words", one.words)},
        {
            "key": gettext("What concerns somebody's health"),
            "value": opened.get("health", one.health),
        },
        {"key": gettext("What was done?"), "value": opened.get("done", one.done)},
        {"key": gettext("Who was called?"), "value": ", ".join(labels("called", one.called))},
        {"key": gettext("Follow up until"), "value": one.follow_up_on},
    ]
    if one.followed_at:
        lines += [
            {"key": gettext("Followed up"), "value": one.followed_at},
            {
                "key": gettext("What followed"),
                "value": opened.get("follow_up", one.follow_up),
            },
        ]
    return lines
