"""The shelters of the demo: three houses, their beds, who stayed where and for how long."""

from datetime import date, datetime, timedelta
from typing import Any

from romyen.cases.models import Case
from romyen.demo.stage import DAYS, Stage
from romyen.rules.spans import local_day
from romyen.shelters import actions
from romyen.shelters.models import Bed, Shelter
from romyen.shelters.words import WARNINGS

EVERYONE = ["women", "girls", "men", "boys", "diverse", "families"]
HOUSES: dict[str, dict[str, Any]] = {
    "north": {"name": "บ้านมะลิ · Jasmine", "province": "50", "capacity": 8, "until": 45,
              "takes": ["women", "girls", "diverse"], "keeper": "pranee"},
    "border": {"name": "บ้านจำปี · Champak", "province": "63", "capacity": 10, "until": 400,
               "takes": EVERYONE, "keeper": "pranee"},
    "coast": {"name": "บ้านพุด · Gardenia", "province": "20", "capacity": 8, "until": -12,
              "takes": EVERYONE, "keeper": "thida"},
}  # fmt: skip
STAYS = 150
"""Days after which the longest stay ends."""


def found_houses(stage: Stage) -> None:
    """Each house with its beds; its address is known to who keeps it, and to nobody else."""
    began = stage.ago(DAYS + 1)
    for name, row in HOUSES.items():
        keeper = stage.crew[row["keeper"]]
        house = actions.found_shelter(
            stage.team(name).node,
            name=row["name"],
            kind="ours",
            province=row["province"],
            capacity=row["capacity"],
            takes=row["takes"],
            residents_per_staff=4,
            licence_from=local_day(began),
            licence_until=local_day(stage.today) + timedelta(days=row["until"]),
            actor=keeper,
            now=began,
        )
        labels = [f"{1 + number // 2}{'AB'[number % 2]}" for number in range(row["capacity"])]
        actions.add_beds(house, labels, actor=keeper, now=began)
        actions.found_location(
            house,
            address="99 ซอยสมมติ ตำบลสมมติ",
            directions="ประตูสีเขียวสมมติ",
            telephone="080-000-0000",
            licence_no=f"สมมติ {row['province']}/1",
            actor=keeper,
            now=began,
        )
        stage.houses[name] = house


def sheltered(stage: Stage, case: Case, row: dict[str, Any], came: datetime) -> None:
    """She comes on the second day, and leaves when care ends; men of the north stay elsewhere."""
    if row["team"] == "north" and row["gender"] == "Masculine":
        return
    came_in = came + timedelta(days=1.2)
    if came_in >= stage.today:
        return
    house, worker = stage.houses[row["team"]], stage.worker(row["team"])
    leaves = stage.later(came, STAYS if row.get("ends") else STAYS + 20 * (row["age"] % 4))
    on, until = local_day(came_in), local_day(leaves) if leaves else None
    bed = _free(stage, house, on, until)
    stay = actions.place(
        case,
        house,
        bed=bed,
        arrived_on=on,
        confirmed=tuple(WARNINGS),
        over_reason="" if bed else "มาถึงกลางดึก จัดที่นอนเสริมให้",
        actor=worker,
        now=came_in,
    )
    if leaves is not None and until is not None:
        reason = "goals_reached" if row.get("ends") == "goals_reached" else "home_family"
        actions.end_stay(
            stay, left_on=until, reason=reason, expected=stay.version, actor=worker, now=leaves
        )


def _free(stage: Stage, house: Shelter, on: date, until: date | None) -> Bed | None:
    """A bed that nobody has in the meantime: the demo is told person by person, not day by day."""
    last = until or date.max
    for bed in house.beds.order_by("label"):
        taken = stage.nights.setdefault(bed.pk, [])
        if all(last <= begin or on >= end for begin, end in taken):
            taken.append((on, last))
            return bed
    return None


def incidents(stage: Stage) -> None:
    """A house has its days."""
    said = [
        ("north", 210, "conflict", "ทะเลาะกันเรื่องโทรทัศน์ คุยกันแล้วตกลงเรื่องเวลาดู", None),
        ("border", 120, "medical", "มีไข้ตอนกลางคืน พาไปพบพยาบาล", None),
        ("coast", 75, "stranger", "มีคนมายืนหน้าบ้านนานผิดปกติ", 7),
        ("north", 4, "absence", "กลับช้าสองชั่วโมงโดยไม่ได้โทรบอก แล้วกลับมาเอง", 9),
    ]
    for name, days, kind, words, follow in said:
        now = stage.ago(days)
        actions.record_incident(
            stage.houses[name],
            kind=kind,
            on=local_day(now),
            words=words,
            done="พูดคุยกับทุกคนที่เกี่ยวข้องแล้ว",
            follow_up_on=local_day(now) + timedelta(days=follow) if follow else None,
            actor=stage.crew[HOUSES[name]["keeper"]],
            now=now,
        )
