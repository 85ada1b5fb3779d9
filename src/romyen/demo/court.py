"""The legal side of the demo: proceedings, hearings, compensation, permits, the Fund."""

from datetime import datetime, timedelta
from typing import Any

from romyen.access import Reader
from romyen.cases.models import Case
from romyen.demo.stage import Stage
from romyen.legal import actions
from romyen.legal.models import Party, Proceeding
from romyen.rules.spans import local_day

LAWYERS = {"north": "prasit", "border": "prasit", "coast": "thida"}
COURSE = (("inquiry", 14), ("prosecutor", 75), ("first_instance", 95), ("ended", 330))
FILED = 92
"""Days after which the charge is filed at court; a hearing follows after a month."""
FOREIGN = {"MM", "LA", "KH", "VN", "UZ", "KE", "XXA"}


def at_law(stage: Stage, case: Case, row: dict[str, Any], number: int, came: datetime) -> None:
    """What the legal officer does for one person, as far as today."""
    lawyer = stage.crew[LAWYERS[row["team"]]]
    if row["nation"] in FOREIGN and row["plot"] != "not_victim":
        _permit(stage, case, lawyer, came)
    if number % 2 == 0 and row["plot"] not in ("not_victim", "fresh"):
        _fund(stage, case, lawyer, came)
    if number % 2 == 1 and row["plot"] not in ("not_victim", "reflection", "fresh"):
        _proceeding(stage, case, row, number, lawyer, came)


def _permit(stage: Stage, case: Case, lawyer: Reader, came: datetime) -> None:
    """A stay for a year; whoever came eleven months ago has to renew it soon."""
    now = stage.later(came, 25)
    if now is not None:
        on = local_day(now)
        actions.record_permit(
            case,
            kind="stay",
            state="granted",
            number="สมมติ 37/1",
            granted_on=on,
            expires_on=on + timedelta(days=365),
            actor=lawyer,
            now=now,
        )


def _fund(stage: Stage, case: Case, lawyer: Reader, came: datetime) -> None:
    now, decided = stage.later(came, 45), stage.later(came, 80)
    if now is None:
        return
    application = actions.apply_to_fund(
        case,
        asked={"living": 9_000, "training": 20_000},
        applicant="victim",
        applied_on=local_day(now),
        actor=lawyer,
        now=now,
    )
    if decided is None:
        return
    on = local_day(decided)
    for head in application.heads.order_by("head"):
        actions.change_fund_head(
            head,
            approved=head.asked,
            paid=head.asked,
            paid_on=on,
            expected=head.version,
            actor=lawyer,
            now=decided,
        )


def _proceeding(
    stage: Stage, case: Case, row: dict[str, Any], number: int, lawyer: Reader, came: datetime
) -> None:
    now = stage.later(came, 13)
    if now is None:
        return
    proceeding = actions.begin(
        case,
        kind="trafficking",
        stage="complaint",
        stage_on=local_day(now),
        police=stage.partners["police"],
        accused="ผู้ต้องหาสมมติ",
        accused_count=1 + number % 3,
        party={"role": "injured", "interpreter": "ล่ามสมมติ" if row["nation"] != "TH" else ""},
        actor=lawyer,
        now=now,
    )
    for stage_code, days in COURSE:
        reached = stage.later(came, days)
        if reached is not None:
            proceeding = actions.reach_stage(
                proceeding,
                stage=stage_code,
                on=local_day(reached),
                expected=proceeding.version,
                actor=lawyer,
                now=reached,
            )
    _trial(stage, proceeding, number, lawyer, came)


def _trial(
    stage: Stage, proceeding: Proceeding, number: int, lawyer: Reader, came: datetime
) -> None:
    """Charge, hearings, judgment; what is ordered is paid in instalments, or not yet."""
    filed = stage.later(came, FILED)
    if filed is None:
        return
    judged = stage.later(came, 300)
    actions.charge(
        proceeding,
        offence="act_6",
        charged_on=local_day(filed),
        result="convicted" if judged else "pending",
        judged_on=local_day(judged) if judged else None,
        actor=lawyer,
        now=judged or filed,
    )
    party = Party.objects.select_related("case__node", "proceeding__node").get(
        proceeding=proceeding
    )
    now = min(stage.today, filed + timedelta(days=3))
    _hearings(stage, proceeding, party, lawyer, came, now)
    _money(stage, party, number, lawyer, came, now)


def _hearings(
    stage: Stage,
    proceeding: Proceeding,
    party: Party,
    lawyer: Reader,
    came: datetime,
    now: datetime,
) -> None:
    filed = local_day(came + timedelta(days=FILED))
    known = local_day(now)
    days = [("filing", filed), ("hearing", filed + timedelta(days=40))]
    if stage.later(came, 300):
        days.append(("judgment", local_day(came + timedelta(days=300))))
    elif filed + timedelta(days=40) < local_day(stage.today):
        days.append(("hearing", local_day(stage.today) + timedelta(days=9)))
    for kind, on in days:
        past = on <= local_day(stage.today)
        actions.plan_hearing(
            proceeding,
            people=[party] if kind == "hearing" else [],
            kind=kind,
            on=on,
            outcome="held" if past else "planned",
            actor=lawyer,
            now=now if on <= known else stage.today,
        )


def _money(
    stage: Stage, party: Party, number: int, lawyer: Reader, came: datetime, now: datetime
) -> None:
    ordered, paid = stage.later(came, 300), stage.later(came, 380)
    claim = 60_000 + 15_000 * (number % 6)
    facts: dict[str, Any] = {"claimed": claim, "claimed_on": local_day(now)}
    if ordered is not None:
        facts |= {"ordered": claim - 10_000, "ordered_on": local_day(ordered)}
    row = actions.compensate(
        party,
        head="damages",
        payer="defendant",
        enforcement="part" if paid else "none",
        **facts,
        actor=lawyer,
        now=ordered or now,
    )
    if paid is not None and number % 3:
        amount = (claim - 10_000) // 2
        actions.pay(row, amount=amount, paid_on=local_day(paid), actor=lawyer, now=paid)
