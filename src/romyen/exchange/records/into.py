"""From a record to facts. What has no home here stays in the rest (``rest.py``)."""

import re
from collections.abc import Mapping
from datetime import date
from functools import cache

from romyen.exchange.htcds.record import FieldValue, Record, kept_as_json
from romyen.exchange.htcds.standard import fields
from romyen.exchange.records.facts import LOCAL_EXPLOITATION, STORAGE, CaseFacts, Facts, Said
from romyen.rules.births import Birth
from romyen.rules.days import PartialDay
from romyen.rules.ladder import from_htcds
from romyen.rules.refusals import Refusal, refuse
from romyen.survivors.actions.taking_over import Kept
from romyen.survivors.listed import STATELESS, check_language, listed
from romyen.survivors.particulars import UNKNOWN_GENDER, Particulars, tidy

ADDRESS = ("Street", "City", "State", "PostalCode", "Country")
UNKNOWN_METHOD = "other"
CLOSINGS = {"Closed": "other", "ClosedReferred": "referred"}
"""The outcome of a case that HTCDS calls closed; it has no finer one."""

_CASE = ("cas_", "cco_", "spl_")
_ESTIMATE = re.compile(r"(\d{1,3})-(\d{1,3}) (\d{4}-\d\d-\d\d)")


def facts_of(record: Record) -> Facts:
    """The facts of a record; a value that cannot be refuses beside its HTCDS column or field."""
    values = _Values(record.values)
    consent = _consent(values)
    status, organisation = _standing(values)
    kept = Kept(
        particulars=_particulars(values),
        code=record.code,
        names=_names(values),
        documents=_parts(("other", values.text("prs_IdentityNumber")), name="number"),
        contacts=_contacts(values),
        status=status,
        organisation=organisation,
        agreed=(STORAGE,) if consent == "TRUE" else (),
        unmapped=kept_as_json(record.unmapped) or None,
    )
    has_case = any(name.startswith(_CASE) for name in record.values)
    return Facts(kept=kept, consent=consent, case=_case(values) if has_case else None)


class _Values:
    """The values of a record, asked for by name."""

    def __init__(self, values: Mapping[str, FieldValue]) -> None:
        self._values = values

    def text(self, name: str) -> str:
        """A single value, composed as it will be kept."""
        value = self._values.get(name, "")
        return tidy(value) if isinstance(value, str) else ""

    def several(self, name: str) -> tuple[str, ...]:
        """The values of a list."""
        value = self._values.get(name, ())
        return (value,) if isinstance(value, str) else tuple(map(tidy, value))

    def day(self, name: str) -> date | None:
        """A date, which the engine has checked."""
        text = self.text(name)
        return date.fromisoformat(text) if text else None


def _particulars(values: _Values) -> Particulars:
    given, middle, family = (
        values.text(f"prs_{name}Name") for name in ("First", "Middle", "Second")
    )
    nationalities = values.several("prs_Citizenship")
    if values.text("romyen_stateless") == "TRUE":
        nationalities += (STATELESS,)
    return Particulars(
        full_name=" ".join(filter(None, (given, middle, family))) if middle else "",
        given_name=given,
        family_name=family,
        birth=_birth(values),
        gender=values.text("prs_Gender") or UNKNOWN_GENDER,
        nationalities=nationalities,
        languages=_languages(values),
        exploitation=_exploitation(values),
    )


def _birth(values: _Values) -> Birth | None:
    method = values.text("romyen_birth_method") or UNKNOWN_METHOD
    exact, other = values.text("prs_Birthdate"), values.text("romyen_birth")
    if exact and other:
        raise refuse("RY-HTCDS-BIRTH-TWICE", field="romyen_birth")
    if exact:
        return Birth.known(PartialDay.from_iso(exact), method)
    return _inexact(other, method) if other else None


def _inexact(text: str, method: str) -> Birth:
    estimate = _ESTIMATE.fullmatch(text)
    try:
        if estimate:
            youngest, oldest, on = estimate.groups()
            return Birth.estimated(int(youngest), int(oldest), date.fromisoformat(on), method)
        return Birth.known(PartialDay.from_iso(text), method)
    except (ValueError, Refusal) as error:
        if isinstance(error, Refusal) and error.code == "RY-LIST-UNKNOWN":
            raise
        raise refuse("RY-HTCDS-BIRTH-UNREADABLE", field="romyen_birth") from error


def _languages(values: _Values) -> tuple[str, ...]:
    """Our codes: two letters where our list has them, else the three of ISO 639.

    ``romyen_languages``, where it is given, holds all of them.
    """
    own = values.several("romyen_languages")
    if own:
        return tuple(dict.fromkeys(check_language(code) for code in own))
    names = ("prs_PrimaryLanguage", "prs_SecondaryLanguage")
    spoken = (our_language(name, values.text(name)) for name in names)
    return tuple(dict.fromkeys(filter(None, spoken)))


@cache
def our_language(field: str, code: str) -> str:
    """The code by which we know a language of HTCDS; empty where ours has no place for it."""
    spellings = next((o.codes for o in fields()[field].options if o.code == code), ())
    short = next((s for s in (*spellings, code) if s in listed("languages")), code)
    try:
        return check_language(short)
    except Refusal:
        return ""


def _exploitation(values: _Values) -> tuple[str, ...]:
    local = set(values.several("romyen_exploitation"))
    ours = [code for code, said in LOCAL_EXPLOITATION.items() if set(said) <= local]
    if "ForcedCriminalityScam" in ours:
        ours.remove("ForcedCriminalityOther")
    official = values.several("vic_TypeOfExploitation")
    if any(listed("exploitation_extensions").item(code).more["map_to"] == "Other" for code in ours):
        official = tuple(code for code in official if code != "Other")
    return (*official, *ours)


def _names(values: _Values) -> tuple[Mapping[str, str], ...]:
    kinds = {"alias": "romyen_aliases", "nickname": "romyen_nicknames"}
    told = [(kind, text) for kind, field in kinds.items() for text in values.several(field)]
    return _parts(*told, name="text")


def _contacts(values: _Values) -> tuple[Mapping[str, str], ...]:
    address = [values.text(f"prs_Mailing{part}") for part in ADDRESS]
    return _parts(
        ("telephone", values.text("prs_MobilePhone")),
        ("telephone", values.text("prs_HomePhone")),
        ("email", values.text("prs_Email")),
        ("address", ", ".join(filter(None, address))),
        name="value",
    )


def _parts(*told: tuple[str, str], name: str) -> tuple[Mapping[str, str], ...]:
    return tuple({"kind": kind, name: text} for kind, text in sorted(told) if text)


def _standing(values: _Values) -> tuple[str, str]:
    status = values.text("vic_TraffickingStatus")
    if not status:
        return "", ""
    return from_htcds(status, values.text("vic_TraffickingStatusDecisionMakingOrg"))


def _consent(values: _Values) -> Said:
    """What she said about keeping her information. A "no" in either field is a no."""
    said = {values.text("con_Consent"), values.text("vic_AgreementToManagePersonalData")}
    if "FALSE" in said:
        return "FALSE"
    return "TRUE" if "TRUE" in said else ""


def _case(values: _Values) -> CaseFacts:
    outcome = CLOSINGS.get(values.text("cas_Status"), "")
    closed_on = values.day("cas_OutgoingReferralDate") if outcome == "referred" else None
    return CaseFacts(
        owner=values.text("cas_CaseOwner"),
        opened_on=values.day("cas_IncomingReferralDate") or closed_on,  # told: OPENED-UNKNOWN
        closed_on=closed_on,
        outcome=outcome,
        closing=values.text("cas_ReasonForCaseClosure") if outcome else "",
    )
