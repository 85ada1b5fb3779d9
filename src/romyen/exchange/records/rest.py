"""What a record says beyond our tables, or says otherwise than they would say it again.

For every group of fields in which the record and its way back through the tables differ, the
rest keeps both: what came, and what the tables made of it. As long as the tables still say the
same, an export gives back what came; when somebody has changed the facts here, the facts stand.
Fields that have no home here thus always come back as they came, and nothing is kept twice.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from romyen.exchange.htcds.record import FieldValue

type Values = Mapping[str, FieldValue]

CODE = "romyen_code"
"""Belongs to the node, not to the rest."""

_GROUPS = (
    ("prs_FirstName", "prs_MiddleName", "prs_SecondName", "romyen_aliases"),
    (
        "prs_Birthdate",
        "romyen_birth",
        "romyen_birth_precision",
        "romyen_birth_method",
    ),
    ("prs_PrimaryLanguage", "prs_SecondaryLanguage", "romyen_languages"),
    ("prs_Citizenship", "romyen_stateless"),
    ("prs_MobilePhone", "prs_HomePhone"),
    (
        "prs_MailingStreet",
        "prs_MailingCity",
        "prs_MailingState",
        "prs_MailingPostalCode",
        "prs_MailingCountry",
        "prs_MailingLongitude",
        "prs_MailingLatitude",
    ),
    ("vic_TraffickingStatus", "vic_TraffickingStatusDecisionMakingOrg"),
    ("vic_TypeOfExploitation", "romyen_exploitation"),
    ("cas_Status", "cas_ReasonForCaseClosure"),
    ("con_Consent", "vic_AgreementToManagePersonalData"),
)
"""Fields that say one thing together: a new street makes the old town false."""

_GROUP_OF = {name: group for group in _GROUPS for name in group}


def rest_of(came: Values, back: Values) -> dict[str, str | None]:
    """The rest of a record by compartment, as JSON to be sealed; None where there is none."""
    rest: dict[str, dict[str, Any]] = {"identity": {}, "narrative": {}}
    for group in groups_in({*came, *back} - {CODE}):
        one, other = within(came, group), within(back, group)
        if one != other:
            rest[compartment_of(group[0])][group[0]] = {"came": one, "back": other}
    return {
        compartment: json.dumps(told, ensure_ascii=False, sort_keys=True) if told else None
        for compartment, told in rest.items()
    }


def joined(now: Values, rests: Iterable[str | None]) -> dict[str, FieldValue]:
    """What to say of a record: the facts as they are now, and the rest that still holds."""
    said = dict(now)
    for text in filter(None, rests):
        for first, kept in json.loads(text).items():
            group = _GROUP_OF.get(first, (first,))
            if within(now, group) == _plain(kept["back"]):
                for name in group:
                    said.pop(name, None)
                said |= _plain(kept["came"])
    return said


def groups_in(names: Iterable[str]) -> list[tuple[str, ...]]:
    """The groups to which these fields belong; most fields are a group of their own."""
    return list(dict.fromkeys(_GROUP_OF.get(name, (name,)) for name in sorted(names)))


def within(values: Values, group: Iterable[str]) -> dict[str, FieldValue]:
    """What a record says in these fields."""
    return {name: values[name] for name in group if name in values}


def _plain(kept: Mapping[str, Any]) -> dict[str, FieldValue]:
    """Values as a record holds them; JSON made lists of the tuples."""
    return {n: tuple(value) if isinstance(value, list) else value for n, value in kept.items()}


def compartment_of(name: str) -> str:
    """Whose key opens a field: who she is, identity; what happened and the file, narrative."""
    first = _GROUP_OF.get(name, (name,))[0]
    return "identity" if first.startswith(("prs_", "romyen_")) else "narrative"
