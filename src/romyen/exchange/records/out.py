"""From facts to the values of HTCDS: the official fields where they can say it, else ours."""

from collections.abc import Mapping
from datetime import date

from romyen.cases.book import listed as of_cases
from romyen.exchange.htcds.choosing import choices
from romyen.exchange.htcds.record import FieldValue, Record
from romyen.exchange.records.facts import LOCAL_EXPLOITATION, CaseFacts, Facts
from romyen.exchange.records.into import our_language
from romyen.rules.births import Birth
from romyen.rules.ladder import Step, to_htcds
from romyen.rules.lists import htcds
from romyen.survivors.actions.taking_over import Kept
from romyen.survivors.listed import STATELESS, listed
from romyen.survivors.particulars import Particulars

LANGUAGES = ("prs_PrimaryLanguage", "prs_SecondaryLanguage")


def values_of(facts: Facts) -> Mapping[str, FieldValue]:
    """The values that these facts come to, in normal form and without our code."""
    kept, person = facts.kept, facts.kept.particulars
    said: dict[str, FieldValue] = {
        **_names(person, kept),
        **_birth(person.birth),
        **_languages(person.languages),
        **_exploitation(person.exploitation),
        **_contacts(kept),
        **_standing(kept),
        **(_case(facts.case) if facts.case else {}),
        "prs_Gender": person.gender,
        "prs_Citizenship": tuple(code for code in person.nationalities if code != STATELESS),
        "romyen_stateless": "TRUE" if STATELESS in person.nationalities else "",
        "prs_IdentityNumber": next((d["number"] for d in kept.documents if d.get("number")), ""),
        "con_Consent": facts.consent,
    }
    return Record.of(said).values


def _names(person: Particulars, kept: Kept) -> dict[str, FieldValue]:
    """Given, middle and family name; whatever does not fit in there is an alias."""
    given, family, full = person.given_name, person.family_name, person.full_name
    aliases = [name["text"] for name in kept.names if name["kind"] != "nickname"]
    middle = _middle(given, family, full)
    if not given and not family:
        given = full
    elif full and not middle and full != " ".join(filter(None, (given, family))):
        aliases.insert(0, full)
    return {
        "prs_FirstName": given,
        "prs_MiddleName": middle,
        "prs_SecondName": family,
        "romyen_aliases": tuple(aliases),
        "romyen_nicknames": tuple(n["text"] for n in kept.names if n["kind"] == "nickname"),
    }


def _middle(given: str, family: str, full: str) -> str:
    """What stands between given and family name in a full name that begins and ends so."""
    if not (given or family) or not (full.startswith(given) and full.endswith(family)):
        return ""
    between = full[len(given) : len(full) - len(family)]
    parted = (not given or between[:1] == " ") and (not family or between[-1:] == " ")
    return between.strip() if parted else ""


def _birth(birth: Birth | None) -> dict[str, FieldValue]:
    if birth is None:
        return {}
    if birth.kind == "exact":
        return {"prs_Birthdate": birth.typed[0], "romyen_birth_method": birth.method}
    text = birth.typed[0]
    if birth.kind == "estimated":
        youngest, oldest, on = birth.typed
        text = f"{youngest}-{oldest} {on}"
    return {
        "romyen_birth": text,
        "romyen_birth_precision": birth.kind,
        "romyen_birth_method": birth.method,
    }


def _languages(codes: tuple[str, ...]) -> dict[str, FieldValue]:
    """The first two, where HTCDS has them; all of them in our own column, where it has not."""
    official = [choices(LANGUAGES[0]).codes.get(code, "") for code in codes]
    known = [our_language(LANGUAGES[0], code) if code else "" for code in official]
    told: dict[str, FieldValue] = dict(zip(LANGUAGES, filter(None, official), strict=False))
    if len(codes) > len(LANGUAGES) or known != list(codes):
        told["romyen_languages"] = codes
    return told


def _exploitation(codes: tuple[str, ...]) -> dict[str, FieldValue]:
    official = {code for code in codes if code in htcds("vic_TypeOfExploitation")}
    ours = [code for code in codes if code in LOCAL_EXPLOITATION]
    official |= {str(listed("exploitation_extensions").item(c).more["map_to"]) for c in ours}
    local = {value for code in ours for value in LOCAL_EXPLOITATION[code]}
    return {"vic_TypeOfExploitation": tuple(official), "romyen_exploitation": tuple(local)}


def _contacts(kept: Kept) -> dict[str, FieldValue]:
    """The first two telephones, the first address and e-mail; HTCDS has no room for more."""
    phones, mails, addresses = (
        [one["value"] for one in kept.contacts if one["kind"] == kind]
        for kind in ("telephone", "email", "address")
    )
    found = dict(zip(("prs_MobilePhone", "prs_HomePhone"), phones, strict=False))
    found |= dict(zip(("prs_Email",), mails, strict=False))
    return {**found, **dict(zip(("prs_MailingStreet",), addresses, strict=False))}


def _standing(kept: Kept) -> dict[str, FieldValue]:
    if not kept.status:
        return {}
    step = Step(kept.status, kept.organisation, date.min)  # type: ignore[arg-type]
    status, organisation = to_htcds(step)
    return {
        "vic_TraffickingStatus": status,
        "vic_TraffickingStatusDecisionMakingOrg": organisation,
    }


def _case(case: CaseFacts) -> dict[str, FieldValue]:
    status = "Active"
    if case.closed:
        status = str(of_cases("outcomes").item(case.outcome).more["map_to"])
    return {
        "cas_Status": status,
        "cas_ReasonForCaseClosure": case.closing,
        "cas_CaseOwner": case.owner,
    }
