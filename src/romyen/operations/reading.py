"""Opening what is sealed of an operation, and saying what is recorded in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from romyen import access
from romyen.access import Opened, Reader
from romyen.operations.models import AFTER, PLAN, Arrest, Encounter, Leak, Operation
from romyen.operations.queries import Papers, People
from romyen.operations.whereabouts import said_in
from romyen.operations.words import BLOWN, CARRIED_OUT, colour, words
from romyen.partners.models import Partner
from romyen.rules import places
from romyen.rules.spans import local_day
from romyen.survivors.listed import nationalities

type Row = dict[str, Any]


def here() -> str:
    """The language of the page."""
    return get_language() or "en"


def address(operation: Operation, page: str = "operation") -> str:
    """Where an operation's page is, or one of its parts."""
    return reverse(f"operations:{page}", args=[operation.pk])


def label(name: str, code: str) -> str:
    """The words of a code of this package."""
    return words(name).label(code, here())


@dataclass
class Plain:
    """What was opened, by row and field; the sealed value itself where nothing was."""

    values: dict[Any, dict[str, Opened]] = field(default_factory=dict)
    units: Mapping[str, Partner] = field(default_factory=dict)

    def of(self, row: Any, name: str) -> Any:
        """The text of one field, or its mask."""
        return self.values.get(row.pk, {}).get(name, getattr(row, name))


def open_up(
    reader: Reader,
    *parts: tuple[Iterable[Any], Iterable[str]],
    purpose: str,
    now: datetime,
) -> Plain:
    """Open sealed parts for a purpose of the list: one read entry. An unknown one is refused."""
    why = words("reading_purposes").item(purpose, field="purpose").code
    full = [(list(rows), list(names)) for rows, names in parts]
    found = access.reveal_all(reader, *full, purpose=why, now=now)
    return Plain({pk: plain for part in found for pk, plain in part.items()})


def open_operation(
    reader: Reader, operation: Operation, papers: Papers, *, purpose: str, now: datetime
) -> Plain:
    """Everything of an operation but the people; the police units that it names by their id."""
    own = ([operation], (*PLAN, *AFTER))
    plain = open_up(reader, own, *papers.parts(), purpose=purpose, now=now)
    told = [said_in(plain.of(operation, name)).get("unit") for name in ("whereabouts", "happened")]
    keys = [one for one in told if one]
    plain.units = Partner.objects.in_bulk(keys) if keys else {}
    return plain


def row(operation: Operation) -> Row:
    """An operation as a line of a list: codes in words, nothing sealed."""
    state = operation.state
    return {
        "operation": operation,
        "kind": label("kinds", operation.kind),
        "state": label("states", state),
        "colour": colour("states", state),
        "also": label("states", CARRIED_OUT) if state == BLOWN and operation.took_place else "",
        "province": _province(operation.province),
        "waits": operation.took_place and not operation.carried_on,
    }


def _province(code: str) -> str:
    return places.place(code[:2]).name(here()) if code else ""


def planned(operation: Operation, plain: Plain) -> list[Row]:
    """The plan: sealed, all of it but the codes."""
    on, area, unit, place = _there(operation, "whereabouts", plain)
    return [
        {"key": gettext("Planned day"), "value": on},
        {"key": gettext("Province"), "value": area},
        {"key": gettext("The exact place"), "value": place},
        {"key": gettext("Police unit"), "value": unit},
        {"key": gettext("Officer in charge"), "value": plain.of(operation, "officer")},
        {
            "key": gettext("Number of the warrant or order"),
            "value": plain.of(operation, "order_no"),
        },
        {"key": gettext("The plan"), "value": plain.of(operation, "aim")},
    ]


def _there(operation: Operation, name: str, plain: Plain) -> tuple[Any, Any, Any, Any]:
    """Day, province, unit and place of a sealed column in words, or its mask four times."""
    value = plain.of(operation, name)
    if not isinstance(value, str):
        return value, value, value, value
    said = said_in(value)
    on = date.fromisoformat(said["on"]) if said.get("on") else None
    unit = plain.units.get(said.get("unit", ""))
    return on, _province(said.get("province", "")), unit and unit.name, said.get("place")


def part(operation: Operation) -> list[Row]:
    """What the organisation does, and how it is counted."""
    return [
        {"key": gettext("Kind of operation"), "value": label("kinds", operation.kind)},
        {"key": gettext("The organisation's part"), "value": _lines("roles", operation.roles)},
        {
            "key": gettext("Contributed"),
            "value": _lines("contributions", operation.contributions),
        },
        {"key": gettext("How it is counted"), "value": label("counting", operation.counting)},
    ]


def _lines(name: str, codes: Iterable[str]) -> SafeString | None:
    texts = [(label(name, code),) for code in codes]
    return format_html_join("", "<div>{}</div>", texts) if texts else None


def became(operation: Operation, plain: Plain) -> list[Row]:
    """What became of it: day, province and unit open from the day after, the place never."""
    if not operation.took_place:
        return []
    on, area, unit, place = _there(operation, "happened", plain)
    if operation.carried_on:
        on, area = operation.carried_on, _province(operation.province)
        unit = operation.unit and operation.unit.name
    return [
        {"key": gettext("Day of the operation"), "value": on},
        {"key": gettext("Province"), "value": area},
        {"key": gettext("The exact place"), "value": place},
        {"key": gettext("Police unit in charge"), "value": unit},
        {"key": gettext("What happened"), "value": plain.of(operation, "outcome")},
    ]


def off(operation: Operation, plain: Plain) -> list[Row]:
    """Why a plan was called off; nothing for another."""
    if not operation.off_code:
        return []
    return [
        {"key": gettext("Reason"), "value": label("calling_off", operation.off_code)},
        {"key": gettext("In words"), "value": plain.of(operation, "off_reason")},
    ]


def may_open_day(operation: Operation, now: datetime) -> bool:
    """Whether the day after has come for an operation whose day still stands sealed."""
    done = operation.carried_out_at
    waits = done is not None and operation.carried_on is None
    return waits and local_day(now) > local_day(done or now)


def arrests(rows: Iterable[Arrest], plain: Plain) -> list[Row]:
    """What the police did, in words."""
    return [
        {
            "arrest": one,
            "rows": [
                {"key": gettext("Suspects"), "value": one.people},
                {"key": gettext("Women"), "value": one.women},
                {"key": gettext("Men"), "value": one.men},
                {"key": gettext("How they stand"), "value": label("standings", one.standing)},
                {"key": gettext("Names"), "value": plain.of(one, "names")},
                {"key": gettext("Charges"), "value": plain.of(one, "charges")},
                {"key": gettext("Number at the police"), "value": plain.of(one, "reference")},
                {"key": gettext("Notes"), "value": plain.of(one, "notes")},
            ],
        }
        for one in rows
    ]


def leaks(rows: Iterable[Leak], plain: Plain, names: Mapping[str, str]) -> list[Row]:
    """What got out, as entries of a time line."""
    return [
        {
            "title": label("leaks", one.suspected),
            "at": one.noticed_on,
            "by": names.get(one.by, ""),
            "text": plain.of(one, "words"),
        }
        for one in rows
    ]


def debrief(papers: Papers, plain: Plain) -> list[Row]:
    """What was learned; nothing where no debrief took place."""
    one = papers.debrief
    if one is None:
        return []
    return [
        {"key": gettext("How it went"), "value": plain.of(one, "went")},
        {"key": gettext("Lessons"), "value": plain.of(one, "lessons")},
        {"key": gettext("Agreed"), "value": plain.of(one, "agreed")},
        {
            "key": gettext("Counselling for the staff"),
            "value": label("staff_care", one.staff_care),
        },
    ]


# --- the people met


def person(one: Encounter, plain: Plain) -> Row:
    """A person as a line of the table."""
    return {
        "one": one,
        "name": plain.of(one, "name") if one.named else None,
        "sex": label("sexes", one.sex),
        "age": label("ages", one.age),
        "child": words("ages").item(one.age).more["child"] == "yes",
        "nationality": _nationality(one.nationality),
        "group": label("groups", one.group),
        "outcome": label("outcomes", one.outcome),
        "colour": colour("outcomes", one.outcome),
    }


def _nationality(code: str) -> str:
    return nationalities().label(code, here()) if code else ""


def about(one: Encounter, plain: Plain) -> list[Row]:
    """A person's own page."""
    seen = person(one, plain)
    return [
        {"key": gettext("Name"), "value": seen["name"]},
        {"key": gettext("Sex"), "value": seen["sex"]},
        {"key": gettext("Age"), "value": seen["age"]},
        {"key": gettext("Nationality"), "value": seen["nationality"]},
        {"key": gettext("Group"), "value": seen["group"]},
        {"key": gettext("Asked about trafficking"), "value": label("asked", one.asked)},
        {"key": gettext("Signs"), "value": _lines("indicators", one.indicators)},
        {"key": gettext("What was said"), "value": plain.of(one, "words")},
    ]


def summed(page: People) -> list[Row]:
    """The counts, as a list of facts: everyone, the children, each group and each outcome."""
    rows = [
        {"key": gettext("People met"), "value": page.total},
        {"key": gettext("Of them children"), "value": page.children},
    ]
    for name, of in (("group", "groups"), ("outcome", "outcomes")):
        rows += [
            {"key": item.label(here()), "value": page.counts[name][item.code]}
            for item in words(of)
            if page.counts[name].get(item.code) and (name, item.code) != ("group", "none")
        ]
    return rows
