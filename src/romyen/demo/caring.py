"""The care of the demo: plans in their own words, help given, talks, measures, follow-ups."""

from datetime import datetime, timedelta
from typing import Any

from romyen.access import Reader
from romyen.care import actions
from romyen.cases.models import Case
from romyen.demo.stage import Stage
from romyen.rules import measures
from romyen.rules.spans import local_day

GOALS = (
    ("Education", "อยากเรียนให้จบ ม.6", "สมัคร กศน. และหาครูสอนพิเศษ"),
    ("Livelihood", "I want to sew, and sell what I make.", "Sewing course; a table at the market"),
    ("Family", "อยากคุยกับแม่โดยไม่มีใครฟัง", "หาเวลาและโทรศัพท์ที่ปลอดภัย"),
    ("Documents", "อยากมีบัตรของตัวเองเก็บไว้เอง", "พาไปที่ว่าการอำเภอ"),
    ("Health", "อยากนอนหลับโดยไม่ฝันร้าย", "พบนักจิตวิทยาทุกสัปดาห์"),
    ("Housing", "A room with a door that I can lock.", "Look at rooms together from May"),
)
HELP = (
    ("SocialCare", 2, "พาเดินดูตลาดและสวนใกล้บ้าน"),
    ("Health", 5, "ตรวจสุขภาพครั้งแรก"),
    ("Education", 25, "เริ่มเรียนภาษาไทย"),
    ("Legal", 35, "อธิบายขั้นตอนที่ศาล"),
    ("Livelihood", 60, "เริ่มอบรมเย็บผ้า"),
)
BEGINS_AT = 62
"""Where the sum of the first questionnaire stands, of 80; later ones are lower."""


def cared_for(stage: Stage, case: Case, row: dict[str, Any], number: int, came: datetime) -> None:
    """What is done for one person, as far as today."""
    worker = stage.worker(row["team"])
    _plan(stage, case, number, worker, came)
    _help(stage, case, number, worker, came)
    _appointments(stage, case, number, worker, came)
    if row["team"] != "coast" and row["age"] >= 12:
        _talks(stage, case, number, came)
        _measured(stage, case, number, came)


def _plan(stage: Stage, case: Case, number: int, worker: Reader, came: datetime) -> None:
    for at in range(1 + number % 3):
        now = stage.later(came, 12 + at)
        if now is None:
            return
        kind, words, steps = GOALS[(number + at) % len(GOALS)]
        goal = actions.set_goal(
            case, kind=kind, words=words, steps=steps, member=worker.member, actor=worker, now=now
        )
        looked = stage.later(now, 95 + 7 * at)
        if looked is not None:
            reached = at == 0
            actions.review_goal(
                goal,
                state="reached" if reached else "open",
                on=local_day(looked),
                words="ทำได้แล้ว ภูมิใจมาก" if reached else "ไปได้ดี ขออีกหน่อย",
                review_on=None if reached else local_day(stage.today) + timedelta(days=5 + at),
                expected=goal.version,
                actor=worker,
                now=looked,
            )


def _help(stage: Stage, case: Case, number: int, worker: Reader, came: datetime) -> None:
    for at, (kind, days, note) in enumerate(HELP):
        now = stage.later(came, days)
        if now is not None and (number + at) % 3:
            actions.record_service(
                case, kind=kind, on=local_day(now), note=note, actor=worker, now=now
            )


def _appointments(stage: Stage, case: Case, number: int, worker: Reader, came: datetime) -> None:
    hospital, made = stage.partners["hospital"], stage.later(came, 3)
    if made is None:
        return
    for days in (6, 40):
        on = local_day(came + timedelta(days=days))
        one = actions.make_appointment(
            case,
            kind=("general", "teeth")[days > 6],
            on=on,
            partner=hospital,
            reason="ตรวจตามนัด",
            actor=worker,
            now=made,
        )
        settled = stage.later(came, days + 0.5)
        if settled is not None:
            state = "missed" if (number + days) % 9 == 0 else "kept"
            actions.settle_appointment(
                one, state=state, expected=one.version, actor=worker, now=settled
            )


def _talks(stage: Stage, case: Case, number: int, came: datetime) -> None:
    mali = stage.crew["mali"]
    for at, days in enumerate((8, 15, 29, 57, 99)):
        now = stage.later(came, days)
        if now is None:
            return
        actions.record_session(
            case,
            on=local_day(now),
            kind="individual" if at else "crisis",
            safety="none" if (number + at) % 6 else "concern",
            counsellor=mali.member,
            minutes=50,
            notes="คุยเรื่องการนอนและสิ่งที่ทำให้ใจสงบ หยุดเมื่อขอ",
            actor=mali,
            now=now,
        )


def _measured(stage: Stage, case: Case, number: int, came: datetime) -> None:
    """Asked four times: it gets easier, with a setback here and there; once one is missing."""
    mali, tool = stage.crew["mali"], measures.tool("PCL-5")
    for at, days in enumerate((10, 45, 90, 140)):
        now = stage.later(came, days)
        if now is None or number % 2:
            return
        aim = BEGINS_AT - 12 * at + (8 if at == 2 and number % 4 == 0 else 0) - number % 7
        answers: dict[int, int | None] = {n: (aim + n * 7) // 20 for n in range(1, 21)}
        answers = {n: max(0, min(4, value or 0)) for n, value in answers.items()}
        if at == 1 and number % 10 == 4:
            answers[11] = None
        actions.record_measure(
            case,
            tool="PCL-5",
            on=local_day(now),
            taken=measures.count(tool, answers),
            actor=mali,
            now=now,
        )


def followed(stage: Stage, case: Case, row: dict[str, Any], number: int) -> None:
    """After closure: at one, three, six, twelve and twenty-four months."""
    case.refresh_from_db()
    if case.is_open or case.closed_on is None:
        return
    worker = stage.worker(row["team"])
    closed = next(iter(case.turns.filter(kind="closed").order_by("-at"))).at
    for one in actions.plan_follow_ups(
        case, start="closure", start_on=case.closed_on, actor=worker, now=closed
    ):
        now = stage.later(closed, (one.due_on - case.closed_on).days + 1)
        if now is None:
            return
        reached = (number + one.months) % 5 != 0
        actions.record_follow_up(
            one,
            done_on=local_day(now),
            way="phone",
            reached=reached,
            found=["safe", "working" if row["age"] >= 18 else "in_school"] if reached else [],
            why_not="" if reached else "no_answer",
            expected=one.version,
            actor=worker,
            now=now,
        )
