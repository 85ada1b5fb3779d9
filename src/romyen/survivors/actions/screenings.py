"""A screening talk: what was marked, with the evidence for each mark."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from romyen import access
from romyen.access import Actor
from romyen.rules.days import PartialDay
from romyen.rules.refusals import refuse
from romyen.rules.screening import ElementName, Finding, Kind, check_finding
from romyen.rules.spans import local_day
from romyen.survivors.actions.opening import may, written
from romyen.survivors.models import Screening, Survivor
from romyen.survivors.particulars import tidy


@dataclass(frozen=True)
class Marked:
    """One mark on the screening form: an indicator, how it is known, and what was seen or said."""

    element: ElementName
    code: str
    kind: Kind
    evidence: str

    def finding(self, who: str) -> Finding:
        """What the rule needs to know."""
        return Finding(self.element, self.code, self.kind, who, bool(tidy(self.evidence)))


def screen(
    survivor: Survivor,
    marks: Sequence[Marked],
    *,
    began: PartialDay | None = None,
    interpreter: bool = False,
    words: str = "",
    actor: Actor,
    now: datetime,
) -> Screening:
    """Keep a screening talk: marks with their evidence, all sealed. Nothing is counted.

    ``began`` is the first day of what happened, as far as it is known: it decides whether she
    was a child then. Refuses with ``RY-SURVIVOR-SCREENING-…``, an unknown indicator with
    ``RY-LIST-UNKNOWN``.
    """
    with transaction.atomic():
        may(actor, "survivor.screen", survivor, now=now)
        if began is not None and began.earliest > local_day(now):
            raise refuse("RY-SURVIVOR-SCREENING-FUTURE", field="began")
        if not marks and not tidy(words):
            raise refuse("RY-SURVIVOR-SCREENING-EMPTY")
        for mark in marks:
            check_finding(mark.finding(actor.id))
        screening = Screening(
            survivor=survivor,
            at=now,
            by=actor.id,
            began=str(began or ""),
            interpreter=interpreter,
        )
        said = [{**vars(mark), "evidence": tidy(mark.evidence), "who": actor.id} for mark in marks]
        findings = json.dumps(said, ensure_ascii=False)
        access.seal(screening, actor=actor, now=now, findings=findings, words=tidy(words))
        screening.save(force_insert=True)
        written(actor, "survivor.screen", survivor, now=now, screening=screening.pk)
    return screening
