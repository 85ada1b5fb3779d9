"""What the pages of the legal file show, in words; nothing here reads the database."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext

from romyen.cases.book import book
from romyen.cases.panels import law as law_of_clock
from romyen.cases.panels import of
from romyen.legal.models import (
    Attendance,
    Charge,
    Compensation,
    FundApplication,
    FundHead,
    Hearing,
    Party,
    Permit,
    Proceeding,
    Testimony,
)
from romyen.legal.models.proceedings import HELD, PLANNED
from romyen.legal.queries import OfCase, Whole
from romyen.legal.words import (
    baht,
    colour,
    is_criminal,
    label,
    labels,
    language,
    marked,
    offence,
    source_of,
    words,
)
from romyen.rules.spans import local_day

type Row = dict[str, Any]
type Plain = Mapping[str, Any]
NEAR = (30, 60)
"""Days before a permit ends: red within the first, orange within the second."""


def head(row: Proceeding) -> Row:
    """A proceeding as a line: codes in words, nothing sealed."""
    return {
        "row": row,
        "kind": label("proceeding_kinds", row.kind),
        "stage": label("stages", row.stage),
        "colour": colour("stages", row.stage),
        "href": reverse("legal:proceeding", args=[row.pk]),
    }


def facts(row: Proceeding, plain: Plain) -> list[Row]:
    """Offices, numbers and the accused."""
    rows: list[Row] = [
        {"key": gettext("Police unit"), "value": row.police and row.police.name},
        {"key": gettext("Prosecutor's office"), "value": row.prosecutor and row.prosecutor.name},
        {"key": gettext("Court or authority"), "value": row.court and row.court.name},
        {"key": gettext("Number at the police"), "value": of(plain, row, "police_no")},
        {"key": gettext("Number at the prosecutor"), "value": of(plain, row, "prosecutor_no")},
        {"key": gettext("Black case number"), "value": of(plain, row, "black_no")},
        {"key": gettext("Red case number"), "value": of(plain, row, "red_no")},
        {"key": gettext("The accused"), "value": of(plain, row, "accused")},
        {"key": gettext("How many accused"), "value": row.accused_count or None},
        {"key": gettext("Is one of them detained?"), "value": row.detained},
    ]
    if row.detained:
        rows.append({"key": gettext("Detained since"), "value": row.detained_on})
    return rows


def charge(row: Charge, plain: Plain) -> Row:
    """A charge with its section and what became of it."""
    item = words("offences").items.get(row.offence)
    return {
        "row": row,
        "title": offence(row.offence),
        "detail": of(plain, row, "detail"),
        "result": label("results", row.result),
        "colour": colour("results", row.result),
        "sentence": of(plain, row, "sentence"),
        "law": source_of(item) if item else None,
    }


def hearing(row: Hearing, plain: Plain, now: datetime) -> Row:
    """A day at court; a planned one that is over asks what came of it."""
    over = row.outcome == PLANNED and row.on < local_day(now)
    return {
        "row": row,
        "title": label("hearing_kinds", row.kind),
        "at": row.moment,
        "outcome": gettext("What came of it?") if over else label("hearing_outcomes", row.outcome),
        "colour": "orange" if over else colour("hearing_outcomes", row.outcome),
        "room": of(plain, row, "room"),
        "words": of(plain, row, "words"),
        "coming": row.outcome == PLANNED and not over,
        "planned": row.outcome == PLANNED,
        "moved": row.moved_from_id is not None,
    }


def attendance(row: Attendance, plain: Plain, now: datetime) -> Row:
    """Who has to come, how she is protected, whether she is prepared."""
    return {
        "row": row,
        "case": row.party.case_id,
        "hearing": hearing(row.hearing, plain, now) if "hearing" in row._state.fields_cache else {},
        "measures": labels("measures", row.measures),
        "prepared": row.prepared_on,
        "words": of(plain, row, "words"),
    }


def whole(page: Whole, plain: Plain, now: datetime) -> Row:
    """Everything that the page of a proceeding shows."""
    coming: dict[str, list[Row]] = {}
    for row in page.attendances:
        coming.setdefault(row.hearing_id, []).append(attendance(row, plain, now))
    days = [
        hearing(row, plain, now) | {"people": coming.get(row.pk, [])}
        for row in page.hearings
        if not row.void_at
    ]
    return {
        "coming": [one for one in days if one["coming"]],
        "past": [one for one in days if not one["coming"]][::-1],
        "charges": [charge(row, plain) for row in page.charges if not row.void_at],
        "struck": [
            *(label("hearing_kinds", row.kind) for row in page.hearings if row.void_at),
            *(offence(row.offence) for row in page.charges if row.void_at),
        ],
        "stages": [
            {"title": label("stages", row.code), "at": row.on, "by": ""} for row in page.stages
        ],
        "parties": [party(row) for row in page.parties],
        "early": early(page),
        "trial": trial(page),
    }


def early(page: Whole) -> list[Row]:
    """Hearings that stand before any charge: possible after a correction, never right."""
    if not is_criminal(page.proceeding.kind):
        return []
    live = [row for row in page.charges if not row.void_at]
    first = min((row.charged_on or date.min for row in live), default=date.max)
    return [
        {"title": label("hearing_kinds", row.kind), "on": row.on}
        for row in page.hearings
        if not row.void_at
        and not marked("hearing_kinds", row.kind, "before_charge")
        and row.on < first
    ]


def trial(page: Whole) -> list[Row]:
    """How long the trial may last by the court's own rule, from what is written down."""
    judged = any(row.kind == "judgment" and row.outcome == HELD for row in page.hearings)
    if judged or not is_criminal(page.proceeding.kind):
        return []
    days = [row.charged_on for row in page.charges if row.charged_on and not row.void_at]
    starts = [("charge_filed", min(days))] if days else []
    if page.proceeding.detained and page.proceeding.detained_on and days:
        starts.append(("defendant_remanded", page.proceeding.detained_on))
    found = [one for event, day in starts for one in book().deadlines(event, day)]
    return [
        {"title": one.clock.label(language()), "due": one.due, "law": law_of_clock(one)}
        for one in found
    ]


def party(row: Party, plain: Plain = {}) -> Row:  # noqa: B006 - never changed
    """A case in a proceeding."""
    return {
        "row": row,
        "role": label("party_roles", row.role),
        "lawyer": of(plain, row, "lawyer"),
        "interpreter": of(plain, row, "interpreter"),
    }


def testimony(row: Testimony, plain: Plain) -> Row:
    """Testimony before the charge, step by step."""
    law = source_of(words("hearing_kinds").item("advance_testimony"))
    steps = [
        {"key": gettext("Asked for"), "value": row.asked_on},
        {"key": gettext("Filed by the prosecutor"), "value": row.filed_on},
        {"key": gettext("Ordered by the court"), "value": row.ordered_on},
        {"key": gettext("Held"), "value": row.held_on},
        {"key": gettext("Notes"), "value": of(plain, row, "words")},
    ]
    return {"row": row, "by": label("testimony_askers", row.asked_by), "steps": steps, "law": law}


def compensation(row: Compensation, plain: Plain) -> Row:
    """One head of compensation, what reached her, and what looks odd."""
    item = words("compensation_heads").items.get(row.head)
    payments = list(row.payments.all())
    return {
        "row": row,
        "title": label("compensation_heads", row.head),
        "payer": label("payers", row.payer),
        "claimed": baht(row.claimed),
        "ordered": baht(row.ordered),
        "paid": baht(sum(one.amount for one in payments)),
        "payments": [{"row": one, "amount": baht(one.amount)} for one in payments],
        "enforcement": label("enforcement_states", row.enforcement),
        "words": of(plain, row, "words"),
        "law": source_of(item) if item else None,
        "unasked": row.claimed is None,
        "warnings": odd(row, payments),
    }


def odd(row: Compensation, payments: Iterable[Any]) -> list[str]:
    """What may be a slip; nothing here is refused."""
    payments = list(payments)
    found = []
    if row.ordered is not None and sum(one.amount for one in payments) > row.ordered:
        found.append(gettext("More was paid than was ordered. Please check the amounts."))
    if row.ordered_on and any(one.paid_on < row.ordered_on for one in payments):
        found.append(gettext("A payment lies before the order. Please check the days."))
    return found


def sums(rows: Iterable[Compensation]) -> Row:
    """Claimed, ordered and paid over all heads."""
    rows = list(rows)
    paid = sum(one.amount for row in rows for one in row.payments.all())
    return {
        "any": bool(rows),
        "claimed": baht(sum(row.claimed or 0 for row in rows)),
        "ordered": baht(sum(row.ordered or 0 for row in rows)),
        "paid": baht(paid),
    }


def permit(row: Permit, plain: Plain, now: datetime) -> Row:
    """A permit with its number masked, and how near its end is."""
    word, shade = standing(row, local_day(now))
    return {
        "row": row,
        "title": label("permit_kinds", row.kind),
        "state": word,
        "colour": shade,
        "number": of(plain, row, "number"),
        "words": of(plain, row, "words"),
        "renewable": row.state == "granted",
    }


def standing(row: Permit, today: date) -> tuple[str, str]:
    """The state of a permit in a word and the colour that helps it."""
    if row.state != "granted" or row.expires_on is None:
        return label("permit_states", row.state), colour("permit_states", row.state)
    left = row.expires_on - today
    if left < timedelta(0):
        return gettext("Expired"), "red"
    soon = next((days for days in NEAR if left <= timedelta(days=days)), 0)
    if soon:
        return gettext("Ends soon"), "red" if soon == NEAR[0] else "orange"
    return label("permit_states", row.state), colour("permit_states", row.state)


def fund(row: FundApplication, plain: Plain) -> Row:
    """An application to the Fund with its heads and steps."""
    heads, steps = list(row.heads.all()), list(row.steps.all())
    return {
        "row": row,
        "applicant": label("fund_applicants", row.applicant),
        "heads": [fund_head(one) for one in heads],
        "asked": baht(sum(one.asked for one in heads)),
        "approved": baht(sum(one.approved or 0 for one in heads)),
        "paid": baht(sum(one.paid or 0 for one in heads)),
        "words": of(plain, row, "words"),
        "steps": [_fund_step(one, plain) for one in steps],
    }


def _fund_step(row: Any, plain: Plain) -> Row:
    return {
        "title": label("fund_steps", row.step),
        "at": row.on,
        "text": of(plain, row, "words"),
        "tag": label("fund_decisions", row.decision) if row.decision else "",
        "colour": colour("fund_decisions", row.decision),
    }


def fund_head(row: FundHead) -> Row:
    """One expense head; above the notice's figure a warning with the source."""
    item = words("fund_heads").items.get(row.head)
    most = item.more.get("limit") if item else None
    return {
        "row": row,
        "title": label("fund_heads", row.head),
        "asked": baht(row.asked),
        "approved": baht(row.approved),
        "paid": baht(row.paid),
        "over": bool(most and row.asked > most),
        "rule": fund_rule(row.head),
        "law": source_of(item) if item else None,
    }


def fund_rule(code: str) -> str:
    """What the notice of 2023 says of an expense head, in the reader's language."""
    item = words("fund_heads").items.get(code)
    if item is None:
        return ""
    name = "rule_th" if language().startswith("th") else "rule_en"
    return str(item.more.get(name, ""))


def of_case(page: OfCase, plain: Plain, now: datetime) -> Row:
    """Everything that the legal file of a case shows."""
    coming = [attendance(row, plain, now) for row in page.attendances]
    return {
        "parties": [_part(row, page, plain, now) for row in page.parties],
        "next": next((one["hearing"] for one in coming if one["hearing"]["coming"]), None),
        "sums": sums(page.compensations),
        "permits": [permit(row, plain, now) for row in page.permits],
        "funds": [fund(row, plain) for row in page.funds],
    }


def _part(row: Party, page: OfCase, plain: Plain, now: datetime) -> Row:
    """Her part in one proceeding, with all that hangs on it."""

    def mine(rows: Iterable[Any]) -> list[Any]:
        return [one for one in rows if one.party_id == row.pk]

    return {
        **party(row, plain),
        "proceeding": head(row.proceeding),
        "attendances": [attendance(one, plain, now) for one in mine(page.attendances)],
        "testimonies": [testimony(one, plain) for one in mine(page.testimonies)],
        "compensations": [compensation(one, plain) for one in mine(page.compensations)],
    }
