"""The verb that prints a case: chosen sections, for a purpose, on the log before anything opens."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import get_language, gettext, override

from romyen import access, audit
from romyen.access import Reader
from romyen.access.models import Organisation
from romyen.cases.models import Case
from romyen.exchange.summary.asking import Printing
from romyen.exchange.summary.blocks import Block
from romyen.exchange.summary.paper import set_in_type
from romyen.exchange.summary.sections import SECTIONS
from romyen.pages.era import written_moment
from romyen.rules.refusals import refuse
from romyen.survivors.listed import listed


def print_case(
    case: Case,
    *,
    sections: Sequence[str],
    language: str,
    purpose: str,
    actor: Reader,
    now: datetime,
) -> bytes:
    """The summary of a case as PDF/A, in ``th`` or ``en``; closed parts print as •••.

    What was printed is out of our hands: so the log says first by whom, for what, and which
    sections. Refuses with ``RY-PRINT-NOTHING`` without a section, and where one is not the
    reader's to print.
    """
    chosen = [code for code in SECTIONS if code in set(sections)]
    if not chosen:
        raise refuse("RY-PRINT-NOTHING", field="sections")
    with transaction.atomic():
        access.require(actor, "case.print", case.node, now=now)
        for code in chosen:
            access.require(actor, SECTIONS[code].verb, case.node, now=now)
        details = {"sections": chosen, "language": language}
        audit.record(
            actor=actor.id,
            verb="case.print",
            subject=case.pk,
            purpose=purpose,
            details=details,
            at=now,
        )
    asked = Printing(actor, case, purpose, now)
    with override(language):
        return set_in_type(_facts(asked, chosen), language=language)


def _facts(asked: Printing, chosen: Sequence[str]) -> dict[str, Any]:
    return {
        "title": gettext("Summary of a case"),
        "code": asked.case.node.code,
        "head": _head(asked).rows,
        "confidential": gettext("Confidential"),
        "warning": gettext(
            "Confidential. For the stated purpose only. Do not copy, publish or pass on. "
            "Publishing who the person is may be an offence."
        ),
        "fictional": _fictional(),
        "printed": written_moment(asked.now),
        "nothing": gettext("Nothing recorded yet."),
        "blocks": [asdict(_block(asked, code)) for code in chosen],
    }


def _block(asked: Printing, code: str) -> Block:
    section = SECTIONS[code]
    block = Block(gettext(section.title))
    section.tell(asked, block)
    return block


def _head(asked: Printing) -> Block:
    purpose = listed("reading_purposes")
    block = Block("")
    block.row(gettext("Case"), asked.case.node.code)
    block.row(gettext("Managed by"), asked.case.manager.name)
    block.row(gettext("Printed"), asked.now)
    block.row(gettext("Printed by"), access.names_of([asked.reader.id]).get(asked.reader.id, ""))
    block.row(gettext("What for?"), purpose.label(asked.purpose, get_language() or "en"))
    return block


def _fictional() -> str:
    fictional = Organisation.objects.filter(fictional=True).exists()
    return gettext("Fictional data: nobody in here exists") if fictional else ""
