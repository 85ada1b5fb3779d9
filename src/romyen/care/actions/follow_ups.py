"""Follow-ups after she left our care: planned at once, done one by one, also after closure."""

import json
from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction

from romyen import access
from romyen.care.actions.ground import new_part, require_over
from romyen.care.models import FollowUp
from romyen.care.words import listed
from romyen.cases.actions.ground import log
from romyen.cases.models import Case
from romyen.cases.versions import take_version
from romyen.rules.refusals import refuse
from romyen.rules.spans import plus_months


def due_days(start: date) -> dict[int, date]:
    """Months after the start and the day on which each follow-up is due.

    Counted in calendar months from the start itself: a month that lacks the day ends on its
    last one, and the next is not moved by it.
    """
    months: list[int] = [item.more["months"] for item in listed("follow_up_months")]
    return {count: plus_months(start, count) for count in months}


def plan_follow_ups(
    case: Case, *, start: str, start_on: date, actor: access.Actor, now: datetime
) -> list[FollowUp]:
    """Plan every follow-up from one day on. What still waited from another day is replaced.

    Works on a closed case: that is when follow-ups begin.
    """
    with transaction.atomic():
        access.require(actor, "care.plan", case.node, now=now)
        listed("follow_up_starts").item(start, field="start")
        require_over(start_on, field="start_on", now=now)
        if start_on < case.opened_on:
            raise refuse("RY-CARE-BEFORE-OPENED", field="start_on")
        _replace(case, start_on)
        rows: list[FollowUp] = [
            new_part(
                FollowUp, case, actor=actor, now=now,
                start=start, start_on=start_on, months=months, due_on=due,
            )
            for months, due in due_days(start_on).items()
        ]  # fmt: skip
        FollowUp.objects.bulk_create(rows)
        log(actor, "care.plan", case, now=now, follow_ups=start_on.isoformat())
    return rows


def _replace(case: Case, start_on: date) -> None:
    Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    hers = FollowUp.objects.filter(case=case).exclude(state=FollowUp.REPLACED)
    if hers.filter(start_on=start_on).exists():
        raise refuse("RY-CARE-FOLLOW-UPS", field="start_on")
    hers.exclude(state=FollowUp.DONE).update(state=FollowUp.REPLACED)


def record_follow_up(
    follow_up: FollowUp,
    *,
    done_on: date,
    way: str,
    reached: bool,
    found: Collection[str] = (),
    words: str = "",
    why_not: str = "",
    expected: int,
    actor: access.Actor,
    now: datetime,
) -> FollowUp:
    """Record that she was reached and what was found, or that she was not, and why not.

    Who was not reached may be reached later: the row takes both, the second in place of the first.
    """
    with transaction.atomic():
        access.require(actor, "care.record", follow_up.case.node, now=now)
        if not follow_up.waits:
            raise refuse("RY-CARE-SETTLED")
        listed("follow_up_ways").item(way, field="way")
        require_over(done_on, field="done_on", now=now)
        if done_on < follow_up.start_on:
            raise refuse("RY-CARE-BEFORE-START", field="done_on")
        sealed = _reached(follow_up, found, words) if reached else _missed(follow_up, why_not)
        follow_up.done_on, follow_up.way = done_on, way
        take_version(follow_up, expected)
        told = {"found": sealed, "words": words.strip()}
        text = json.dumps(told, ensure_ascii=False) if sealed or words.strip() else ""
        access.seal(follow_up, actor=actor, now=now, told=text)
        follow_up.save(update_fields=["state", "done_on", "way", "found", "why_not", "told"])
        done = {"follow_up": follow_up.pk, "state": follow_up.state}
        log(actor, "care.record", follow_up.case, now=now, **done)
    return follow_up


def _reached(follow_up: FollowUp, found: Collection[str], words: str) -> list[str]:
    """Take the open codes onto the row; the others come back, to be sealed."""
    if not found and not words.strip():
        raise refuse("RY-CARE-FOUND", field="found")
    items = [listed("follow_up_found").item(code, field="found") for code in found]
    follow_up.state, follow_up.why_not = FollowUp.DONE, ""
    follow_up.found = [item.code for item in items if not item.more.get("sealed")]
    return [item.code for item in items if item.more.get("sealed")]


def _missed(follow_up: FollowUp, why_not: str) -> list[str]:
    listed("not_reached_reasons").item(why_not, field="why_not")
    follow_up.state, follow_up.why_not, follow_up.found = FollowUp.NOT_REACHED, why_not, []
    return []
