"""What the pages of care show, in words; nothing here reads the database."""

import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from romyen import access
from romyen.care.models import Appointment, FollowUp, Goal, GoalTurn, Measure, Service, Session
from romyen.care.queries import Line
from romyen.care.words import CONFIDENCE, label, language, listed, tag_of, to_call
from romyen.cases.panels import of
from romyen.pages import charts
from romyen.pages.charts.lines import MOST_SERIES
from romyen.rules import measures
from romyen.rules.measures import Score, Taken, Tool

type Row = dict[str, Any]
type Plain = Mapping[str, Any]
NOTHING: Plain = {}

TURNS = {
    GoalTurn.SET: _("Set"),
    GoalTurn.REWRITTEN: _("Rewritten"),
    GoalTurn.REVIEWED: _("Looked at again"),
}


def goal(row: Goal, plain: Plain = NOTHING) -> Row:
    """A goal as its card shows it."""
    return {
        "row": row,
        "kind": label("kinds", row.kind),
        "tag": tag_of("goal_states", row.state),
        "words": of(plain, row, "words"),
        "steps": of(plain, row, "steps"),
        "why": of(plain, row, "why"),
    }


def groups(rows: Iterable[Goal], plain: Plain = NOTHING) -> list[Row]:
    """Goals by their kind, in the order of the list of kinds."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(label("kinds", row.kind), []).append(goal(row, plain))
    return [{"title": title, "goals": goals} for title, goals in found.items()]


def turn(row: GoalTurn, plain: Plain, names: Mapping[str, str]) -> Row:
    """One version of a goal, for its history."""
    return {
        "row": row,
        "title": gettext(TURNS[row.turn]),
        "kind": label("kinds", row.kind),
        "tag": tag_of("goal_states", row.state),
        "by": names.get(row.by, ""),
        **{name: of(plain, row, name) for name in ("words", "steps", "why")},
    }


def service(row: Service, plain: Plain = NOTHING) -> Row:
    """A line of the list of services."""
    return {
        "row": row,
        "kind": label("kinds", row.kind),
        "giver": row.partner.name if row.partner else gettext("Us"),
        "goal": label("kinds", row.goal.kind) if row.goal else "",
        "note": of(plain, row, "note"),
        "void_reason": of(plain, row, "void_reason"),
    }


def appointment(row: Appointment, plain: Plain = NOTHING) -> Row:
    """An appointment as its card shows it: what it is about is masked until it is opened."""
    about = of(plain, row, "about")
    said = json.loads(about) if isinstance(about, str) else None
    return {
        "row": row,
        "kind": label("appointment_kinds", said["kind"]) if said else about,
        "reason": said["reason"] if said else "",
        "tag": tag_of("appointment_states", row.state),
        "waits": row.state == Appointment.PLANNED and not row.void_at,
        **{name: of(plain, row, name) for name in ("outcome", "moving", "void_reason")},
    }


def session(row: Session, plain: Plain = NOTHING) -> Row:
    """A session as counsellors see it."""
    notes = of(plain, row, "notes")
    said = json.loads(notes) if isinstance(notes, str) else None
    return {
        "row": row,
        "kind": label("session_kinds", row.kind),
        "notes": said["words"] if said else notes,
        "safety": said["safety"] if said else "",
        "safety_tag": tag_of("safety_outcomes", said["safety"]) if said else None,
        "void_reason": of(plain, row, "void_reason"),
    }


def follow_up(row: FollowUp, plain: Plain = NOTHING) -> Row:
    """A follow-up: when it is due, how it stands, what was found."""
    told = of(plain, row, "told")
    said = json.loads(told) if isinstance(told, str) else {}
    found = [*row.found, *said.get("found", [])]
    return {
        "row": row,
        "title": label("follow_up_months", str(row.months)),
        "tag": tag_of("follow_up_states", row.state),
        "way": label("follow_up_ways", row.way) if row.way else "",
        "found": [label("follow_up_found", code) for code in found],
        "why_not": label("not_reached_reasons", row.why_not) if row.why_not else "",
        "sealed": told if told is not None and not isinstance(told, str) else None,
        "words": said.get("words", ""),
        "wishes_help": "wishes_help" in found,
        "trafficker": "trafficker" in found,
    }


def called() -> list[Row]:
    """Whom to call, where the number comes from and how sure we are."""
    return [
        {
            "number": item.code,
            "label": item.label(language()),
            "source": item.more["source"],
            "confidence": gettext(CONFIDENCE[item.more["confidence"]]),
        }
        for item in to_call()
    ]


def tool(one: Tool) -> Row:
    """A tool with its terms: from where, under which licence, how sure we are."""
    return {
        "tool": one,
        "title": one.label(language()),
        "remark": one.remark(language()),
        "confidence": gettext(CONFIDENCE[one.confidence]),
        "range_confidence": gettext(CONFIDENCE[one.range_confidence]),
        "range_unverified": one.range_confidence != "verified_in_source",
    }


def opened_measures(rows: Iterable[Measure], plain: Plain) -> dict[str, Taken]:
    """What came out of the measures that were opened to the reader, by row."""
    texts = {row.pk: plain.get(row.pk, {}).get("taken") for row in rows}
    return {pk: Taken.from_text(text) for pk, text in texts.items() if isinstance(text, str)}


def measure(row: Measure, taken: Taken | None, plain: Plain = NOTHING) -> Row:
    """A measurement: its scores where it was opened, what is missing where something is."""
    known = measures.tools().get(row.tool)
    return {
        "row": row,
        "title": known.label(language()) if known else row.tool,
        "scores": _scores(known, taken) if known and taken else [],
        "missing": _missing(known, taken) if known and taken else [],
        "same_day": bool(taken and taken.same_day),
        "version": taken.version if taken else "",
        "sealed": row.taken if taken is None else None,
        "closed": plain.get(row.pk, {}).get("taken") is access.CLOSED,
        "words": of(plain, row, "words"),
        "void_reason": of(plain, row, "void_reason"),
    }


def _scores(known: Tool, taken: Taken) -> list[Row]:
    return [
        {
            "key": score.label(language()),
            "value": gettext("%(value)s of %(most)s")
            % {"value": _plain(taken.scores[score.code]), "most": score.most},
        }
        for score in known.scores
        if score.code in taken.scores
    ]


def _plain(value: Decimal) -> str:
    """A score without idle zeros."""
    return charts.written(float(value) if value % 1 else int(value))


def _missing(known: Tool, taken: Taken) -> list[str]:
    """What was not answered: questions by number, scores by name."""
    names = {score.code: score.label(language()) for score in known.scores}
    return [names.get(one, one) for one in taken.missing]


def answers(known: Tool, taken: Taken) -> list[Row]:
    """Question by question, as it was answered."""
    said = dict(known.answers)
    given = taken.answers or {}
    return [
        {
            "number": n,
            "text": text,
            "answer": f"{given[n]} · {said[given[n]]}" if n in given else "",
        }
        for n, text in enumerate(known.items, start=1)
    ]


def drawings(lines: Iterable[Line]) -> list[charts.Chart]:
    """A chart for each tool: the total alone, its parts together, never more than four."""
    drawn = []
    for line in lines:
        for number, group in enumerate(_grouped(line)):
            drawn.append(_drawing(line.tool, group, number))
    return drawn


type _Series = tuple[Score, list[measures.Point]]


def _grouped(line: Line) -> list[list[_Series]]:
    head = [one for one in line.series if one[0].code == "total"]
    rest = [one for one in line.series if one[0].code != "total"]
    size = 3 if len(rest) > MOST_SERIES else MOST_SERIES
    parts = [rest[at : at + size] for at in range(0, len(rest), size)]
    return [group for group in (head, *parts) if group]


def _drawing(one: Tool, group: list[_Series], number: int) -> charts.Chart:
    series = [
        charts.Series(score.label(language()), _points(score, points)) for score, points in group
    ]
    least, most = min(s.least for s, _p in group), max(s.most for s, _p in group)
    better = {
        "lower": gettext(
            "Lower means fewer complaints. The line shows change, it is no diagnosis."
        ),
        "higher": gettext("Higher means less vulnerable. The line shows change, it is no verdict."),
    }
    title = one.label(language())
    if group[0][0].code != "total":
        title = gettext("%(tool)s: its parts") % {"tool": title}
    return charts.line(
        title,
        series,
        key=f"{one.code}-{number}".lower(),
        low=float(least) if least else 0,
        high=float(most),
        about=better[one.better],
    )


def _points(score: Score, points: list[measures.Point]) -> list[tuple[Any, charts.Value]]:
    turned: type[float] | type[int] = float if score.places else int
    return [(point.on, turned(point.value)) for point in points]


def months_note() -> str:
    """From where the days of follow-ups come, and how sure we are."""
    known = listed("follow_up_months")
    words = gettext("%(confidence)s. %(source)s")
    return words % {"confidence": gettext(CONFIDENCE[known.confidence]), "source": known.source}
