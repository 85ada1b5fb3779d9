"""The operations of the demo: planned, carried out or blown, whom they met, what was learned."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import cycle
from typing import Any

from romyen.access import Reader
from romyen.demo.cast import PLACES
from romyen.demo.stage import TEAMS, Stage, told
from romyen.operations import actions
from romyen.operations.actions.papers import Arrested
from romyen.operations.actions.people import Met
from romyen.operations.actions.planning import Plan
from romyen.operations.models import Operation
from romyen.operations.whereabouts import Whereabouts
from romyen.rules.spans import local_day

LEADERS = {"north": "kanya", "border": "thida", "coast": "thida"}
BANDS = ((8, "0--8"), (17, "9--17"), (20, "18--20"), (23, "21--23"), (26, "24--26"),
         (29, "27--29"), (38, "30--38"), (47, "39--47"))  # fmt: skip
SEXES = {"Feminine": "female", "Masculine": "male"}
OTHERS = ("not_victim", "possible", "home", "not_victim", "immigration", "possible", "not_victim")


def tell_operations(stage: Stage) -> None:
    """All of them; whoever was met and is told of later waits in ``stage.met``."""
    for row in told("operations"):
        leader = stage.crew[LEADERS[row["team"]]]
        on = stage.today - timedelta(days=row["days"])
        operation = _planned(stage, row, leader, on)
        if row["days"] < 0:
            continue
        if row.get("blown"):
            _blown(operation, row, leader, on)
        else:
            _carried_out(stage, operation, row, leader, on)
        _debriefed(stage, operation, row, leader, on)


def _where(stage: Stage, row: dict[str, Any], on: datetime) -> Whereabouts:
    unit = None if row["kind"] == "way_out" else stage.partners["police"]
    province = PLACES[TEAMS[row["team"]]][:2]
    return Whereabouts(on=local_day(on), province=province, unit=unit, place="ที่อยู่สมมติ ซอยสมมติ")


def _planned(stage: Stage, row: dict[str, Any], leader: Reader, on: datetime) -> Operation:
    facts = Plan(
        kind=row["kind"],
        roles=row["roles"],
        contributions=["investigation"] if "observation" in row["roles"] else ["manpower"],
        counting=row["counting"],
        whereabouts=_where(stage, row, on),
        officer="เจ้าหน้าที่สมมติ",
        aim=row["aim"],
    )
    lead = stage.leads[row["lead"]] if "lead" in row else None
    before = min(on - timedelta(days=1), stage.today - timedelta(hours=4))
    return actions.plan(facts, team=stage.team(row["team"]), lead=lead, actor=leader, now=before)


def _carried_out(
    stage: Stage, operation: Operation, row: dict[str, Any], leader: Reader, on: datetime
) -> None:
    """Written down the morning after; then those who were met, each with an outcome."""
    after = on + timedelta(days=1)
    there = _where(stage, row, on)
    words = "เป็นไปตามแผน ทุกคนปลอดภัย"
    actions.carry_out(
        operation, there, outcome=words, expected=operation.version, actor=leader, now=after
    )
    persons: list[int] = row.get("persons", [])
    people = [_person(number) for number in persons]
    met = actions.meet(operation, [*people, *_others(row)], actor=leader, now=after)
    stage.met |= dict(zip(persons, met, strict=False))
    if row.get("arrests"):
        facts = Arrested(men=row["arrests"], standing="held", reference="สมมติ 1")
        actions.record_arrest(operation, facts, actor=leader, now=after)


def _person(number: int) -> Met:
    row = told("people")[number]
    age = next((code for most, code in BANDS if row["age"] <= most), "48+")
    return Met(
        name=row["name"],
        sex=SEXES.get(row["gender"], "other"),
        age=age,
        nationality=row["nation"],
        outcome="possible",
        words="ขอพูดคุยต่อกับเจ้าหน้าที่ดูแลรายกรณี",
    )


def _others(row: dict[str, Any]) -> Iterator[Met]:
    """People without a name, as they are counted in a crowd."""
    outcomes = cycle(OTHERS)
    for number in range(row["others"]):
        group = f"group_{1 + number % 3}" if row.get("groups") else "none"
        sex = "female" if number % 3 else "male"
        yield Met(sex=sex, age="adult", group=group, outcome=next(outcomes))


def _blown(operation: Operation, row: dict[str, Any], leader: Reader, on: datetime) -> None:
    how = "ร้านปิดก่อนเวลานัดหนึ่งชั่วโมง มีคนโทรศัพท์อยู่ต้นซอย"
    actions.blow(
        operation, suspected=row["blown"], noticed_on=local_day(on), how=how, actor=leader, now=on
    )


def _debriefed(
    stage: Stage, operation: Operation, row: dict[str, Any], leader: Reader, on: datetime
) -> None:
    actions.debrief(
        operation,
        staff_care="no" if row["days"] > 300 else "yes",
        went="ประชุมสรุปร่วมกันในวันรุ่งขึ้น",
        lessons=row["lesson"],
        agreed="จดไว้ในแผนครั้งต่อไป",
        expected=0,
        actor=leader,
        now=min(stage.today, on + timedelta(days=3)),
    )
