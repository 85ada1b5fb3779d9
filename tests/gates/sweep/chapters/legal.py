"""The legal file: a proceeding, what stands on its page, and what hangs on a case."""

from datetime import timedelta
from typing import Any

from tests.gates.sweep.needs import (
    BUTTON,
    CASE,
    READING,
    Needs,
    anywhere,
    day,
    on,
    record,
)

from romyen.access import walls
from romyen.legal import actions as legal
from romyen.legal.words import words

P = {"ref": "proceeding"}
BAHT = {"claimed": "1000", "ordered": "1000", "amount": "1000", "asked": "1", "approved": "1"}
HEADS = {f"asked_{item.code}": "1,000" for item in words("fund_heads")}


def struck(kind: str, thing: str = "") -> Needs:
    """Striking out one kind of thing of a case."""
    return record("legal.record", on=on(CASE, kind=f"={kind}", part_ref=thing or kind), **BUTTON)


ROUTES: dict[str, Needs] = {
    "legal:proceedings?csv": anywhere("proceeding.read&list.export", query="?as=csv", **READING),
    "legal:proceedings": anywhere("proceeding.read", **READING),
    "legal:proceedings?kind": anywhere("proceeding.read", query="?kind=wage", **READING),
    "legal:proceeding": record("proceeding.read", on=P, typed={"purpose": "legal"}, **READING),
    "legal:edit": record("proceeding.record", on=P, typed={"accused_count": "2"}),
    "legal:stage": record("proceeding.record", on=P, typed=day("on", "2026-3-1")),
    "legal:join": record("proceeding.record", on=P, typed={"code": "@linkable_code"}),
    "legal:record-charge": record("proceeding.record", on=P),
    "legal:charge": record("proceeding.record", on=on(P, part_ref="charge")),
    "legal:plan-hearing": record("proceeding.record", on=P),
    "legal:hearing": record("proceeding.record", on=on(P, part_ref="hearing")),
    "legal:move-hearing": record(
        "proceeding.record", on=on(P, part_ref="hearing"), typed=day("on", "2027-4-1")
    ),
    **{
        f"legal:strike-part?{kind}": record(
            "proceeding.record", on=on(P, kind=f"={kind}", part_ref=kind), **BUTTON
        )
        for kind in ("charge", "hearing")
    },
    "legal:of-case": record("legal.read", on=CASE, typed={"purpose": "legal"}, **READING),
    "legal:begin": record("proceeding.record", on=CASE, typed={"accused_count": "2"}),
    "legal:party": record("legal.record", on=on(CASE, part_ref="party")),
    "legal:attend": record(
        "legal.record", on=on(CASE, party_ref="party"), typed={"hearing": "@free_hearing"}
    ),
    "legal:testify": record("legal.record", on=on(CASE, party_ref="party")),
    "legal:compensate": record("legal.record", on=on(CASE, party_ref="party"), typed=BAHT),
    "legal:attendance": record("legal.record", on=on(CASE, part_ref="attendance")),
    "legal:testimony": record("legal.record", on=on(CASE, part_ref="testimony")),
    "legal:compensation": record("legal.record", on=on(CASE, part_ref="compensation"), typed=BAHT),
    "legal:pay": record("legal.record", on=on(CASE, part_ref="compensation"), typed=BAHT),
    "legal:record-permit": record("legal.record", on=CASE),
    "legal:permit": record("legal.record", on=on(CASE, part_ref="permit")),
    "legal:renew": record("legal.record", on=on(CASE, part_ref="permit")),
    "legal:apply": record("legal.record", on=CASE, typed=HEADS),
    "legal:fund": record("legal.record", on=on(CASE, part_ref="fund")),
    "legal:ask-fund": record(
        "legal.record", on=on(CASE, part_ref="fund"), typed={"asked": "5", "head": "goods"}
    ),
    "legal:fund-step": record("legal.record", on=on(CASE, part_ref="fund")),
    "legal:fund-head": record(
        "legal.record", on=on(CASE, part_ref="fund_head"), typed={**BAHT, "paid": "1"}
    ),
    **{
        f"legal:strike?{kind}": struck(kind)
        for kind in (
            "party",
            "attendance",
            "testimony",
            "compensation",
            "payment",
            "permit",
            "fund",
            "fund_head",
        )
    },
}


def tell(story: Any) -> None:
    """A proceeding of her case, begun long ago, with one of everything."""
    case, today = story.things["case"], story.world.now.date()
    ago = today - timedelta(days=60)
    proceeding = _proceeding(story, case, ago)
    party = proceeding.parties.select_related("case__node", "proceeding__node").get()
    story.things["party"] = party
    hearing = _course(story, proceeding, ago, today)
    story.keep(
        "attendance", legal.attend, party, hearing,
        measures=["companion"], words=story.say("what she asked for"),
    )  # fmt: skip
    story.keep(
        "testimony", legal.testify_early, party,
        asked_by="herself", asked_on=ago, words=story.say("testimony"),
    )  # fmt: skip
    _money(story, case, party, ago)


def _proceeding(story: Any, case: Any, ago: Any) -> Any:
    names = ("police_no", "prosecutor_no", "black_no", "red_no", "accused")
    proceeding = story.keep(
        "proceeding",
        legal.begin,
        case,
        kind="trafficking",
        stage="inquiry",
        stage_on=ago,
        police=story.things["police"],
        party={
            "role": "injured",
            "lawyer": story.say("lawyer"),
            "interpreter": story.say("interpreter"),
        },
        **{name: story.say(f"proceeding {name}") for name in names},
    )
    story.hide(proceeding.node)
    guest, why = story.world.guest.member, {"purpose": "the hearing"}
    story.do(walls.share, guest, "legal_officer", proceeding.node, **why)
    story.world.again(story.world.guest)
    return proceeding


def _course(story: Any, proceeding: Any, ago: Any, today: Any) -> Any:
    story.keep(
        "charge", legal.charge, proceeding, offence="other", charged_on=ago,
        detail=story.say("section"), sentence=story.say("sentence"),
    )  # fmt: skip
    said = {"room": story.say("room"), "words": story.say("hearing")}
    later = today + timedelta(days=400)
    hearing = story.keep(
        "hearing", legal.plan_hearing, proceeding, kind="hearing", on=later, **said
    )
    story.keep("free_hearing", legal.plan_hearing, proceeding, kind="mediation", on=later)
    return hearing


def _money(story: Any, case: Any, party: Any, ago: Any) -> None:
    owed = story.keep(
        "compensation", legal.compensate, party, head="damages", payer="defendant",
        claimed=100_000, claimed_on=ago, words=story.say("compensation"),
    )  # fmt: skip
    story.keep("payment", legal.pay, owed, amount=5_000, paid_on=ago)
    story.keep(
        "permit", legal.record_permit, case, kind="stay", state="granted", granted_on=ago,
        number=story.say("number of a permit"), words=story.say("permit"),
    )  # fmt: skip
    fund = story.keep(
        "fund", legal.apply_to_fund, case, applicant="victim", applied_on=ago,
        asked={"training": 60_000}, words=story.say("application"),
    )  # fmt: skip
    story.things["fund_head"] = fund.heads.get()
    words_said = story.say("opinion")
    story.do(legal.step_of_fund, fund, step="social_worker", on=ago, words=words_said)
