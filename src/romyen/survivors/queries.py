"""Reading survivors: always through what the reader may see; sealed facts with a read entry."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet

from romyen import access
from romyen.access import CLOSED, Actor, Node, Opened, Team
from romyen.partners.models import Partner
from romyen.rules import consent as rule
from romyen.rules import screening as talks
from romyen.rules.births import Birth
from romyen.rules.codes import check_code
from romyen.survivors.ages import Age, age_in_the_open, born, open_for_consent
from romyen.survivors.listed import listed
from romyen.survivors.models import (
    Alert,
    Consent,
    Contact,
    Document,
    Name,
    Screening,
    Survivor,
)

PAGE = 25
NAMES = ("full_name", "given_name", "family_name")
_HEAVY = (
    *("name_keys", "birth", "languages", "safe_contact"),
    *("guardian_detail", "unmapped", "void_reason"),
)
"""Sealed columns that no list opens: not worth loading."""


def survivors(actor: Actor, *, now: datetime) -> QuerySet[Survivor]:
    """The survivors whom the actor may know of, entered in error or not."""
    known = Survivor.objects.select_related("node", "folded_into__node")
    return access.visible_to(actor, "survivor.read", known, now=now)


def survivor(actor: Actor, ref: str, *, now: datetime) -> Survivor:
    """One survivor, or ``RY-ABSENT``."""
    return access.one(survivors(actor, now=now), ref)


def by_code(actor: Actor, code: str, *, now: datetime) -> Survivor | None:
    """The survivor with this code, or None; a mistyped code refuses (``RY-CODE-MISTYPED``)."""
    return survivors(actor, now=now).filter(node__code=check_code(code)).first()


@dataclass(frozen=True)
class Listed:
    """One page of a list, newest first; ``older`` leads to the next (empty: none)."""

    rows: list[Survivor]
    older: str


def of_team(
    actor: Actor, *, team: Node | None = None, before: str = "", size: int = PAGE, now: datetime
) -> Listed:
    """Codes, newest first, of one team or of all that the actor sees.

    ``before`` is the ``older`` of the page before; one that makes no sense starts anew.
    """
    rows = Survivor.objects.select_related("node").filter(voided_at=None, folded_into=None)
    if team is not None:
        rows = rows.filter(team=team)
    rows = _after(rows, before).defer(*_HEAVY).order_by("-registered_at", "-pk")
    found = access.first_visible(actor, "survivor.read", rows, most=size + 1, now=now)
    last = found[size - 1] if len(found) > size else None
    older = f"{last.registered_at.isoformat()}_{last.pk}" if last else ""
    return Listed(found[:size], older)


def _after(rows: QuerySet[Survivor], mark: str) -> QuerySet[Survivor]:
    moment, _, ref = mark.partition("_")
    try:
        at = datetime.fromisoformat(moment)
    except ValueError:
        return rows
    if at.tzinfo is None:
        return rows
    return rows.filter(Q(registered_at__lt=at) | Q(pk__lt=ref), registered_at__lte=at)


def teams_to_register_in(actor: Actor, *, now: datetime) -> list[Team]:
    """The teams in which the actor may begin a file, by name."""
    teams = Team.objects.select_related("node").order_by("name")
    return list(access.visible_to(actor, "survivor.register", teams, now=now))


def names(
    reader: Actor, rows: Iterable[Survivor], *, purpose: str, now: datetime
) -> dict[str, Opened]:
    """What each is called, by id: one read entry for all. None: no name told; CLOSED: no key."""
    opened = access.reveal(reader, rows, NAMES, purpose=purpose, now=now)
    return {str(pk): called(texts) for pk, texts in opened.items()}


def called(texts: dict[str, Opened]) -> Opened:
    """The full name, else given and family name together."""
    if any(texts[name] is CLOSED for name in NAMES):
        return CLOSED
    parts = " ".join(str(texts[name]) for name in NAMES[1:] if texts[name])
    return texts["full_name"] or parts or None


@dataclass(frozen=True)
class Warned:
    """An alert as far as the reader may know it; ``kind`` is empty when it is closed to them."""

    alert: Alert
    kind: str
    text: str

    @property
    def closed(self) -> bool:
        """Whether the reader learns only that there is one."""
        return not self.kind


@dataclass(frozen=True)
class First:
    """What comes before all else: alerts that stand, and how to make contact safely."""

    alerts: list[Warned]
    safe_contact: Opened
    age: Age


def first(reader: Actor, person: Survivor, *, now: datetime) -> First:
    """Alerts and safe contact, opened whenever the file is: one read entry where there are any.

    With them her birth, where the consent rule needs it to say whose word is missing.
    """
    alerts = list(Alert.objects.filter(survivor=person, lowered_at=None).order_by("at"))
    rows = [person] if person.safe_contact is not None else []
    warned, contact, births = access.reveal_all(
        reader,
        (alerts, Alert.COLUMNS),
        (rows, ["safe_contact"]),
        (open_for_consent(person), ["birth"]),
        purpose="safety",
        now=now,
    )
    safe = contact[person.pk]["safe_contact"] if rows else None
    age = age_in_the_open(person, born(births[person.pk]["birth"]) if births else None)
    return First([_warned(alert, warned[alert.pk]) for alert in alerts], safe, age)


def _warned(alert: Alert, opened: dict[str, Opened]) -> Warned:
    text = next((value for value in opened.values() if isinstance(value, str)), None)
    said = json.loads(text) if text else {}
    return Warned(alert, said.get("kind", ""), said.get("text", ""))


@dataclass(frozen=True)
class Belonging:
    """A name, paper or contact with what its row holds; ``said`` is None when closed."""

    row: Any
    said: dict[str, str] | None


@dataclass(frozen=True)
class File:
    """Everything on a survivor's page, opened: fields by name, parts in order."""

    opened: dict[str, Opened]
    names: list[Belonging]
    documents: list[Belonging]
    contacts: list[Belonging]
    steps: dict[str, dict[str, Opened]]
    consents: dict[str, dict[str, Opened]]

    @property
    def called(self) -> Opened:
        """What she is called."""
        return called(self.opened)

    @property
    def birth(self) -> Birth | None:
        """Her birth, where it is known and open to the reader."""
        text = self.opened["birth"]
        return Birth.from_text(text) if isinstance(text, str) else None


FILE_FIELDS = (
    *NAMES,
    "birth",
    "languages",
    "guardian_detail",
    "unmapped",
    "void_reason",
)
_PARTS: tuple[type[Name] | type[Document] | type[Contact], ...] = (Name, Document, Contact)


def file(reader: Actor, person: Survivor, *, purpose: str, now: datetime) -> File:
    """Open the whole page for a purpose: one read entry, a fixed number of queries."""
    parts = [_present(model, person) for model in _PARTS]
    steps, consents = list(person.identifications.all()), list(person.consents.all())
    opened = access.reveal_all(
        reader,
        ([person], FILE_FIELDS),
        *((rows, ["content"]) for rows in parts),
        (steps, ["words", "reason"]),
        (consents, ["guardian", "limits", "withdrawal"]),
        purpose=purpose,
        now=now,
    )
    named, papers, contacts = (
        _belongings(rows, opened[at]) for at, rows in enumerate(parts, start=1)
    )
    return File(opened[0][person.pk], named, papers, contacts, opened[4], opened[5])


def _present(model: Any, person: Survivor) -> list[Any]:
    return list(model.objects.filter(survivor=person, removed_at=None).order_by("at", "pk"))


def _belongings(rows: list[Any], opened: dict[Any, dict[str, Opened]]) -> list[Belonging]:
    texts = [opened[row.pk]["content"] for row in rows]
    return [
        Belonging(row, json.loads(text) if isinstance(text, str) else None)
        for row, text in zip(rows, texts, strict=True)
    ]


def part(actor: Actor, kind: str, ref: str, *, of: Survivor | None = None, now: datetime) -> Any:
    """A name, document, contact, alert, consent or screening, or ``RY-ABSENT``.

    ``of`` is the survivor to whom it must belong.
    """
    models = {
        "name": Name,
        "document": Document,
        "contact": Contact,
        "alert": Alert,
        "consent": Consent,
        "screening": Screening,
    }
    rows: QuerySet[Any] = models[kind].objects.select_related("survivor__node")  # type: ignore[attr-defined]
    if of is not None:
        rows = rows.filter(survivor=of)
    return access.one(access.visible_to(actor, "survivor.read", rows, now=now), ref)


def consents(person: Survivor) -> list[Consent]:
    """Every consent of hers with its recipient, in the order in which they were given."""
    return list(person.consents.select_related("partner"))


def consents_of(person: Survivor) -> list[rule.Consent]:
    """Every consent of hers as the rule reads them. One query."""
    conflict = person.guardian_in_conflict
    return [given.as_rule(guardian_conflict=conflict) for given in person.consents.all()]


def standing(
    person: Survivor, age: Age, *, purpose: str, recipient: str, on: date
) -> rule.Standing:
    """Where consent stands for one purpose and recipient (a partner's id, or “ourselves”)."""
    return rule.standing(consents_of(person), purpose, recipient, on, wanted=age.wanted(on))


@dataclass(frozen=True)
class Agreed:
    """One line of the consent panel: a purpose, a recipient, and where consent stands.

    ``consent`` is the last one given, withdrawn or not; None where there never was one.
    """

    purpose: str
    partner: Partner | None
    standing: rule.Standing
    consent: Consent | None

    @property
    def live(self) -> bool:
        """Whether there is something to withdraw."""
        return self.standing.state in ("given", "guardian_in_conflict", "giver_missing")


def panel(
    person: Survivor,
    age: Age,
    *,
    on: date,
    whole: bool = True,
    given: Sequence[Consent] | None = None,
) -> list[Agreed]:
    """Where consent stands for each partner ever named, and for every purpose here.

    Not ``whole``: only for what was ever given. ``given`` are her :func:`consents`, where the page
    has read them already.
    """
    given = consents(person) if given is None else given
    conflict, wanted_of = person.guardian_in_conflict, age.wanted(on)
    as_rules = [consent.as_rule(guardian_conflict=conflict) for consent in given]
    last = {(consent.purpose, consent.recipient): consent for consent in given}
    ours = [(code, rule.OURSELVES) for code in listed("consent_purposes").items] if whole else []
    wanted = dict.fromkeys([*ours, *last])
    return [
        Agreed(
            purpose,
            last[purpose, recipient].partner if (purpose, recipient) in last else None,
            rule.standing(as_rules, purpose, recipient, on, wanted=wanted_of),
            last.get((purpose, recipient)),
        )
        for purpose, recipient in wanted
    ]


@dataclass(frozen=True)
class Told:
    """One finding with its evidence, as the result page shows it."""

    finding: talks.Finding
    evidence: str


@dataclass(frozen=True)
class Result:
    """A screening explained. ``told`` holds the evidence by the finding's ``ref``."""

    screening: Screening
    explanation: talks.Explanation | None
    told: dict[str, Told]
    words: Opened


def result(reader: Actor, screening: Screening, *, purpose: str, now: datetime) -> Result:
    """Open a screening and explain it; the explanation is None where it is closed to the reader."""
    person = screening.survivor
    opened, hers = access.reveal_all(
        reader,
        ([screening], ["findings", "words"]),
        ([person], ["birth"]),
        purpose=purpose,
        now=now,
    )
    texts, birth = opened[screening.pk], hers[person.pk]["birth"]
    if texts["findings"] is CLOSED:
        return Result(screening, None, {}, CLOSED)
    told = _told(json.loads(str(texts["findings"])))
    findings, began = [one.finding for one in told.values()], screening.began_on
    explanation = talks.explain(findings, born(birth), began.earliest if began else None)
    return Result(screening, explanation, told, texts["words"])


def _told(said: Sequence[dict[str, str]]) -> dict[str, Told]:
    rows = {}
    for at, row in enumerate(said):
        evidence = row.pop("evidence")
        finding = talks.Finding(**row, has_evidence=bool(evidence), ref=str(at))  # type: ignore[arg-type]
        rows[finding.ref] = Told(finding, evidence)
    return rows
