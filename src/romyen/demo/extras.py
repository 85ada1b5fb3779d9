"""What happens to some people of the demo and not to others; named in ``data/people.yaml``."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from romyen.access import Reader, walls
from romyen.cases import actions
from romyen.cases.models import Case, Deadline, Referral
from romyen.demo.stage import Stage
from romyen.rules.spans import local_day
from romyen.survivors import actions as survivorwork
from romyen.survivors.models import Survivor

SIBLING = 24
"""Whose brother number 27 is."""


@dataclass(frozen=True)
class Scene:
    """One person with her case, who works with her, and the day on which she came."""

    stage: Stage
    survivor: Survivor
    case: Case
    worker: Reader
    came: datetime

    def at(self, days: float) -> datetime:
        """So many days after she came; never later than today."""
        return min(self.stage.today, self.came + timedelta(days=days))


def guardian_conflict(scene: Scene) -> None:
    """Nobody asks this guardian any more."""
    survivor, now = scene.survivor, scene.at(2)
    survivor.refresh_from_db()
    detail = "ญาติเล่าว่าผู้ปกครองรับเงินล่วงหน้าจากนายจ้าง"
    survivorwork.flag_guardian_conflict(
        survivor,
        "suspected",
        detail=detail,
        expected=survivor.version,
        actor=scene.worker,
        now=now,
    )
    actions.add_person(
        scene.case,
        role="guardian",
        name="ผู้ปกครองสมมติ",
        in_conflict=True,
        actor=scene.worker,
        now=now,
    )


def stateless(scene: Scene) -> None:
    """She has a card, and keeps it herself."""
    survivorwork.add_document(
        scene.survivor,
        kind="pink_card",
        number="0-0000-00000-00-0",
        keeper="เจ้าตัว",
        actor=scene.worker,
        now=scene.at(3),
    )


def statistics_withdrawn(scene: Scene) -> None:
    """She changes her mind about statistics; a consent to a photograph has come to its end."""
    photo = scene.at(5)
    survivorwork.give_consent(
        scene.survivor,
        purpose="photo",
        giver="herself",
        way="signed",
        given_on=local_day(photo),
        expires_on=local_day(photo) + timedelta(days=60),
        actor=scene.worker,
        now=photo,
    )
    given = scene.survivor.consents.get(purpose="statistics")
    survivorwork.withdraw_consent(given, reason="เปลี่ยนใจ", actor=scene.worker, now=scene.at(40))


def referral_withdrawn(scene: Scene) -> None:
    """He does not want the other organisation to know any more."""
    given = scene.survivor.consents.get(purpose="referral")
    survivorwork.withdraw_consent(given, actor=scene.worker, now=scene.at(20))


def health(scene: Scene) -> None:
    """The counsellor writes what the caseworker cannot open."""
    actions.add_note(
        scene.case,
        kind="health",
        text="นอนหลับดีขึ้น นัดพบอีกครั้งสัปดาห์หน้า",
        actor=scene.stage.crew["mali"],
        now=scene.at(20),
    )


def legal(scene: Scene) -> None:
    """The legal officer writes what was prepared."""
    actions.add_note(
        scene.case,
        kind="legal",
        text="เตรียมคำร้องขอค่าตอบแทนผู้เสียหาย รอสำเนาบันทึกประจำวัน",
        actor=scene.stage.crew["prasit"],
        now=scene.at(30),
    )


def court(scene: Scene) -> None:
    """A defendant is remanded, and protection of the witness is asked for."""
    for code, days in (("defendant_remanded", 60), ("witness_protection_asked", 95)):
        at = scene.at(days)
        actions.record_event(
            scene.case, code=code, at=at, source="document", actor=scene.worker, now=at
        )


def sibling(scene: Scene) -> None:
    """The two cases of a family are linked."""
    other = scene.stage.cases[SIBLING]
    actions.link_cases(scene.case, other, kind="siblings", actor=scene.worker, now=scene.at(1))


def access_request(scene: Scene) -> None:
    """She asks to see what is written about her."""
    at = scene.at(40)
    actions.record_event(
        scene.case,
        code="access_request_received",
        at=at,
        source="survivor",
        actor=scene.worker,
        now=at,
    )


def self_harm(scene: Scene) -> None:
    """A sign is seen to, and whoever cares for her is warned."""
    at = scene.at(13)
    survivorwork.raise_alert(
        scene.survivor,
        kind="self_harm",
        text="อยู่เป็นเพื่อน โทร 1323 ได้ตลอดเวลา",
        actor=scene.worker,
        now=at,
    )
    actions.record_event(
        scene.case, code="self_harm_risk_found", at=at, source="seen", actor=scene.worker, now=at
    )


def searching(scene: Scene) -> None:
    """Someone asks for her."""
    survivorwork.raise_alert(
        scene.survivor,
        kind="trafficker_searching",
        text="มีคนไปถามหาที่ร้านเดิม อย่าบอกว่าอยู่ที่ใด",
        actor=scene.worker,
        now=scene.at(1),
    )


def danger_reviewed(scene: Scene) -> None:
    """Passed on without consent because of danger; a second person looked the same day."""
    referral = _in_danger(scene, scene.at(1))
    actions.review_disclosure(
        referral,
        finding="right",
        words="ชีวิตอยู่ในอันตราย และส่งต่อเท่าที่จำเป็น",
        actor=scene.stage.crew["kanya"],
        now=scene.at(1.2),
    )


def danger_waiting(scene: Scene) -> None:
    """Passed on this morning; the second person has not looked yet."""
    _in_danger(scene, scene.stage.today - timedelta(hours=5))


def _in_danger(scene: Scene, now: datetime) -> Referral:
    referral = actions.refer(
        scene.case,
        partner=scene.stage.partners["hospital"],
        shown=["name", "birth", "alerts"],
        service="Health",
        request="ขอรับการตรวจโดยเร่งด่วน",
        basis="danger_to_life",
        reason="เป็นลมและยังพูดไม่ได้",
        actor=scene.worker,
        now=now,
    )
    return actions.disclose(referral, actor=scene.worker, now=now)


def extended(scene: Scene) -> None:
    """The court allowed longer temporary protection."""
    deadline = Deadline.objects.select_related("event", "case__node").get(
        case=scene.case, key__startswith="PRT-01/"
    )
    actions.extend_deadline(
        deadline,
        by="court",
        until=local_day(scene.came) + timedelta(days=6),
        paper="คำสั่งศาล สมมติ 1",
        expected=deadline.version,
        actor=scene.worker,
        now=scene.at(1),
    )


def handed_over(scene: Scene) -> None:
    """The caseworker goes on leave."""
    thida = scene.stage.crew["thida"]
    actions.hand_over([scene.case], to=thida.member, reason="leave", actor=thida, now=scene.at(60))


def reopened(scene: Scene) -> None:
    """She asks for help again."""
    scene.case.refresh_from_db()
    actions.reopen(
        scene.case,
        reason="returned",
        words="โทรมาขอคำปรึกษาเรื่องเรียนต่อ",
        expected=scene.case.version,
        actor=scene.stage.crew["kanya"],
        now=scene.at(370),
    )


def excluded(scene: Scene) -> None:
    """A colleague is a relative: the record does not exist for him."""
    walls.exclude(
        scene.stage.crew["prasit"].member,
        scene.survivor.node,
        reason="relative",
        actor=scene.stage.crew["kanya"],
        now=scene.at(10),
    )


def entered_twice(stage: Stage, survivor: Survivor) -> None:
    """Someone had been registered already."""
    survivorwork.void(
        survivor,
        reason="ลงทะเบียนซ้ำกับบุคคลที่มีอยู่แล้ว",
        actor=stage.crew["kanya"],
        now=stage.today,
    )


type Happens = Callable[[Scene], None]
DURING: dict[str, Happens] = {
    one.__name__: one
    for one in (
        guardian_conflict, stateless, statistics_withdrawn, referral_withdrawn, health, legal,
        court, sibling, access_request, self_harm, searching, danger_reviewed, danger_waiting,
        extended, excluded,
    )
}  # fmt: skip
AFTER: dict[str, Happens] = {"handed_over": handed_over, "reopened": reopened}
