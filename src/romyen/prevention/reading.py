"""A session in words: its facts, its reach, what changed."""

from typing import Any

from django.utils.translation import get_language, gettext, ngettext

from romyen import access
from romyen.leads.reading import lines
from romyen.pages.charts import Bar, Chart, bars
from romyen.prevention.models import Answers, Session
from romyen.prevention.survey import SMALL
from romyen.prevention.words import questionnaire, words
from romyen.rules import places


def row(session: Session) -> dict[str, Any]:
    """A session as a line of the list."""
    here = get_language() or "en"
    province = places.place(session.place[:2]).name(here) if session.place else ""
    return {
        "session": session,
        "kind": words("kinds").label(session.kind, here),
        "topics": [words("topics").label(code, here) for code in session.topics],
        "place": " · ".join(part for part in (session.venue, province) if part),
        "reached": session.reached,
    }


def facts(session: Session) -> list[dict[str, Any]]:
    """What is known of a session, in rows."""
    here = get_language() or "en"
    names = access.names_of([*session.facilitators, session.recorded_by])
    held = [names[one] for one in session.facilitators if one in names]
    area = places.path(session.place, here) if session.place else None
    return [
        {"key": gettext("Day"), "value": session.on},
        {"key": gettext("Kind"), "value": words("kinds").label(session.kind, here)},
        {"key": gettext("Topics"), "value": lines(row(session)["topics"])},
        {"key": gettext("Place"), "value": session.venue},
        {"key": gettext("Area"), "value": area},
        {"key": gettext("Together with"), "value": session.partner and session.partner.name},
        {"key": gettext("Held by"), "value": lines(held)},
        {"key": gettext("New reporting points"), "value": session.reporting_points},
        {"key": gettext("People who told us something"), "value": session.disclosures},
        {"key": gettext("Recorded by"), "value": names.get(session.recorded_by, "")},
    ]


def reach(session: Session) -> Chart | None:
    """Whom the session reached, by age band and sex; None before it took place."""
    if not session.reach:
        return None
    here = get_language() or "en"
    sexes = [sex for sex in words("sexes") if _sum(session, sex=sex.code)]
    ages = [age for age in words("ages") if _sum(session, age=age.code)]
    rows = [
        Bar(age.label(here), [session.reach.get(f"{sex.code}:{age.code}", 0) for sex in sexes])
        for age in ages
    ]
    said = ngettext("%(count)s person.", "%(count)s people.", session.reached)
    return bars(
        gettext("Who was there"),
        rows,
        key="reach",
        parts=[sex.label(here) for sex in sexes],
        about=said % {"count": f"{session.reached:,}"},
    )


def _sum(session: Session, sex: str = "", age: str = "") -> int:
    groups = ((group.split(":"), count) for group, count in session.reach.items())
    return sum(count for (s, a), count in groups if sex in ("", s) and age in ("", a))


def change(answers: Answers) -> dict[str, Any]:
    """What a group knew before and after, always with how many they were."""
    here = get_language() or "en"
    asked = questionnaire()
    rows = [
        Bar(asked.name_of(code, here), [right["before"], right["after"]])
        for code, right in answers.results.items()
    ]
    title = gettext("Right answers before and after: %(when)s") % {
        "when": words("stages").label(answers.stage, here)
    }
    about = gettext("Out of %(count)s people who answered both times.") % {"count": answers.asked}
    chart = bars(
        title,
        rows,
        key=f"answers-{answers.stage}",
        parts=[gettext("Before"), gettext("After")],
        about=about,
        most=answers.asked,
        side_by_side=True,
    )
    return {"chart": chart, "small": answers.asked < SMALL, "matched": _matched(answers, here)}


def _matched(answers: Answers, here: str) -> list[dict[str, Any]]:
    """How many learnt it and how many unlearnt it, where answers were matched."""
    if not answers.matched:
        return []
    asked = questionnaire()
    return [
        {"name": asked.name_of(code, here), "gained": right["gained"], "lost": right["lost"]}
        for code, right in answers.results.items()
    ]
