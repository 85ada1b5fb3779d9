"""A world with one of everything, made through the verbs, every free word a canary.

Two teams get the same story, so that each object of one has its like in the other.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from tests.exchange.tables import table
from tests.gates.canaries import Canaries
from tests.gates.sweep.chapters import chapters

from romyen.access import Reader, Team, approvals, drafts, people, walls
from romyen.cases import actions as cases
from romyen.exchange.actions import bring_in, uploads
from romyen.exchange.htcds import read
from romyen.exchange.models import Difference, Upload
from romyen.keys import chain
from romyen.leads import actions as leads
from romyen.leads import duties
from romyen.partners import actions as partners
from romyen.rules.births import Birth
from romyen.rules.days import PartialDay
from romyen.survivors import actions as survivors
from romyen.survivors.particulars import Particulars, SafeContact
from world import PASSPHRASE

ON = date(2026, 3, 1)
BORN = PartialDay(2009, 11, 23)
SPOKEN = ("qzx", "qzv", "qzw")


@dataclass(frozen=True)
class Given:
    """A file as a browser sends it, as often as it is asked to."""

    name: str
    content: bytes

    def read(self) -> bytes:
        """All of it."""
        return self.content


@dataclass
class Story:
    """What happens in one team. ``things`` are its objects by kind."""

    world: Any
    canaries: Canaries
    team: Team
    lead_by: Reader
    second: Reader
    things: dict[str, Any] = field(default_factory=dict)

    def do(
        self, verb: Callable[..., Any], /, *args: Any, told_by: Reader | None = None, **facts: Any
    ) -> Any:
        """One step."""
        return verb(*args, **facts, actor=told_by or self.lead_by, now=self.world.now)

    def keep(self, kind: str, verb: Callable[..., Any], /, *args: Any, **facts: Any) -> Any:
        """A step whose outcome is kept under ``kind``."""
        self.things[kind] = self.do(verb, *args, **facts)
        return self.things[kind]

    def say(self, place: str) -> str:
        """A canary for a place of this team."""
        return self.canaries.new(f"{self.team.name}: {place}")

    def tell(self) -> dict[str, Any]:
        """The whole story; what is left open is left for the pages to do."""
        self.directory()
        self.leads()
        self.her()
        self.her_file()
        self.case()
        self.law()
        self.papers()
        self.other_cases()
        self.files()
        for chapter in chapters():
            chapter.tell(self)
        self.house()
        return self.things

    # --- the directory

    def directory(self) -> None:
        name = f"Fictional clinic of the {self.team.name}"
        self.keep("partner", partners.record, name=name, kind="NGO", province="50")
        police = f"Fictional station of the {self.team.name}"
        self.keep("police", partners.record, name=police, kind="LawEnforcement", province="50")
        self.do(
            partners.edit,
            self.things["partner"],
            expected=1,
            name=name,
            kind="NGO",
            country="TH",
            province="50",
            contact="02 000 0000",
            active=True,
        )

    # --- leads

    def a_lead(self, kind: str, **more: Any) -> Any:
        sealed = ("account", "reporter", "contact", "place_detail")
        facts = {name: self.say(f"{kind} {name}") for name in sealed}
        return self.keep(
            kind,
            leads.take_down,
            team=self.team,
            source="public",
            imminence="now",
            child="yes_child",
            **facts | more,
        )

    def leads(self) -> None:
        lead = self.a_lead("lead", place="500101")
        self.hide(lead.node)
        self.things["duty"] = lead.duties.order_by("key").first()
        self.do(leads.complete, lead, expected=1, reporter=self.say("lead reporter, again"))
        reason = self.say("lead decision")
        self.do(leads.triage, lead, decision="follow", reason=reason)
        gone = self.a_lead("passed_lead")
        self.hide(gone.node)
        self.keep(
            "receipt",
            leads.pass_to_police,
            gone,
            unit=self.things["police"],
            officer=self.say("officer"),
            receipt_no=self.say("receipt"),
            passed_on=ON + timedelta(days=1),
        )
        owed = gone.duties.order_by("key").first()
        self.do(duties.do_duty, owed, note=self.say("duty"))
        over = self.a_lead("closed_lead")
        self.hide(over.node)
        reason = self.say("lead closed")
        self.do(leads.close_lead, over, outcome="closed", closing_reason="outside", reason=reason)
        self.hide(self.a_lead("source_lead").node)
        self.do(duties.plan_field_activity, self.things["source_lead"])

    # --- the survivor

    def particulars(self, kind: str) -> Particulars:
        return Particulars(
            full_name=self.say(f"{kind} full name"),
            given_name=self.say(f"{kind} given name"),
            family_name=self.say(f"{kind} family name"),
            birth=Birth.known(BORN),
            gender="Feminine",
            nationalities=("TH",),
            languages=SPOKEN,
            interpreter=True,
        )

    def her(self) -> None:
        self.canaries.known("2009-11-23", "birth")
        self.canaries.known('"qzx", "qzv", "qzw"', "languages")
        kept = json.dumps({"column": self.say("unmapped")}, ensure_ascii=False)
        her = self.keep(
            "survivor",
            survivors.register,
            self.particulars("survivor"),
            team=self.team.node,
            lead=self.things["source_lead"],
            unmapped=kept,
        )
        self.hide(her.node, "wall")
        self.do(survivors.edit, her, self.particulars("survivor, again"), expected=1)
        safe = SafeContact(not_before="18:00", way="telephone", say=self.say("what to say"))
        self.do(survivors.set_safe_contact, her, safe, expected=2)
        detail = self.say("guardian's interest")
        self.do(survivors.flag_guardian_conflict, her, "suspected", detail=detail, expected=3)
        self.do(survivors.flag_guardian_conflict, her, "none", detail=detail, expected=4)
        other = self.do(survivors.register, self.particulars("void"), team=self.team.node)
        self.hide(other.node)
        self.do(survivors.void, other, reason=self.say("entered in error"))
        self.things["void"] = other

    def her_file(self) -> None:
        her = self.things["survivor"]
        her.refresh_from_db()
        self.keep("name", survivors.add_name, her, kind="nickname", text=self.say("nickname"))
        self.keep(
            "document",
            survivors.add_document,
            her,
            kind="passport",
            number=self.say("number"),
            keeper=self.say("keeper"),
        )
        self.keep(
            "contact",
            survivors.add_contact,
            her,
            kind="telephone",
            value=self.say("telephone"),
            whose=self.say("whose"),
        )
        wrong = self.do(survivors.add_name, her, kind="alias", text=self.say("alias"))
        self.do(survivors.remove, wrong)
        self.alerts(her)
        self.identification(her)
        self.consents(her)
        marked = [
            survivors.Marked("act", "transportation", "heard", self.say("evidence")),
            survivors.Marked("purpose", "forced_labour", "observed", self.say("evidence")),
        ]
        words = self.say("screening")
        began = PartialDay(ON.year, ON.month, ON.day)
        self.keep("screening", survivors.screen, her, marked, began=began, words=words)

    def alerts(self, her: Any) -> None:
        for kind in ("self_harm", "threat"):
            self.keep("alert", survivors.raise_alert, her, kind=kind, text=self.say(kind))
            over = self.do(survivors.raise_alert, her, kind=kind, text=self.say(kind))
            self.do(survivors.lower_alert, over, reason=self.say(f"{kind} lowered"))

    def identification(self, her: Any) -> None:
        how = {"organisation": "ngo", "on": ON, "basis": "screening"}
        words = self.say("presumed")
        self.keep("step", survivors.identify, her, status="presumed", words=words, **how)
        reason = self.say("corrected")
        self.do(survivors.identify, her, status="possible", corrects=True, reason=reason, **how)

    def consents(self, her: Any) -> None:
        how = {"giver": "both", "way": "signed", "given_on": ON}
        for kind, purpose in (("consent", "referral"), ("storage", "storage"), ("over", "photo")):
            to = self.things["partner"] if kind == "consent" else None
            said = {"guardian": self.say("guardian"), "limits": self.say("limits")}
            self.keep(kind, survivors.give_consent, her, purpose=purpose, partner=to, **said, **how)
        reason = self.say("withdrawal")
        self.do(survivors.withdraw_consent, self.things["over"], reason=reason)

    # --- the case

    def a_case(self, kind: str, her: Any, **facts: Any) -> Any:
        return self.keep(kind, cases.open_case, her, manager=self.lead_by.member, **facts)

    def case(self) -> None:
        lead = self.things["source_lead"]
        case = self.a_case("case", self.things["survivor"], lead=lead, opened_on=date(2026, 1, 5))
        case.refresh_from_db()
        self.do(cases.record_wish, case, wish="undecided", expected=1)
        self.do(cases.set_flags, case, ["media"])
        for kind in ("case", "health", "legal"):
            self.keep("note", cases.add_note, case, kind=kind, text=self.say(f"note {kind}"))
        said = {name: self.say(f"person {name}") for name in ("name", "contact", "known")}
        one = self.keep("person", cases.add_person, case, role="suspect", **said)
        said = {name: self.say(f"person {name}") for name in ("name", "contact", "known")}
        self.do(cases.edit_person, one, role="relative", expected=1, **said)
        wrong = self.do(cases.add_person, case, role="other", name=self.say("person"))
        self.do(cases.remove_person, wrong)
        one.refresh_from_db()

    def law(self) -> None:
        case = self.things["case"]
        for kind in ("deadline", "extended", "unfit", "met"):
            # each event starts its own clock, so that each may end otherwise
            event = self.keep(
                "event",
                cases.record_event,
                case,
                code="temporary_protection_entered",
                at=self.world.now - timedelta(hours=1),
                source="seen",
                detail=self.say("event"),
            )
            [self.things[kind]] = event.deadlines.filter(key__startswith="PRT-01/")
        until = self.world.now + timedelta(days=2)
        paper = self.say("paper of the court")
        self.do(
            cases.extend_deadline,
            self.things["extended"],
            by="court",
            until=until,
            paper=paper,
            expected=1,
        )
        reason = self.say("does not apply")
        self.do(cases.mark_not_applicable, self.things["unfit"], reason=reason, expected=1)
        self.do(cases.meet_deadline, self.things["met"], on=self.world.now, expected=1)
        wrong = self.do(
            cases.record_event,
            case,
            code="temporary_protection_entered",
            at=self.world.now - timedelta(hours=2),
            source="seen",
        )
        self.do(cases.correct_event, wrong, reason=self.say("event in error"))
        self.keep("task", cases.add_task, case, words=self.say("task"))
        task = self.do(cases.add_task, case, words=self.say("task done"))
        self.do(cases.finish_task, task, expected=1)
        task = self.do(cases.add_task, case, words=self.say("task dropped"))
        self.do(cases.drop_task, task, reason=self.say("why dropped"), expected=1)

    def papers(self) -> None:
        case, to = self.things["case"], self.things["partner"]
        shown = ["name", "birth", "languages", "contacts", "documents", "alerts", "other_names"]
        facts = {"partner": to, "shown": shown, "request": self.say("request")}
        self.keep("referral", cases.refer, case, **facts)
        told = self.do(cases.refer, case, **facts)
        self.do(cases.disclose, told)
        told.refresh_from_db()
        self.do(cases.answer_referral, told, state="accepted", expected=told.version)
        ground = {"basis": "danger_to_life", "reason": self.say("basis")}
        for kind in ("disclosure", "reviewed"):
            facts = {"partner": self.things["police"], "shown": ["name"], "purpose": "legal"}
            self.keep(kind, cases.refer, case, **facts, **ground)
        words = self.say("review")
        one = self.things["reviewed"]
        self.do(cases.review_disclosure, one, finding="right", words=words, told_by=self.second)

    def other_cases(self) -> None:
        for kind in ("closed_case", "other_case"):
            her = self.do(survivors.register, self.particulars(kind), team=self.team.node)
            self.hide(her.node)
            self.a_case(kind, her)
        self.keep("caseless", survivors.register, self.particulars("caseless"), team=self.team.node)
        self.hide(self.things["caseless"].node)
        closed, one, other = (self.things[k] for k in ("closed_case", "case", "other_case"))
        how = {"outcome": "goals_reached", "closed_on": self.world.now.date()}
        self.do(cases.close_case, closed, words=self.say("closing"), expected=1, **how)
        closed.refresh_from_db()
        words = self.say("why reopened")
        self.do(cases.reopen, closed, reason="returned", words=words, expected=closed.version)
        closed.refresh_from_db()
        words = self.say("closed again")
        self.do(cases.close_case, closed, words=words, expected=closed.version, **how)
        wrong = self.do(cases.link_cases, one, other, kind="siblings")
        self.do(cases.unlink_cases, wrong)
        self.keep("link", cases.link_cases, one, other, kind="siblings")
        self.handing(other)

    def handing(self, case: Any) -> None:
        """There and back, a no in between; one offer is left open, to whoever tells the story."""
        first, second = self.lead_by, self.second
        offer = self.do(cases.hand_over, [case], to=second.member, reason="workload").offered[0]
        words = self.say("why declined")
        self.do(cases.decline, [offer], because="away", words=words, told_by=second)
        offer = self.do(cases.hand_over, [case], to=second.member, reason="workload").offered[0]
        self.do(cases.accept, [offer], told_by=second)
        case.refresh_from_db()
        back = self.do(cases.hand_over, [case], to=first.member, reason="workload", told_by=second)
        [self.things["offer"]] = back.offered

    # --- files that come in

    def files(self) -> None:
        """A file that waits, one that runs, and a known record that came with other words."""
        said = {"prs_FirstName": self.say("first name"), "column": self.say("unmapped column")}
        known = {**said, "romyen_instance_id": f"uuid:{self.team.name}"}
        self.things["csv"] = Given("cases.csv", table(known | {"prs_FirstName": "x"}))
        other = known | {"prs_FirstName": self.say("other first name")}
        for row in (known, other | {"column": self.say("other column")}):
            self.do(bring_in, read(table(row), "file"), team=self.team.node)
        self.things["difference"] = Difference.objects.latest("at", "pk")
        self.hide(self.things["difference"].survivor.node)
        for kind in ("upload", "running_upload"):
            self.keep(kind, uploads.take_in, table(known), self.say("file name"), team=self.team)
        mended = uploads.seal(self.things["upload"], uploads.ERRORS, table(known))
        Upload.objects.filter(pk=self.things["upload"].pk).update(errors=mended)
        running = Upload.objects.filter(pk=self.things["running_upload"].pk)
        running.update(state=Upload.RUNNING, run="another process")

    # --- the house

    def hide(self, node: Any, kind: str = "exclusion") -> None:
        """Prasit is related to everyone in the north; in the south one wall is enough."""
        if self.team == self.world.team or kind != "exclusion":
            prasit = self.world.prasit
            self.keep(kind, walls.exclude, prasit.member, node, reason="relative")
            self.world.again(prasit)

    def house(self) -> None:
        case, other = self.things["case"], self.things["other_case"]
        self.people()
        asked = {"purpose": "a second pair of eyes"}
        self.keep("approval", approvals.ask, "exchange.export", self.team.node, **asked)
        given = self.do(approvals.ask, "exchange.export", self.team.node, **asked)
        self.do(approvals.give, given, told_by=self.second)
        over = self.do(walls.exclude, self.world.suda.member, case.node, reason="other")
        again = self.do(walls.ask_to_lift, over, purpose="she was taken for another")
        self.do(approvals.give, again, told_by=self.second)
        self.do(walls.lift, over, approval=again.pk)
        self.keep("lifting", walls.exclude, self.world.suda.member, other.node, reason="other")
        self.keep("lift_approval", walls.ask_to_lift, self.things["lifting"], purpose="as above")
        self.do(approvals.give, self.things["lift_approval"], told_by=self.second)
        lead = self.things["source_lead"]
        self.do(walls.exclude, self.world.suda.member, lead.node, reason="named_official")
        self.world.again(self.world.suda)
        guest = self.world.guest.member
        why = {"purpose": "the hearing"}
        self.keep("assignment", walls.share, guest, "legal_officer", case.node, **why)
        over = self.do(people.assign, guest, "counsellor", case.node, purpose="once")
        self.do(people.end_assignment, over)
        self.do(walls.rekey, case.node)
        self.world.again(self.world.guest)
        for reader in (self.lead_by, self.world.prasit):
            form = f"/leads/{self.things['lead'].pk}/complete"
            typed = {"account": [self.say("draft")]}
            drafts.keep(reader.member, form, typed, now=self.world.now)

    def people(self) -> None:
        """Someone invited, someone who waits to be admitted, someone who works here."""
        name = self.team.name.lower()
        how = {"role": "caseworker", "node": self.team.node}
        for kind in ("invited", "newcomer", "admitted"):
            email = f"{kind}@{name}.example"
            self.keep(kind, people.invite, email=email, name=f"{kind} {name}", **how)
        _invitation, self.things["token"] = self.things["invited"]
        for kind in ("newcomer", "admitted"):
            _invitation, token = self.things[kind]
            self.things[kind] = people.register(
                token=token, name=f"{kind} {name}", passphrase=PASSPHRASE, now=self.world.now
            )
        new, old = self.things["newcomer"], self.things["admitted"]
        self.things["newcomer_words"] = chain.fingerprint(new.holder)
        self.do(people.admit, old, words=chain.fingerprint(old.holder))
        self.do(people.wrap, old)
        linkable = self.do(survivors.register, self.particulars("linkable"), team=self.team.node)
        self.hide(linkable.node)
        one = self.a_case("linkable", linkable)
        here = "mine" if self.team == self.world.team else "other"
        worker = {"mine": self.world.arun, "other": self.world.dao}[here].member
        self.things |= {
            "linkable_code": one.node.code,
            "member": worker,
            "member_role": worker.assignments.get(),
            "manager": self.lead_by.member,
            "team": self.team,
        }
