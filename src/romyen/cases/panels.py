"""What the parts of the case page show, in words; nothing here reads the database."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext

from romyen.cases.law import duty_of
from romyen.cases.models import Referral, Task
from romyen.cases.queries import Running
from romyen.cases.words import (
    CONFIDENCE,
    DOUBTS,
    EXTENDERS,
    FACTS,
    REFERRAL_COLOURS,
    STATES,
    event_label,
    label,
    language,
    left,
    span,
)
from romyen.rules import clocks
from romyen.rules.consent import Basis, basis
from romyen.rules.lawwords import said
from romyen.rules.spans import local_day

type Row = dict[str, Any]
type Plain = Mapping[str, Any]
NOTHING: Plain = {}
NEAREST, SOON = 4, timedelta(days=30)
"""So many clocks stand open on the page of a case, and every one that ends so soon."""


def of(plain: Plain, row: Any, name: str) -> Any:
    """The opened text of a row's field, or its sealed value, which prints as •••."""
    return plain.get(str(row.pk), {}).get(name, getattr(row, name))


def law(found: clocks.Deadline) -> Row:
    """The law behind a deadline: where it stands, how sure we are, who may extend it."""
    version, clock, here = found.version, found.clock, language()
    doubts = [gettext(DOUBTS[doubt]) for doubt in found.unverified]
    doubts += [gettext(FACTS[fact]) for fact in found.unsure_facts]
    return {
        "instrument": said(version.instrument, here),
        "section": section(version.section),
        "version": version.id,
        "length": span(version.duration.value, version.duration.unit),
        "source": version.source,
        "confidence": gettext(CONFIDENCE[version.confidence]),
        "verified": version.confidence == "verified_in_source",
        "actor": said(clock.actor, here),
        "note": said(version.note, here),
        "doubts": list(dict.fromkeys(doubts)),
        "extension": extension(version.extension),
        "others": [_other(one, clock) for one in clock.versions if one.id != version.id],
        "draft_words": here.startswith("th"),
    }


def _other(version: clocks.Version, clock: clocks.Clock) -> Row:
    """Another version of the same rule, for whoever looks at an older or a newer case."""
    at_once = clock.kind == "at_once"
    return {
        "version": version.id,
        "instrument": said(version.instrument, language()),
        "length": "" if at_once else span(version.duration.value, version.duration.unit),
        "since": version.valid_from,
        "until": version.valid_to,
    }


def section(text: str) -> str:
    """“section 29”; what the data name in words of their own stays as it is."""
    words = said(text, language())
    return gettext("section %(section)s") % {"section": words} if text[:1].isdigit() else words


def ground_of(found: Basis) -> str:
    """Instrument and section of a lawful basis."""
    return f"{said(found.instrument, language())}, {section(found.section)}".strip(", ")


def extension(rule: clocks.Extension | None) -> str:
    """By whom and how far a deadline may be extended; empty when nobody may."""
    if rule is None:
        return ""
    parts = [gettext(EXTENDERS.get(rule.by, rule.by))]
    if rule.step:
        parts.append(gettext("by %(span)s") % {"span": span(rule.step.value, rule.step.unit)})
    if rule.total:
        total = span(rule.total.value, rule.total.unit)
        parts.append(gettext("to %(span)s in all") % {"span": total})
    return ", ".join(parts)


def clock(one: Running, now: datetime, plain: Plain = NOTHING) -> Row:
    """A deadline as its card shows it; ``plain`` holds what was opened, by row."""
    word, colour = STATES["near" if _near(one, now) else one.state.name]
    running = one.row.settled_at is None
    return {
        "row": one.row,
        "title": one.law.clock.label(language()) if one.law else one.row.key,
        "state": gettext(word),
        "colour": colour,
        "unverified": one.state.unverified,
        "event": event_label(one.row.event.code),
        "started": one.row.event.moment,
        "due": one.row.due_at,
        "left": left(one.row.due_at, now) if running else "",
        "met_on": one.row.met_on,
        "extended_by": gettext(EXTENDERS.get(one.row.extended_by, one.row.extended_by)),
        "running": running,
        "reason": of(plain, one.row, "reason"),
        "paper": of(plain, one.row, "extension_paper"),
        "may_extend": bool(one.law and one.law.version.extension),
        "law": law(one.law) if one.law else None,
    }


def by_distance(running: list[Row], now: datetime) -> dict[str, list[Row]]:
    """The nearest clocks and whatever ends soon; the rest, which can wait, apart (``later``)."""
    soon = [row for row in running[NEAREST:] if row["due"] < now + SOON]
    later = [row for row in running[NEAREST:] if row["due"] >= now + SOON]
    return {"clocks": running[:NEAREST] + soon, "later": later}


def _near(one: Running, now: datetime) -> bool:
    """Whether a running deadline has passed the last of its warnings."""
    warnings = one.law.warnings if one.law and one.state.name in ("running", "extended") else ()
    return bool(warnings) and max(warnings) <= now


def task(one: Task, now: datetime, plain: Plain = NOTHING) -> Row:
    """A task as the list shows it. Duties "at once" carry the law behind them."""
    duty = duty_of(one)
    title = label("task_titles", one.title) if one.title else ""
    if one.key:
        title = duty.clock.label(language()) if duty else one.key
    return {
        "row": one,
        "title": title,
        "words": of(plain, one, "words"),
        "at_once": bool(one.key),
        "late": bool(one.is_open and not one.key and one.due_on and one.due_on < local_day(now)),
        "law": law(duty) if duty else None,
    }


def referral(one: Referral, now: datetime) -> Row:
    """A referral with its ground and, without consent, how its review stands."""
    ground = basis(one.basis) if one.basis else None
    missed = bool(one.review_due and not one.reviewed_at and one.review_due < now)
    return {
        "row": one,
        "state": label("referral_outcomes", one.state),
        "colour": REFERRAL_COLOURS[one.state],
        "service": label("services", one.service) if one.service else "",
        "facts": [label("referral_facts", code) for code in one.shown],
        "basis": ground.label(language()) if ground else "",
        "section": ground_of(ground) if ground else "",
        "note": said(ground.note, language()) if ground else "",
        "review_waits": bool(one.review_due and not one.reviewed_at),
        "review_missed": missed,
        "review_left": left(one.review_due, now) if one.review_due else "",
        "finding": label("review_findings", one.finding) if one.finding else "",
        "href": reverse("cases:referral", args=[one.case_id, one.pk]),
    }


def people_rows(rows: Iterable[Any], opened: Mapping[str, Mapping[str, Any]]) -> list[Row]:
    """People of the story; masked where nothing was opened."""
    return [
        {
            "row": row,
            "role": label("person_roles", row.role),
            **{
                name: opened.get(row.pk, {}).get(name, getattr(row, name))
                for name in ("name", "contact", "known")
            },
        }
        for row in rows
    ]
