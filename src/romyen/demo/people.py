"""The people of the demo: registered, screened, asked what they agree to."""

from datetime import date, datetime
from typing import Any

from romyen.access import Reader
from romyen.demo.cast import EVIDENCE, LANGUAGE_OF
from romyen.demo.operations import LEADERS
from romyen.demo.stage import Stage, told
from romyen.operations.actions import register
from romyen.rules.births import Birth
from romyen.rules.days import PartialDay
from romyen.rules.spans import local_day
from romyen.survivors import actions
from romyen.survivors.actions.screenings import Marked
from romyen.survivors.models import Survivor
from romyen.survivors.particulars import Particulars, SafeContact

GUARDIAN = "ผู้ปกครองสมมติ"
PURPOSES = {
    "ForcedLabour": "forced_labour",
    "SexualExploitation": "prostitution",
    "ForcedCriminalityScam": "forced_criminality",
    "OnlineChildSexualExploitation": "online_child",
}


def begin(stage: Stage, number: int) -> tuple[Survivor, Reader, datetime]:
    """One person's file, from registration to the first screening."""
    row = told("people")[number]
    now, worker = stage.ago(row["days"]), stage.worker(row["team"])
    survivor = _registered(stage, row, number, worker, now)
    stage.people.append(survivor)
    actions.add_name(survivor, kind="nickname", text=row["nick"], actor=worker, now=now)
    if row["plot"] != "none":
        _contact(survivor, number, worker, now)
        _agree(survivor, number, worker, now)
        _screen(survivor, row, number, worker, now)
    return survivor, worker, now


def _registered(
    stage: Stage, row: dict[str, Any], number: int, worker: Reader, now: datetime
) -> Survivor:
    """The file of someone who came by herself, or who was met in an operation."""
    facts = particulars(row, number, local_day(now))
    if number not in stage.met:
        team, lead = stage.team(row["team"]).node, stage.lead_of.get(number)
        return actions.register(facts, team=team, lead=lead, actor=worker, now=now)
    leader = stage.crew[LEADERS[row["team"]]]
    _met, survivor = register(stage.met[number], full_name=row["name"], actor=leader, now=now)
    return actions.edit(survivor, facts, expected=survivor.version, actor=worker, now=now)


def particulars(row: dict[str, Any], number: int, today: date) -> Particulars:
    """What is known of someone on the first day."""
    nation = row.get("nation")
    return Particulars(
        full_name=row["name"],
        birth=_birth(row, number, today),
        gender=row["gender"],
        nationalities=(nation,) if nation else (),
        languages=(LANGUAGE_OF[nation],) if nation else (),
        interpreter=nation not in (None, "TH", "LA"),
        exploitation=tuple(row["kinds"]),
    )


def _birth(row: dict[str, Any], number: int, today: date) -> Birth | None:
    age, known = row["age"], row["birth"]
    if known == "unknown":
        return None
    if known == "estimated":
        return Birth.estimated(max(age - 1, 0), age + 1, today, "appearance")
    year = today.year - age
    if known == "year":
        return Birth.known(PartialDay(year), "stated")
    return Birth.known(PartialDay(year, 1 + number % today.month, 1), "document")


def _contact(survivor: Survivor, number: int, worker: Reader, now: datetime) -> None:
    actions.add_contact(
        survivor, kind="telephone", value=f"080-000-{number:04d}", safe="yes", actor=worker, now=now
    )
    if number % 3 == 0:
        rules = SafeContact(
            not_before="18:00",
            way="telephone",
            say="โทรจากคลินิก",
            beware="ห้ามฝากข้อความไว้กับคนอื่นในบ้าน",
        )
        survivor.refresh_from_db()
        actions.set_safe_contact(survivor, rules, expected=survivor.version, actor=worker, now=now)
    if number % 7 == 3:
        actions.raise_alert(survivor, kind="allergy", text="แพ้ยาเพนิซิลลิน", actor=worker, now=now)


def giver(survivor: Survivor) -> dict[str, Any]:
    """Who consents for someone of that age, and the guardian's name where one does."""
    both = survivor.minor != "no"
    return {"giver": "both" if both else "herself", "guardian": GUARDIAN if both else ""}


def _agree(survivor: Survivor, number: int, worker: Reader, now: datetime) -> None:
    for purpose in ("interview", "storage", *(("statistics",) if number % 2 else ())):
        actions.give_consent(
            survivor,
            purpose=purpose,
            **giver(survivor),
            way="spoken_interpreter" if survivor.interpreter else "signed",
            language=LANGUAGE_OF[survivor.nationalities[0]],
            given_on=local_day(now),
            actor=worker,
            now=now,
        )


def _screen(
    survivor: Survivor, row: dict[str, Any], number: int, worker: Reader, now: datetime
) -> None:
    """A talk on the first day, and with it the first step of the ladder."""
    purpose, today = PURPOSES[row["kinds"][0]], local_day(now)
    marks = [
        Marked("act", "recruitment", "heard", EVIDENCE["recruitment"]),
        Marked("means", "deception", "heard", EVIDENCE["deception"]),
        Marked("ilo", "ILO07", "observed", EVIDENCE["ILO07"]),
        Marked("purpose", purpose, "heard", EVIDENCE[purpose]),
        Marked("ilo", "ILO08", "heard", EVIDENCE["ILO08"]),
        Marked("act", "transportation", "inferred", EVIDENCE["transportation"]),
    ]
    actions.screen(
        survivor,
        marks[: 3 + number % 4],
        began=PartialDay(today.year - 1, 1 + number % 12 if number % 3 else None),
        interpreter=survivor.interpreter,
        words="คุยในห้องเงียบ มีน้ำและผ้าห่ม พักสองครั้ง",
        actor=worker,
        now=now,
    )
    actions.identify(
        survivor,
        status="possible",
        organisation="ngo",
        basis="screening",
        on=today,
        actor=worker,
        now=now,
    )
