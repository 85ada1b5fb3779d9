"""Measures: a questionnaire that was taken, whole or as scores."""

from datetime import date, datetime

from django.db import transaction

from romyen import access
from romyen.care.actions.ground import new_part, require_over
from romyen.care.models import Measure
from romyen.cases.actions.ground import log
from romyen.cases.models import Case
from romyen.rules import measures
from romyen.rules.measures import Taken
from romyen.survivors import actions as survivors


def record_measure(
    case: Case,
    *,
    tool: str,
    on: date,
    taken: Taken,
    words: str = "",
    alarm_words: str = "",
    actor: access.Actor,
    now: datetime,
) -> Measure:
    """Keep a measurement: ``rules.measures.count`` or ``read`` made ``taken`` of what was typed.

    An incomplete one is kept and says so. Where an answer asks for help today, an alert is raised
    with it, in the same breath. Possible after the case was closed: follow-ups measure too.
    """
    with transaction.atomic():
        access.require(actor, "care.record", case.node, now=now)
        measures.tool(tool, field="tool")
        require_over(on, field="on", now=now)
        facts = {"tool": tool, "on": on, "complete": taken.complete}
        row: Measure = new_part(Measure, case, actor=actor, now=now, **facts)
        access.seal(row, actor=actor, now=now, taken=taken.to_text(), words=words.strip())
        row.save(force_insert=True)
        log(actor, "care.record", case, now=now, measure=row.pk, tool=tool)
        if taken.same_day:
            her, text = case.survivor, alarm_words.strip()
            survivors.raise_alert(her, kind="self_harm", text=text, actor=actor, now=now)
    return row
