"""Who she is, as one value: what a form or an import hands to ``register`` and ``edit``."""

import json
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any, Self

from romyen.access import CLOSED, Opened
from romyen.rules.births import Birth, check_birth, minor_on
from romyen.rules.consent import consent_age
from romyen.rules.namekeys import text_of
from romyen.rules.refusals import refuse
from romyen.survivors.listed import (
    check_codes,
    check_language,
    exploitation,
    genders,
    listed,
    nationalities,
)

AGE_BANDS = ((0, 8), (9, 17), (18, 20), (21, 23), (24, 26), (27, 29), (30, 38), (39, 47), (48, 999))
"""Completed years, as CTDC publishes them (Counter-Trafficking Data Collaborative, codebook)."""

UNKNOWN_GENDER = "NonSpecifiedUnknown"
SEALED = ("full_name", "given_name", "family_name", "birth", "languages")
"""The sealed columns that hold particulars."""


def tidy(text: str) -> str:
    """Canonically composed, without spaces around; the spelling stays as it is."""
    return unicodedata.normalize("NFC", text).strip()


def age_band(birth: Birth | None, on: date) -> str:
    """The band of her age on that day, such as ``9--17``; empty where the birth leaves doubt."""
    if birth is None:
        return ""
    youngest, oldest = birth.age_on(max(on, birth.earliest))
    for low, high in AGE_BANDS:
        if low <= youngest and oldest <= high:
            return f"{low}+" if high == 999 else f"{low}--{high}"
    return ""


@dataclass(frozen=True, kw_only=True)
class Particulars:
    """What is known of a person. Everything may be missing, her name too."""

    full_name: str = ""
    given_name: str = ""
    family_name: str = ""
    birth: Birth | None = None
    gender: str = UNKNOWN_GENDER
    nationalities: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    interpreter: bool = False
    exploitation: tuple[str, ...] = ()

    @classmethod
    def of(cls, survivor: Any, opened: Mapping[str, Opened]) -> Self:
        """The particulars of a row of which ``SEALED`` was revealed.

        Refuses with ``RY-KEYS-CLOSED`` when the reader holds no key to them.
        """
        if any(opened[name] is CLOSED for name in SEALED):
            raise refuse("RY-KEYS-CLOSED")
        texts = {name: str(opened[name] or "") for name in SEALED}
        return cls(
            full_name=texts["full_name"],
            given_name=texts["given_name"],
            family_name=texts["family_name"],
            birth=Birth.from_text(texts["birth"]) if texts["birth"] else None,
            gender=survivor.gender,
            nationalities=tuple(survivor.nationalities),
            languages=tuple(json.loads(texts["languages"] or "[]")),
            interpreter=survivor.interpreter,
            exploitation=tuple(survivor.exploitation),
        )

    @property
    def names(self) -> list[str]:
        """What she is called: the whole name, and its parts in the order in which they are said."""
        parts = f"{tidy(self.given_name)} {tidy(self.family_name)}".strip()
        return [name for name in (tidy(self.full_name), parts) if name]

    def check(self, today: date) -> None:
        """Refuse what cannot be, beside the field: ``RY-BIRTH-…``, ``RY-LIST-UNKNOWN``."""
        genders().item(self.gender, field="gender")
        check_codes(self.nationalities, nationalities(), field="nationalities")
        check_codes(self.exploitation, exploitation(), field="exploitation")
        for code in self.languages:
            check_language(code)
        if self.birth is not None:
            check_birth(self.birth, today=today, field="birth")

    def coarse(self, registered_on: date) -> dict[str, Any]:
        """The open columns: codes and bands, as of the day of registration."""
        return {
            "name_known": bool(tidy(self.full_name) or tidy(self.given_name)),
            "age_band": age_band(self.birth, registered_on),
            "minor": _minor(self.birth, registered_on),
            "consent_age": consent_age(self.birth, registered_on),
            "birth_method": self.birth.method if self.birth else "",
            "gender": self.gender,
            "nationalities": list(dict.fromkeys(self.nationalities)),
            "interpreter": self.interpreter,
            "exploitation": list(dict.fromkeys(self.exploitation)),
        }

    def sealed(self) -> dict[str, str | None]:
        """The columns to be sealed, by name."""
        spoken = list(dict.fromkeys(self.languages))
        return {
            "name_keys": text_of(self.names),
            "full_name": tidy(self.full_name),
            "given_name": tidy(self.given_name),
            "family_name": tidy(self.family_name),
            "birth": self.birth.to_text() if self.birth else None,
            "languages": json.dumps(spoken) if spoken else None,
        }


def _minor(birth: Birth | None, on: date) -> str:
    """A child born after her registration (an infant entered early) counts as a child."""
    return minor_on(birth, max(on, birth.earliest) if birth else on)


@dataclass(frozen=True, kw_only=True)
class SafeContact:
    """How she may be reached without danger. ``not_before``, ``not_after``: ``HH:MM``, Bangkok."""

    not_before: str = ""
    not_after: str = ""
    way: str = ""
    say: str = ""
    beware: str = ""

    def check(self) -> None:
        """Refuse hours that no clock shows, and an unknown way."""
        for field in ("not_before", "not_after"):
            _check_hour(getattr(self, field), field)
        if self.way:
            listed("contact_kinds").item(self.way, field="way")

    def to_text(self) -> str | None:
        """JSON, to be sealed; None when nothing was said."""
        said = {name: tidy(value) for name, value in vars(self).items() if tidy(value)}
        return json.dumps(said, ensure_ascii=False) if said else None

    @classmethod
    def from_text(cls, text: str) -> Self:
        """What ``to_text`` wrote."""
        return cls(**json.loads(text))


def _check_hour(text: str, field: str) -> None:
    try:
        if text:
            time.fromisoformat(text)
    except ValueError:
        raise refuse("RY-SURVIVOR-HOURS", field=field) from None
