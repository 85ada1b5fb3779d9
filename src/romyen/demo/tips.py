"""The leads of the demo: taken down, assessed, and what became of them."""

from datetime import datetime, timedelta
from typing import Any

from romyen.access import Reader
from romyen.demo.cast import PLACES
from romyen.demo.stage import TEAMS, Stage, told
from romyen.leads import actions, duties
from romyen.leads.models import Duty, Lead
from romyen.rules.spans import local_day

CLOSED = ("closed", "referred")
DECISIONS = {"police": "urgent", "closed": "no_action"}


def tell_leads(stage: Stage) -> None:
    """All of them, each on its day."""
    for number, row in enumerate(told("leads")):
        writer = stage.crew["wit"] if row["team"] == "coast" else stage.worker(row["team"])
        now = stage.ago(row["days"])
        lead = _taken_down(stage, row, writer, now)
        stage.leads.append(lead)
        if row["ends"] == "case":
            stage.lead_of[row["person"]] = lead
        _go_on(stage, lead, row, number, writer, now)


def _taken_down(stage: Stage, row: dict[str, Any], writer: Reader, now: datetime) -> Lead:
    return actions.take_down(
        team=stage.team(row["team"]),
        account=row["told"],
        source=row["source"],
        imminence=row["imminence"],
        reporter="ผู้แจ้งสมมติ",
        contact="080-000-0000",
        contact_safe=stage.dice.choice(["yes", "unknown", "no"]),
        place=PLACES[TEAMS[row["team"]]],
        child=row["child"],
        red_flags=row["flags"],
        received_at=now,
        actor=writer,
        now=now,
    )


def _go_on(
    stage: Stage, lead: Lead, row: dict[str, Any], number: int, writer: Reader, now: datetime
) -> None:
    """Assessed the same day; then police, closing, or a case that a survivor's story opens."""
    assessed, ends = stage.later(now, 0.2), row["ends"]
    if ends == "new" or assessed is None:
        return
    decision, reason = DECISIONS.get(ends, "follow"), "พูดคุยกันในทีมแล้ว"
    actions.triage(lead, decision=decision, reason=reason, actor=writer, now=assessed)
    _duties(lead, writer, assessed)
    if ends == "police":
        _to_police(stage, lead, number, writer, assessed)
    elif ends in CLOSED:
        actions.close_lead(
            lead,
            outcome=ends,
            closing_reason=row["reason"],
            reason="ปรึกษากันแล้วเห็นว่าไม่มีสิ่งที่องค์กรทำต่อได้",
            actor=writer,
            now=assessed + timedelta(hours=1),
        )


def _duties(lead: Lead, writer: Reader, now: datetime) -> None:
    for duty in Duty.objects.filter(lead=lead).select_related("lead__node").order_by("key"):
        note = "แจ้งบ้านพักเด็กและครอบครัวทางโทรศัพท์แล้ว เจ้าหน้าที่รับเรื่องไว้"
        duties.do_duty(duty, note=note, actor=writer, now=now)


def _to_police(stage: Stage, lead: Lead, number: int, writer: Reader, now: datetime) -> None:
    passed = stage.later(now, 1) or stage.today
    actions.pass_to_police(
        lead,
        unit=stage.partners["police"],
        officer="เจ้าหน้าที่สมมติ",
        receipt_no=f"สมมติ {number}/{local_day(passed).year + 543}",
        passed_on=local_day(passed),
        actor=writer,
        now=passed,
    )
