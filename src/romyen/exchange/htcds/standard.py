"""The fields of HTCDS 2.0 as one flat table, and the columns that Romyen adds to it.

Names, labels and lists are IOM's (CC BY 4.0), read from ``romyen.rules``; where the official
field list, workbook and XLSForm differ in type, the kind chosen here is the one that loses
nothing (docs/decisions/0006-htcds.md).
"""

import csv
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache
from importlib.resources import files
from typing import Any

from romyen.rules.lists import htcds, htcds_fields

VERSION = "1"
"""Version of our CSV; stands in every row under ``romyen_version`` and marks it as ours."""


class Kind(Enum):
    """What a field holds once it is read."""

    TEXT = "text"
    DATE = "date"
    WHOLE = "whole number"
    DECIMAL = "decimal number"
    CHECK = "TRUE or FALSE"
    ONE = "one of a list"
    MANY = "several of a list"
    COUNTRY = "country, or words"
    LINES = "one per line"


@dataclass(frozen=True)
class Option:
    """One value of a list. ``codes`` may stand for it silently, ``common`` is reported."""

    code: str
    label: str
    codes: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    common: tuple[str, ...] = ()


@dataclass(frozen=True)
class Field:
    """One field: the qualified name of the standard (``prs_FirstName``) or ``romyen_…``.

    ``by_label`` says whether the label alone, without a name, is enough to know the field.
    """

    name: str
    label: str
    kind: Kind
    options: tuple[Option, ...] = ()
    deprecated: bool = False
    by_label: bool = False
    local: bool = False


_KINDS = {
    "Date": Kind.DATE,
    "Checkbox": Kind.CHECK,
    "Picklist": Kind.ONE,
    "Multiselect Picklist": Kind.MANY,
}
"""Every other type of the standard is text; numbers are told apart in ``_kind``."""

_OWN_KINDS = {
    "vic_ForcedLabourIndustry": Kind.MANY,  # one in the standard, several in the XLSForm
    "prs_MailingCountry": Kind.COUNTRY,  # text in every file, ISO 3166 in the standard's notes
    "org_ShippingCountry": Kind.COUNTRY,
    "hte_Country": Kind.COUNTRY,
    "prs_NumberOfChildren": Kind.WHOLE,
    "vic_AgeWhenTrafficked": Kind.WHOLE,
}

_SECTIONS_BY_LABEL = ("prs_", "vic_", "cas_", "con_", "cco_")
"""Other sections have labels such as "Date", "City" and "Type", which a person's own column may
carry as well: there a label without a name proves nothing."""

TEXT_IN_THE_FORM = frozenset({"cas_ReasonForIncomingReferral"})
"""Lists in the standard for which the official XLSForm asks free text."""

BIRTH_KINDS = ("exact", "month", "year", "estimated")

_LOCAL = (
    Field("romyen_version", "Romyen version", Kind.TEXT, local=True),
    Field("romyen_code", "Romyen code", Kind.TEXT, local=True),
    Field("romyen_instance_id", "Romyen instance id", Kind.TEXT, local=True),
    Field(
        "romyen_exploitation",
        "Romyen exploitation",
        Kind.MANY,
        (
            Option("ForcedCriminality", "Forced criminality"),
            Option("OnlineChildExploitation", "Online child exploitation"),
            Option("ReturnedFromScamCentre", "Returned from scam centre"),
        ),
        local=True,
    ),
    Field("romyen_aliases", "Romyen aliases", Kind.LINES, local=True),
    Field("romyen_nicknames", "Romyen nicknames", Kind.LINES, local=True),
    Field("romyen_birth", "Romyen birth", Kind.TEXT, local=True),
    Field(
        "romyen_birth_precision",
        "Romyen birth precision",
        Kind.ONE,
        tuple(Option(kind, kind.capitalize()) for kind in BIRTH_KINDS),
        local=True,
    ),
    Field("romyen_birth_method", "Romyen birth method", Kind.TEXT, local=True),
    Field("romyen_languages", "Romyen languages", Kind.LINES, local=True),
    Field("romyen_stateless", "Romyen stateless", Kind.CHECK, local=True),
)
UNMAPPED = "romyen_unmapped"
"""Last column of our CSV: the columns that HTCDS does not know, as a JSON object."""

CHECK = "romyen_check"
"""Column of the error workbook by which a person lets a doubtful row pass."""

MEND = "romyen_mend"
"""Name of the error workbook's last column; it is never read."""


@cache
def fields() -> Mapping[str, Field]:
    """Every field by name: the standard's, in its order, then ours."""
    own = {field.name: field for field in _LOCAL}
    return {field.name: field for field in _standard()} | own


@cache
def official_headers() -> Mapping[str, Any]:
    """Names and labels as the official workbook and XLSForm print them."""
    found: dict[str, Any] = json.loads(_data("official_headers.json"))
    return found


@cache
def form_labels() -> Mapping[str, str]:
    """The label that the official XLSForm shows for each name."""
    return {q["name"]: q["label"] for q in official_headers()["questions"]}


def _standard() -> Iterator[Field]:
    raw = json.loads((files("romyen.rules") / "data/htcds/htcds_fields.json").read_text("utf-8"))[
        "fields"
    ]
    named = [row for row in raw if row["qualified_name"]]
    labels = [row["label"] for row in named]
    for row in named:
        name = row["qualified_name"]
        yield Field(
            name,
            row["label"],
            _kind(name, row["type"]),
            _options(name),
            deprecated=row["status"] == "DEPRECATED",
            by_label=name.startswith(_SECTIONS_BY_LABEL) and labels.count(row["label"]) == 1,
        )


def _kind(name: str, official: str) -> Kind:
    if name in _OWN_KINDS:
        return _OWN_KINDS[name]
    if name.endswith(("Longitude", "Latitude")):
        return Kind.DECIMAL
    return _KINDS.get(official, Kind.TEXT)


def _options(name: str) -> tuple[Option, ...]:
    if name == "prs_Citizenship" or _OWN_KINDS.get(name) is Kind.COUNTRY:
        return countries()
    if name in ("prs_PrimaryLanguage", "prs_SecondaryLanguage"):
        return _languages()
    if name in htcds_fields():
        return tuple(Option(item.code, item.en) for item in htcds(name))
    return ()


@cache
def countries() -> tuple[Option, ...]:
    """ISO 3166-1 with the labels of the official XLSForm."""
    return tuple(
        Option(
            row["code"],
            row["label"],
            codes=(row["alpha3"],),
            common=tuple(filter(None, row["common_names"].split("|"))),
        )
        for row in csv.DictReader(_data("countries.csv").splitlines())
    )


@cache
def _languages() -> tuple[Option, ...]:
    return tuple(
        Option(
            row["code"],
            row["label"],
            codes=tuple(filter(None, (row["alpha2"], row["bibliographic"]))),
            labels=tuple(part.strip() for part in row["label"].split(";")),
            common=tuple(filter(None, row["common_names"].split("|"))),
        )
        for row in csv.DictReader(_data("languages.csv").splitlines())
    )


def _data(name: str) -> str:
    return (files(__package__) / "data" / name).read_text("utf-8")
