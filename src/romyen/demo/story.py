"""Two years of fictional work: leads, survivors, clocks met and missed, referrals, closures.

Everything goes through the verbs, each at its own moment of the past. The same seed gives the
same stories; ids, codes and keys are random as everywhere.
"""

from datetime import date, datetime, timedelta

from romyen.access import Reader, walls
from romyen.demo.cast import (
    ACCOUNTS,
    CHIANG_MAI,
    EVIDENCE,
    LANGUAGE_OF,
    MAE_SOT,
    NAMES,
    PATTAYA,
    PLACES,
)
from romyen.demo.courses import SURVIVORS, tell_case
from romyen.demo.stage import Stage
from romyen.leads import actions as leadwork
from romyen.leads.models import Lead
from romyen.partners import actions as partnerwork
from romyen.rules.births import Birth
from romyen.rules.days import PartialDay
from romyen.rules.spans import local_day
from romyen.survivors import actions as survivorwork
from romyen.survivors.actions.screenings import Marked
from romyen.survivors.models import Survivor
from romyen.survivors.particulars import Particulars, SafeContact

LEADS, DAYS = 20, 720
WORKERS = {CHIANG_MAI: "nok", MAE_SOT: "arun", PATTAYA: "thida"}
NATIONS = ("TH", "MM", "TH", "LA", "MM", "KH", "TH", "VN", "MM", "UZ")
PARTNERS = (
    ("บ้านพักเด็กและครอบครัว (สมมติ) · Shelter for Children and Families (fictional)",
     "CentralGovernmentOrganisation", "50"),
    ("โรงพยาบาลสมมติ · Hospital of the Hill (fictional)", "HealthServiceOrganisation", "63"),
    ("ศูนย์กฎหมายสมมติ · Legal Aid Corner (fictional)", "LegalService", "10"),
    ("สถานีตำรวจสมมติ · Police unit (fictional)", "LawEnforcement", "20"),
    ("องค์กรพี่น้องสมมติ · Sister organisation abroad (fictional)", "NGO", ""),
)  # fmt: skip


def tell(stage: Stage) -> None:
    """The whole story."""
    _partners(stage)
    for number in range(LEADS):
        _lead(stage, number)
    for number in range(SURVIVORS):
        _survivor(stage, number)
    _walls(stage)


def _partners(stage: Stage) -> None:
    for name, kind, province in PARTNERS:
        country = "TH" if province else "MM"
        stage.partners.append(
            partnerwork.record(
                name=name,
                kind=kind,
                country=country,
                province=province,
                actor=stage.crew["kanya"],
                now=stage.ago(DAYS + 1),
            )
        )


def _team(number: int) -> str:
    return (CHIANG_MAI, MAE_SOT, PATTAYA)[number % 3]


def _lead(stage: Stage, number: int) -> None:
    team, days = _team(number), DAYS * (1 - number / LEADS) * 0.97
    writer = stage.crew["wit" if team == PATTAYA else WORKERS[team]]
    now = stage.ago(days)
    lead = leadwork.take_down(
        team=stage.teams[team],
        account=ACCOUNTS[number % len(ACCOUNTS)],
        source=stage.dice.choice(["relative", "public", "hotline", "ngo", "school", "online"]),
        imminence=stage.dice.choice(["days", "ongoing", "past", "unknown"])
        if number < LEADS - 1
        else "now",
        reporter="ผู้แจ้งสมมติ",
        place=PLACES[team],
        child=stage.dice.choice(["no_child", "unknown", "maybe_child"]),
        red_flags=stage.dice.sample(["PAY_TOO_HIGH", "NO_SKILL", "DOCS_TAKEN", "DEBT"], k=2),
        received_at=now,
        actor=writer,
        now=now,
    )
    stage.leads.append(lead)
    _end_of_lead(stage, lead, number, writer, now + timedelta(hours=5))


def _end_of_lead(stage: Stage, lead: Lead, number: int, writer: Reader, now: datetime) -> None:
    if number >= LEADS - 4 or now > stage.today:
        return
    decision = "no_action" if number % 4 == 1 else "follow"
    leadwork.triage(lead, decision=decision, reason="พูดคุยกันในทีมแล้ว", actor=writer, now=now)
    if number % 4 == 1:
        leadwork.close_lead(
            lead,
            outcome="closed",
            closing_reason="too_little",
            reason="ติดต่อผู้แจ้งไม่ได้",
            actor=writer,
            now=now,
        )
    elif number % 4 == 2:
        later = min(stage.today, now + timedelta(days=1))
        leadwork.pass_to_police(
            lead,
            unit=stage.partners[3],
            officer="เจ้าหน้าที่สมมติ",
            receipt_no=f"สมมติ {number}/2569",
            passed_on=local_day(later),
            actor=writer,
            now=later,
        )


def _survivor(stage: Stage, number: int) -> None:
    team, nation = _team(number), NATIONS[number % len(NATIONS)]
    days = DAYS * (1 - number / SURVIVORS) ** 1.3 + 0.4
    now, worker = stage.ago(days), stage.crew[WORKERS[_team(number)]]
    name, short = NAMES[nation][(number // 3) % len(NAMES[nation])]
    survivor = survivorwork.register(
        Particulars(
            full_name=name,
            birth=_birth(number, local_day(now)),
            gender="Masculine" if number % 5 == 2 else "Feminine",
            nationalities=(nation,),
            languages=(LANGUAGE_OF[nation],),
            interpreter=nation not in ("TH", "LA"),
            exploitation=("ForcedCriminalityScam",) if number % 4 == 0 else ("ForcedLabour",),
        ),
        team=stage.teams[team].node,
        actor=worker,
        now=now,
    )
    survivorwork.add_name(survivor, kind="nickname", text=short, actor=worker, now=now)
    _care_of_contact(survivor, number, worker, now)
    _consents(stage, survivor, number, worker, now)
    _screening(survivor, number, worker, now)
    tell_case(stage, survivor, number, worker, now)


def _birth(number: int, today: date) -> Birth | None:
    age = (9, 14, 16, 17, 19, 22, 24, 28, 33, 41)[number % 10]
    if number % 9 == 5:
        return None
    if number % 3 == 0:
        return Birth.estimated(max(age - 1, 0), age + 1, today, "appearance")
    day = PartialDay(today.year - age, 1 + number % 12, 1 + number % 27)
    return Birth.known(day if number % 3 == 1 else PartialDay(day.year), "stated")


def _care_of_contact(survivor: Survivor, number: int, worker: Reader, now: datetime) -> None:
    survivorwork.add_contact(
        survivor, kind="telephone", value=f"080-000-{number:04d}", actor=worker, now=now
    )
    if number % 3 == 0:
        rules = SafeContact(not_before="18:00", way="telephone", say="โทรจากคลินิก")
        survivor.refresh_from_db()
        survivorwork.set_safe_contact(
            survivor, rules, expected=survivor.version, actor=worker, now=now
        )
    if number % 7 == 3:
        survivorwork.raise_alert(
            survivor, kind="allergy", text="แพ้ยาเพนิซิลลิน", actor=worker, now=now
        )
    if number % 11 == 4:
        survivorwork.raise_alert(
            survivor,
            kind="trafficker_searching",
            text="Someone asked for her at her old school.",
            actor=worker,
            now=now,
        )


def _consents(stage: Stage, survivor: Survivor, number: int, worker: Reader, now: datetime) -> None:
    minor = survivor.minor != "no"
    for purpose in ("interview", "storage", *(("statistics",) if number % 2 else ())):
        consent = survivorwork.give_consent(
            survivor,
            purpose=purpose,
            giver="both" if minor else "herself",
            guardian="ผู้ปกครองสมมติ" if minor else "",
            way="signed" if number % 3 else "spoken_witness",
            given_on=local_day(now),
            actor=worker,
            now=now,
        )
        if purpose == "statistics" and number == 21:
            later = min(stage.today, now + timedelta(days=40))
            survivorwork.withdraw_consent(consent, reason="เธอเปลี่ยนใจ", actor=worker, now=later)


def _screening(survivor: Survivor, number: int, worker: Reader, now: datetime) -> None:
    survivorwork.identify(
        survivor,
        status="possible",
        organisation="ngo",
        basis="screening",
        on=local_day(now),
        actor=worker,
        now=now,
    )
    if number % 4 == 3:
        return
    purpose = "forced_criminality" if number % 4 == 0 else "forced_labour"
    marks = [
        Marked("act", "recruitment", "heard", EVIDENCE["recruitment"]),
        Marked("means", "deception", "heard", EVIDENCE["deception"]),
        Marked("purpose", purpose, "heard", EVIDENCE[purpose]),
        Marked("ilo", "ILO07", "observed", EVIDENCE["ILO07"]),
    ]
    survivorwork.screen(
        survivor,
        marks[: 2 + number % 3],
        began=PartialDay.of(local_day(now - timedelta(days=90))),
        interpreter=survivor.interpreter,
        actor=worker,
        now=now,
    )


def _walls(stage: Stage) -> None:
    """A colleague who is a relative: the record does not exist for him."""
    mine = next(
        case for case in stage.cases if case.survivor.node.team_id == stage.teams[CHIANG_MAI].pk
    )
    walls.exclude(
        stage.crew["prasit"].member,
        mine.survivor.node,
        reason="relative",
        actor=stage.crew["kanya"],
        now=stage.today,
    )
