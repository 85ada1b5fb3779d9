"""The course of the demo's cases: events, papers, clocks met and missed, closures."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from romyen.access import Reader
from romyen.cases import actions
from romyen.cases.models import Case, Deadline, Task
from romyen.demo.caring import cared_for, followed
from romyen.demo.cast import NOTES
from romyen.demo.court import at_law
from romyen.demo.extras import AFTER, DURING, Happens, Scene
from romyen.demo.houses import sheltered
from romyen.demo.people import giver
from romyen.demo.stage import Stage, told
from romyen.rules.spans import local_day
from romyen.survivors import actions as survivorwork
from romyen.survivors.models import Survivor

type Course = tuple[tuple[str, float], ...]

START: Course = (("first_contact", 0.05), ("removed_to_safety", 0.1))
FORMAL: Course = (("identified", 9), ("told_of_fund_right", 10), ("offence_known", 12))
CARE: Course = (("care_arrival", 1.2), ("plan_made", 12))
COURSES: dict[str, Course] = {
    "labour": (*START, ("temporary_protection_entered", 0.2), *CARE, *FORMAL,
               ("wage_claim_filed", 20), ("stay_permit_granted", 25)),
    "adult": (*START, *CARE, *FORMAL, ("charge_filed", 90)),
    "reflection": (*START, ("temporary_protection_entered", 0.2), ("reflection_chosen", 1), *CARE,
                   ("identified", 40), ("told_of_fund_right", 41)),
    "scam": (("thai_found_abroad", 0.01), *START, *CARE, *FORMAL),
    "scam_foreign": (*START, ("temporary_protection_entered", 0.2), *CARE, ("identified", 12),
                     ("told_of_fund_right", 14), ("stay_permit_granted", 20)),
    "child": (("child_abuse_known", 0.02), *START, ("child_separated", 0.3),
              ("child_observation", 0.5), *CARE, *FORMAL),
    "not_victim": (*START, ("care_arrival", 1), ("not_identified", 14)),
    "fresh": (*START, ("temporary_protection_entered", 0.3), ("care_arrival", 1.2)),
}  # fmt: skip
STATUS = {
    "identified": "identified",
    "not_identified": "not_victim",
    "reflection_chosen": "presumed",
}
LEAVES, CLOSES = 150, 190
"""Days after which someone leaves care, and the case is closed."""


def tell_case(stage: Stage, number: int, survivor: Survivor, worker: Reader, now: datetime) -> None:
    """Open the case of one person and follow it as far as today."""
    row = told("people")[number]
    if row["plot"] == "none":
        return
    case = opened(stage, row, number, survivor, worker, now)
    scene, more = Scene(stage, survivor, case, worker, now), row.get("more", ())
    _happen(DURING, more, scene)
    sheltered(stage, case, row, now)
    cared_for(stage, case, row, number, now)
    at_law(stage, case, row, number, now)
    kept_up(stage, case, worker)
    if row.get("ends"):
        _close(stage, case, row["ends"], worker, now)
    followed(stage, case, row, number)
    _happen(AFTER, more, scene)
    case.refresh_from_db()
    if case.is_open:
        _task(stage, case, number)


def opened(
    stage: Stage,
    row: dict[str, Any],
    number: int,
    survivor: Survivor,
    worker: Reader,
    now: datetime,
) -> Case:
    """A case with its events, papers and referrals as far as today."""
    lead, day = stage.lead_of.get(number), local_day(now)
    case = actions.open_case(
        survivor, manager=worker.member, lead=lead, opened_on=day, actor=worker, now=now
    )
    stage.cases[number] = case
    _events(stage, case, row, worker, now)
    _papers(stage, case, number, worker, now)
    _refer(stage, case, number, worker, now)
    return case


def kept_up(stage: Stage, case: Case, worker: Reader) -> None:
    """Clocks and duties that are over were seen to, most of them."""
    _clocks(stage, case, worker)
    _duties(stage, case, worker)


def _happen(these: dict[str, Happens], more: Iterable[str], scene: Scene) -> None:
    for name in more:
        if name in these:
            these[name](scene)


def _events(stage: Stage, case: Case, row: dict[str, Any], worker: Reader, now: datetime) -> None:
    leaves: Course = (("left_care", LEAVES),) if row.get("ends") else ()
    for code, after in (*COURSES[row["plot"]], *leaves):
        at = stage.later(now, after)
        if at is not None:
            actions.record_event(case, code=code, at=at, source="official", actor=worker, now=at)
            if code in STATUS:
                _decided(case.survivor, STATUS[code], worker, at)


def _decided(survivor: Survivor, status: str, worker: Reader, at: datetime) -> None:
    ours = status == "presumed"
    survivorwork.identify(
        survivor,
        status=status,
        organisation="ngo" if ours else "mdt",
        basis="document" if ours else "interview",
        words="" if ours else "ทีมสหวิชาชีพประชุมและมีมติร่วมกัน",
        on=local_day(at),
        actor=worker,
        now=at,
    )


def _papers(stage: Stage, case: Case, number: int, worker: Reader, now: datetime) -> None:
    for at, text in enumerate(NOTES[number % 4 : number % 4 + 2]):
        moment = stage.later(now, 3 + 11 * at)
        if moment is not None:
            actions.add_note(case, kind="case", text=text, actor=worker, now=moment)
    moment = stage.later(now, 2) or stage.today
    wish = ("undecided", "wishes", "declines")[number % 3]
    case.refresh_from_db()
    actions.record_wish(case, wish=wish, expected=case.version, actor=worker, now=moment)
    if number % 4 == 1:
        name = "คนชวนงานที่เรียกกันว่า เจ๊"
        actions.add_person(case, role="suspect", name=name, actor=worker, now=moment)
    if number % 5 == 1:
        actions.add_person(case, role="relative", name="พี่สาวสมมติ", actor=worker, now=moment)


def _refer(stage: Stage, case: Case, number: int, worker: Reader, now: datetime) -> None:
    """Every second person agrees to help from a hospital, a shelter or a lawyer."""
    moment = stage.later(now, 4)
    if number % 2 or moment is None:
        return
    key, service = (("hospital", "Health"), ("shelter", "Housing"), ("lawyer", "Legal"))[number % 3]
    survivorwork.give_consent(
        case.survivor,
        purpose="referral",
        partner=stage.partners[key],
        **giver(case.survivor),
        way="signed",
        given_on=local_day(moment),
        actor=worker,
        now=moment,
    )
    referral = actions.refer(
        case,
        partner=stage.partners[key],
        shown=["name", "birth", "languages", "safe_contact"],
        service=service,
        request="ขอนัดพบเจ้าหน้าที่หญิงในวันธรรมดา",
        actor=worker,
        now=moment,
    )
    answered = stage.later(moment, 6)
    if answered is not None:
        actions.disclose(referral, actor=worker, now=moment)
        actions.answer_referral(referral, state="accepted", expected=1, actor=worker, now=answered)


def _clocks(stage: Stage, case: Case, worker: Reader) -> None:
    """Most duties are met in time, some late, a few do not apply; lately some were missed."""
    left: set[str] = set()
    while due := _over(stage, case, left):
        for deadline in due:
            if deadline.due_at > stage.today - timedelta(days=30) and stage.chance(0.4):
                left.add(deadline.pk)
            else:
                _settle(stage, deadline, worker)


def _over(stage: Stage, case: Case, left: set[str]) -> list[Deadline]:
    """What is due by today and not left open: a repeating clock may have started its next round."""
    rows = Deadline.objects.filter(case=case, settled_at=None, due_at__lt=stage.today)
    rows = rows.exclude(pk__in=left).select_related("event", "case__node")
    return list(rows.order_by("due_at", "key"))


def _settle(stage: Stage, deadline: Deadline, worker: Reader) -> None:
    lot, began = stage.dice.random(), deadline.event.at
    if lot > 0.93:
        actions.mark_not_applicable(
            deadline,
            reason="ไม่เกี่ยวกับกรณีนี้",
            expected=deadline.version,
            actor=worker,
            now=deadline.due_at,
        )
        return
    share = stage.dice.uniform(0.2, 0.95) if lot < 0.85 else 1.2
    done = min(stage.today, began + (deadline.due_at - began) * share)
    actions.meet_deadline(deadline, on=done, expected=deadline.version, actor=worker, now=done)


def _duties(stage: Stage, case: Case, worker: Reader) -> None:
    """What had to be done at once was done within hours; that of yesterday still waits."""
    day = stage.today - timedelta(days=1)
    waiting = Task.objects.filter(case=case, done_at=None, created_at__lt=day)
    for task in waiting.select_related("case__node").order_by("created_at", "key"):
        done = stage.later(task.created_at, 0.3) or stage.today
        actions.finish_task(task, expected=task.version, actor=worker, now=done)


def _task(stage: Stage, case: Case, number: int) -> None:
    """One task of the manager's own; here and there it is late."""
    titles = ("review_risk", "find_interpreter", "home_visit", "contact_her", "collect_paper")
    made = stage.today - timedelta(days=3)
    manager = next(one for one in stage.crew.values() if one.id == case.manager_id)
    if made > case.opened_at:
        actions.add_task(
            case,
            title=titles[number % len(titles)],
            due_on=local_day(made) + timedelta(days=number % 8),
            assigned=manager.member,
            actor=manager,
            now=made,
        )


def _close(stage: Stage, case: Case, outcome: str, worker: Reader, now: datetime) -> None:
    ends = stage.later(now, CLOSES)
    if ends is None:
        return
    case.refresh_from_db()
    outcome = stage.dice.choice(["reintegrated", "goals_reached", "returned_home"])
    left = list(Deadline.objects.filter(case=case, settled_at=None).values_list("pk", flat=True))
    actions.close_case(
        case,
        outcome=outcome,
        closed_on=local_day(ends),
        words="ปิดด้วยความเห็นพ้องของเจ้าตัวและทีม",
        confirmed=left,
        expected=case.version,
        actor=worker,
        now=ends,
    )
