"""The sections that the stations add: where she stays, her plan, her health, the law."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext

from romyen import access
from romyen.care import panels as care_words
from romyen.care import queries as care
from romyen.exchange.summary.asking import Printing, Section
from romyen.exchange.summary.blocks import Block
from romyen.legal import panels as legal_words
from romyen.legal import queries as legal
from romyen.rules.refusals import gettext_noop as _
from romyen.shelters import panels as shelter_words
from romyen.shelters import queries as shelters

type Plain = dict[str, dict[str, Any]]


def _opened(asked: Printing, rows: Iterable[Any], fields: Sequence[str]) -> Plain:
    found = access.reveal(asked.reader, rows, fields, purpose=asked.purpose, now=asked.now)
    return {str(pk): values for pk, values in found.items()}


def _stays(asked: Printing, block: Block) -> None:
    """House and province; where a house is stands in no paper."""
    rows = shelters.stays_of(asked.case)
    plain = shelters.open_words(asked.reader, rows, purpose=asked.purpose, now=asked.now)
    for row in rows:
        one = shelter_words.stay(row, asked.reader, plain, asked.now)
        house = f"{one['house'].name} · " if one["house"] else ""
        left = gettext("until %(day)s") % {"day": block.said(row.left_on)} if row.left_on else ""
        words = " · ".join(filter(None, [left, one["reason"], block.said(one["words"])]))
        block.item(f"{house}{one['province']}", on=row.arrived_on, text=words)


def _plan(asked: Printing, block: Block) -> None:
    rows = care.goals(asked.case)
    plain = _opened(asked, rows, ("words", "steps", "why"))
    for one in (care_words.goal(row, plain) for row in rows):
        words = "\n".join(filter(None, map(block.said, (one["words"], one["steps"], one["why"]))))
        block.item(one["kind"], on=one["row"].set_on, text=words, tag=one["tag"]["text"])


def _help(asked: Printing, block: Block) -> None:
    rows = [row for row in care.services(asked.case) if not row.void_at]
    plain = _opened(asked, rows, ("note",))
    for one in (care_words.service(row, plain) for row in rows):
        block.item(one["kind"], on=one["row"].on, text=one["note"], tag=one["giver"])


def _health(asked: Printing, block: Block) -> None:
    kept = [row for row in care.appointments(asked.case) if not row.void_at]
    plain = _opened(asked, kept, ("about", "outcome"))
    for one in (care_words.appointment(row, plain) for row in kept):
        words = " · ".join(filter(None, map(block.said, (one["reason"], one["outcome"]))))
        block.item(one["kind"], on=one["row"].on, text=words, tag=one["tag"]["text"])
    rows = [row for row in care.measures(asked.case) if not row.void_at]
    plain = _opened(asked, rows, ("taken", "words"))
    taken = care_words.opened_measures(rows, plain)
    for row in rows:
        one = care_words.measure(row, taken.get(row.pk), plain)
        scores = ", ".join(f"{score['key']}: {score['value']}" for score in one["scores"])
        whole = "" if row.complete else gettext("Incomplete")
        block.item(one["title"], on=row.on, text=scores or one["sealed"], tag=whole)


def _sessions(asked: Printing, block: Block) -> None:
    rows = [row for row in care.sessions(asked.case) if not row.void_at]
    plain = _opened(asked, rows, ("notes",))
    for one in (care_words.session(row, plain) for row in rows):
        block.item(one["kind"], on=one["row"].on, text=one["notes"])


def _follow_ups(asked: Printing, block: Block) -> None:
    rows = care.follow_ups(asked.case)
    plain = _opened(asked, rows, ("told",))
    for one in (care_words.follow_up(row, plain) for row in rows):
        words = " · ".join(filter(None, [*one["found"], one["why_not"], one["words"]]))
        on = one["row"].done_on or one["row"].due_on
        block.item(one["title"], on=on, text=words or one["sealed"], tag=one["tag"]["text"])


def _law(asked: Printing, block: Block) -> None:
    page = legal.of_case(asked.reader, asked.case, now=asked.now)
    plain = page.open(asked.reader, purpose=asked.purpose, now=asked.now)
    for row in page.parties:
        head = legal_words.head(row.proceeding)
        code = row.proceeding.node.code
        block.item(f"{head['kind']} · {code}", on=row.proceeding.stage_on, tag=head["stage"])
    for hearing in page.attendances:
        one = legal_words.hearing(hearing.hearing, plain, asked.now)
        block.item(one["title"], on=one["at"], tag=one["outcome"])
    _money(page, block)
    for permit in page.permits:
        one = legal_words.permit(permit, plain, asked.now)
        words = block.said(one["number"])
        block.item(one["title"], on=permit.expires_on or "", text=words, tag=one["state"])


def _money(page: legal.OfCase, block: Block) -> None:
    sums = legal_words.sums(page.compensations)
    if sums["any"]:
        block.row(gettext("Compensation claimed"), sums["claimed"])
        block.row(gettext("Compensation ordered"), sums["ordered"])
        block.row(gettext("Compensation paid"), sums["paid"])


SECTIONS: dict[str, Section] = {
    "stays": Section(_("Where she stayed"), "shelter.read", _stays),
    "plan": Section(_("Plan"), "care.read", _plan),
    "help": Section(_("Help given"), "care.read", _help),
    "health": Section(_("Health and measures"), "care.read", _health),
    "sessions": Section(_("Counselling"), "counselling.read", _sessions),
    "follow_ups": Section(_("Follow-ups"), "care.read", _follow_ups),
    "law": Section(_("The legal file"), "legal.read", _law),
}
"""Code of a section → what it is, after those of the case itself."""
