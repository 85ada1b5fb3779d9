"""The course of the demo's cases: events, papers, clocks met and missed, closures."""

from datetime import datetime, timedelta

from romyen.access import Reader
from romyen.cases import actions as casework
from romyen.cases.models import Case, Deadline, Task
from romyen.demo.cast import NOTES
from romyen.demo.stage import Stage
from romyen.leads.models import Lead
from romyen.rules.spans import local_day
from romyen.survivors import actions as survivorwork
from romyen.survivors.models import Survivor

SURVIVORS = 40


def tell_case(stage: Stage, survivor: Survivor, number: int, worker: Reader, now: datetime) -> None:
    if number >= SURVIVORS - 2:
        return
    lead = (
        next((one for one in stage.leads if _free(one, survivor)), None)
        if number % 6 == 0
        else None
    )
    case = casework.open_case(
        survivor, manager=worker.member, lead=lead, opened_on=local_day(now), actor=worker, now=now
    )
    stage.cases.append(case)
    for code, after in _course(number):
        at = now + timedelta(days=after)
        if at < stage.today:
            casework.record_event(case, code=code, at=at, source="official", actor=worker, now=at)
            if code in LADDER and (code != "care_arrival" or number % 4):
                _step(survivor, code, worker, at)
    _papers(stage, case, number, worker, now)
    _clocks(stage, case, worker)
    _close(stage, case, number, worker, now)


def _free(lead: Lead, survivor: Survivor) -> bool:
    lead.refresh_from_db()
    return lead.status == "triaged" and lead.node.team_id == survivor.node.team_id


LADDER = {
    "care_arrival": ("presumed", "ngo", "screening"),
    "identified": ("identified", "mdt", "interview"),
    "not_identified": ("not_victim", "mdt", "interview"),
}
"""What is decided at an event: status, by whom, on what basis."""


def _step(survivor: Survivor, code: str, worker: Reader, at: datetime) -> None:
    status, organisation, basis = LADDER[code]
    survivorwork.identify(
        survivor,
        status=status,
        organisation=organisation,
        basis=basis,
        on=local_day(at),
        actor=worker,
        now=at,
    )


def _not_a_victim(number: int) -> bool:
    return number % 6 == 5


def _course(number: int) -> list[tuple[str, float]]:
    course: list[tuple[str, float]] = [("first_contact", 0.05), ("removed_to_safety", 0.1)]
    if number % 2 == 0:
        course.append(("temporary_protection_entered", 0.2))
    if number % 5 == 0:
        course.append(("reflection_chosen", 1))
    course += [("care_arrival", 1.2)]
    if number % 3 != 2:
        course += [("identified", 9), ("told_of_fund_right", 10), ("offence_known", 12)]
    elif _not_a_victim(number):
        course.append(("not_identified", 14))
    if number % 4 == 0:
        course.append(("wage_claim_filed", 20))
    return course


def _papers(stage: Stage, case: Case, number: int, worker: Reader, now: datetime) -> None:
    later = min(stage.today, now + timedelta(days=3))
    for text in NOTES[number % 3 : number % 3 + 2]:
        casework.add_note(case, kind="case", text=text, actor=worker, now=later)
    casework.add_task(
        case,
        title="find_interpreter" if number % 2 else "contact_her",
        due_on=local_day(later + timedelta(days=5)),
        assigned=worker.member,
        actor=worker,
        now=later,
    )
    if number % 4 == 1:
        casework.add_person(
            case, role="suspect", name="คนชวนงานที่เธอเรียกว่า เจ๊", actor=worker, now=later
        )
    if number % 5 == 1:
        casework.add_person(case, role="relative", name="พี่สาวสมมติ", actor=worker, now=later)
    if number % 3 == 0:
        _refer(stage, case, worker, later)


def _refer(stage: Stage, case: Case, worker: Reader, now: datetime) -> None:
    partner = stage.partners[stage.dice.randrange(3)]
    minor = case.survivor.minor != "no"
    survivorwork.give_consent(
        case.survivor,
        purpose="referral",
        partner=partner,
        giver="both" if minor else "herself",
        guardian="ผู้ปกครองสมมติ" if minor else "",
        way="signed",
        given_on=local_day(now),
        actor=worker,
        now=now,
    )
    casework.refer(
        case,
        partner=partner,
        shown=["name", "birth", "languages", "safe_contact"],
        service="Health",
        request="ขอนัดตรวจสุขภาพทั่วไป",
        actor=worker,
        now=now,
    )


def _clocks(stage: Stage, case: Case, worker: Reader) -> None:
    """Most duties are met in time, some late, a few do not apply, some were missed."""
    for deadline in Deadline.objects.filter(case=case, settled_at=None).order_by("due_at", "key"):
        lot = stage.dice.random()
        if deadline.due_at > stage.today:
            continue
        span = deadline.due_at - deadline.event.at
        if lot < 0.78:
            at = deadline.event.at + span * stage.dice.uniform(0.2, 0.95)
            casework.meet_deadline(
                deadline, on=at, expected=deadline.version, actor=worker, now=stage.today
            )
        elif lot < 0.86:
            casework.mark_not_applicable(
                deadline,
                reason="ไม่เกี่ยวกับกรณีนี้",
                expected=deadline.version,
                actor=worker,
                now=stage.today,
            )
    for task in Task.objects.filter(case=case, done_at=None).order_by("created_at", "pk"):
        if stage.chance(0.7) and case.opened_on < local_day(stage.today - timedelta(days=14)):
            casework.finish_task(task, expected=task.version, actor=worker, now=stage.today)


def _close(stage: Stage, case: Case, number: int, worker: Reader, now: datetime) -> None:
    ends = now + timedelta(days=200 + 3 * number)
    if number % 5 == 4 or ends > stage.today:
        return
    case.refresh_from_db()
    outcome = stage.dice.choice(["reintegrated", "goals_reached", "returned_home"])
    left = list(Deadline.objects.filter(case=case, settled_at=None).values_list("pk", flat=True))
    casework.close_case(
        case,
        outcome="not_victim" if _not_a_victim(number) else outcome,
        closed_on=local_day(ends),
        words="ส่งต่อเรื่องค่าจ้างแล้ว" if _not_a_victim(number) else "ปิดด้วยความยินดีของทุกฝ่าย",
        confirmed=left,
        expected=case.version,
        actor=worker,
        now=stage.today,
    )
