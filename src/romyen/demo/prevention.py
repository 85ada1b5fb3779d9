"""The prevention and advocacy of the demo: forty sessions, twelve recommendations."""

from datetime import timedelta

from romyen.access import Reader
from romyen.advocacy import actions as advocacy
from romyen.demo.cast import PLACES
from romyen.demo.stage import DAYS, TEAMS, Stage, told
from romyen.prevention import actions
from romyen.prevention.models import Session
from romyen.prevention.words import groups
from romyen.rules.spans import local_day

SESSIONS = 40
KINDS = ("school", "school", "community", "school", "online", "teachers", "workplace", "school")
TOPICS = (
    ["safe_touch", "whom_to_call"],
    ["online_safety", "images"],
    ["deceptive_offers", "scam_centres"],
    ["safe_migration", "labour_rights"],
)
QUESTIONS = ("offer", "image", "threat", "secret", "call")


def teach(stage: Stage) -> None:
    """A session every four weeks; two lie ahead."""
    ploy, kanya = stage.crew["ploy"], stage.crew["kanya"]
    for number in range(SESSIONS):
        days = DAYS - number * (DAYS + 30) / SESSIONS
        teacher = ploy if number % 5 else kanya
        ahead = days < 0
        on = local_day(stage.today - timedelta(days=days))
        session = actions.record(
            team=stage.team("north"),
            on=on,
            kind=KINDS[number % len(KINDS)],
            topics=TOPICS[number % len(TOPICS)],
            place=PLACES[TEAMS["north"]],
            venue=f"โรงเรียนสมมติ {1 + number % 9}",
            facilitators=[teacher.id],
            reach={} if ahead else _reach(number),
            disclosures=0 if ahead or number % 6 else 1,
            reporting_points=0 if ahead else number % 3,
            actor=teacher,
            now=stage.today if ahead else stage.ago(max(days, 1)),
        )
        if not ahead and number % 3 == 0:
            _answers(stage, session, number, teacher, days)


def _reach(number: int) -> dict[str, int]:
    """So many of each group; adults where it was no school."""
    return {
        code: 4 + (number * 3 + at * 5) % 23
        for at, code in enumerate(list(groups())[: 4 if number % 8 < 4 else 8])
    }


def _answers(stage: Stage, session: Session, number: int, teacher: Reader, days: float) -> None:
    """How many answered right before and after, of those who answered both."""
    asked = 20 + number % 17
    right: dict[str, tuple[int | None, int | None]] = {
        code: (asked * (4 + at) // 12, asked * (8 + at % 3) // 11)
        for at, code in enumerate(QUESTIONS)
    }
    now = stage.ago(max(days - 0.5, 1))
    actions.count_answers(session, stage="after", asked=asked, right=right, actor=teacher, now=now)


def recommend(stage: Stage) -> None:
    """What was asked for, and how far it came."""
    kanya = stage.crew["kanya"]
    for row in told("recommendations"):
        made = stage.ago(row["days"])
        kept = advocacy.record(
            team=stage.team("north"),
            source=row["source"],
            theme=row["theme"],
            text=row["text"],
            on=local_day(made),
            in_charge=stage.crew["chai"].id,
            actor=kanya,
            now=made,
        )
        review = local_day(stage.today) + timedelta(days=row.get("review", 0))
        for at, (status, days, words) in enumerate(row["turns"], start=1):
            now = stage.ago(days)
            last = at == len(row["turns"]) and "review" in row
            day = review if last and review >= local_day(now) else None
            advocacy.turn(
                kept,
                status=status,
                on=local_day(now),
                evidence=words,
                url="",
                review_on=day,
                actor=kanya,
                now=now,
            )
