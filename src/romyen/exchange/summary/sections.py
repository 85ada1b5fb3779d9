"""The sections of a case's summary: who may print each, and what it says."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext

from romyen import access
from romyen.access import Reader
from romyen.cases import panels
from romyen.cases import queries as files
from romyen.cases.models import Case
from romyen.cases.reading import Page, read_page
from romyen.cases.story import told
from romyen.cases.words import label
from romyen.exchange.summary import stations
from romyen.exchange.summary.asking import Printing, Section
from romyen.exchange.summary.blocks import Block
from romyen.rules.refusals import gettext_noop as _
from romyen.rules.spans import local_day
from romyen.survivors import queries as survivors
from romyen.survivors import reading


def _identity(asked: Printing, block: Block) -> None:
    her = asked.case.survivor
    file = survivors.file(asked.reader, her, purpose=asked.purpose, now=asked.now)
    block.take(reading.identity(her, file.opened))
    block.take(reading.coarse(her))
    for rows, said in (
        (file.names, reading.name_row),
        (file.documents, reading.document_row),
        (file.contacts, reading.contact_row),
    ):
        block.take(said(one) for one in rows)
    block.take(reading.guardian(her, file))


def _safety(asked: Printing, block: Block) -> None:
    first = survivors.first(asked.reader, asked.case.survivor, now=asked.now)
    for warned in first.alerts:
        said = reading.alert(warned)
        closed = access.CLOSED
        block.item(closed if said["closed"] else said["kind"], text=said["text"])
    contact = reading.safe_contact(first.safe_contact)
    if contact:
        block.row(gettext("Hours"), contact["hours"])
        block.row(gettext("Best way"), contact["way"])
        block.row(gettext("What to say"), contact["say"])
        block.row(gettext("What never to do"), contact["beware"])
    elif first.safe_contact is access.CLOSED:
        block.row(gettext("Safe contact"), access.CLOSED)


def _identification(asked: Printing, block: Block) -> None:
    steps = asked.case.survivor.identifications.select_related("partner")
    for step in reading.ladder(steps, None):
        block.item(step["title"], on=step["at"], text=f"{step['by']} · {step['basis']}")


def _consent(asked: Printing, block: Block) -> None:
    for agreed in _page(asked).agreed:
        one = reading.agreed(agreed)
        given = agreed.consent.given_on if agreed.consent else ""
        block.item(f"{one['purpose']} · {one['recipient']}", on=given, tag=one["state"])


def _clocks(asked: Printing, block: Block) -> None:
    page = _page(asked)
    opened = page.open(asked.reader, purpose=asked.purpose, now=asked.now)
    for deadline in page.deadlines:
        one = panels.clock(deadline, asked.now, opened)
        law = one["law"]
        where = f"{law['instrument']}, {law['section']}" if law else ""
        block.item(one["title"], on=one["due"], text=where, tag=one["state"])
    for row in page.tasks:
        task = panels.task(row, asked.now, opened)
        state = gettext("Open") if row.is_open else gettext("Done")
        block.item(task["title"] or task["words"], on=row.due_on or "", tag=state)


def _referrals(asked: Printing, block: Block) -> None:
    for row in files.referrals(asked.case):
        one = panels.referral(row, asked.now)
        words = ", ".join(filter(None, [one["service"], *one["facts"]]))
        block.item(row.partner.name, on=local_day(row.made_at), text=words, tag=one["state"])


def _people(asked: Printing, block: Block) -> None:
    rows = files.people(asked.case)
    opened = files.read_people(asked.reader, rows, purpose=asked.purpose, now=asked.now)
    for one in panels.people_rows(rows, opened):
        block.item(one["name"], text=one["known"], tag=one["role"])


def _notes(asked: Printing, block: Block) -> None:
    rows = list(files.notes(asked.case))
    opened = files.read_notes(asked.reader, rows, purpose=asked.purpose, now=asked.now)
    for row in rows:
        title = label("note_kinds", row.kind)
        block.item(title, on=row.at, text=opened.get(row.pk, access.CLOSED))


def _story(asked: Printing, block: Block) -> None:
    page = _page(asked)
    opened = page.open(asked.reader, purpose=asked.purpose, now=asked.now)
    for one in told(page.timeline, page.names, opened):
        block.item(one["title"], on=one["at"], text=one.get("text", ""), tag=one.get("tag", ""))


def _page(asked: Printing) -> Page:
    return read_page(asked.reader, asked.case, now=asked.now)


SECTIONS: dict[str, Section] = {
    "identity": Section(_("Who she is"), "survivor.read", _identity),
    "safety": Section(_("Alerts and safe contact"), "survivor.read", _safety),
    "identification": Section(_("Identification"), "survivor.read", _identification),
    "consent": Section(_("Consent"), "case.read", _consent),
    "clocks": Section(_("Deadlines and tasks"), "case.read", _clocks),
    "referrals": Section(_("Referrals"), "case.read", _referrals),
    "people": Section(_("People in this case"), "case.read", _people),
    "notes": Section(_("Notes"), "case.read", _notes),
    "story": Section(_("What happened lately"), "case.read", _story),
    **stations.SECTIONS,
}
"""Code of a section → what it is, in the order of the paper."""


def sections_for(reader: Reader, case: Case, *, now: datetime) -> dict[str, str]:
    """The sections that a reader may choose, with their titles."""

    def may(verb: str) -> Any:
        return access.decide(reader, verb, case.node, now=now)

    return {code: gettext(one.title) for code, one in SECTIONS.items() if may(one.verb)}
