"""The code lists of a survivor's file: our own, HTCDS 2.0's, countries and languages."""

import csv
import re
from functools import cache
from pathlib import Path

from romyen.rules.lists import CodeList, Item, htcds, of
from romyen.rules.refusals import refuse

STATELESS = "XXA"
"""ICAO Doc 9303 part 3: a stateless person (1954 Convention)."""

_COUNTRIES = Path(__file__).parent / "data" / "countries.csv"
_ISO_639 = re.compile(r"[a-z]{3}")


def listed(name: str) -> CodeList:
    """A list of ``data/lists.yaml``."""
    return of("survivors", name)


def genders() -> CodeList:
    """HTCDS 2.0 ``prs_Gender``."""
    return htcds("prs_Gender")


@cache
def nationalities() -> CodeList:
    """Every country (ISO 3166-1 alpha-2) and statelessness; those frequent here come first.

    Thai words are our drafts; a country without one shows its English name.
    """
    first = listed("frequent_nationalities")
    with _COUNTRIES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    rest = {
        row["code"]: Item(row["code"], row["en"], row["th"], "draft" if row["th"] else "")
        for row in rows
    }
    items = {**first.items, **{code: rest[code] for code in rest if code not in first}}
    return CodeList("nationalities", "ISO 3166-1; ICAO Doc 9303", first.confidence, items)


@cache
def exploitation() -> CodeList:
    """HTCDS 2.0 ``vic_TypeOfExploitation`` and our local codes, which map to it."""
    official, local = htcds("vic_TypeOfExploitation"), listed("exploitation_extensions")
    items = {**official.items, **local.items}
    return CodeList("exploitation", f"{official.source}; {local.source}", local.confidence, items)


def check_language(code: str, *, field: str = "languages") -> str:
    """The code of a language: one of our list, or any other of ISO 639 with three letters.

    The list is short because a form has to be; a rare language is kept by its code.
    """
    if code in listed("languages") or _ISO_639.fullmatch(code):
        return code
    raise refuse("RY-LIST-UNKNOWN", field=field)


def check_codes(codes: tuple[str, ...], known: CodeList, *, field: str) -> list[str]:
    """The codes, each once, in the order given; refuses with ``RY-LIST-UNKNOWN``."""
    return [known.item(code, field=field).code for code in dict.fromkeys(codes)]


def compartment_of_alert(kind: str) -> str:
    """Whose key opens an alert of this kind: ``care`` or ``identity``."""
    return str(listed("alert_kinds").item(kind, field="kind").more["compartment"])
