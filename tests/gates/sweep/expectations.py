"""What each route asks for: the one table that a new route has to join.

A line says which question the route asks, never what the answer is: that the sweep reckons from
``access.decide`` for every person. The commonest lines::

    "cases:note": record("case.work", on=CASE),              # a form on a record
    "cases:notes": record("case.read", on=CASE, **READING),  # a page that only shows
    "cases:done": record("case.work", on=on(CASE, task_ref="task"), **BUTTON),
    "leads:write": anywhere("lead.record"),                  # no record yet: anyone with the verb
    "access:me": own(**READING),                             # everyone has one of their own

``on`` says what each parameter of the address names: a kind of ``story.Story.things``, or
``=text`` for itself. The record of the first one decides. A new kind of thing is made in
``story.py``, through its verb. The sweep fills in the page's own form by itself; what it could
not guess stands in ``typed``. A route may be asked in several ways: what follows a ``?`` in its
name only tells them apart, and a parameter in braces in ``query`` counts as one of the address.
"""

from tests.gates.sweep.chapters import chapters
from tests.gates.sweep.needs import (
    BUTTON,
    CASE,
    ENDLESS,
    HER,
    LEAD,
    NOT_TWICE,
    READING,
    STAFF,
    Needs,
    anywhere,
    day,
    on,
    own,
    public,
    record,
    way_in,
)

ROUTES: dict[str, Needs] = {
    # --- the way in
    "account_login": public(gets=(200, 302)),
    "account_logout": public(gets=(200, 302)),
    "account_inactive": public(),
    "account_reset_password": public(gets=(200, 302)),
    "account_reset_password_done": public(),
    "account_reset_password_from_key": public(on={"uidb36": f"={'x' * 22}", "key": "=no-such-key"}),
    "account_reset_password_from_key_done": public(),
    "mfa_authenticate": public(gets=(200, 302)),
    "account_reauthenticate": way_in(),
    "account_change_password": way_in(),
    "mfa_index": way_in(),
    "mfa_activate_totp": way_in(),
    "mfa_deactivate_totp": way_in(),
    "mfa_view_recovery_codes": way_in(),
    "mfa_generate_recovery_codes": way_in(),
    "set_language": public(gets=(405,)),
    "set_era": public(gets=(405,)),
    # --- a member's own pages
    "access:join": public(on={"token": "token"}, gets=(200, 410, 429)),
    "access:waiting": own(gets=(200, 302), **READING),
    "access:me": own(**READING),
    "access:sign_out_everywhere": own(**BUTTON, **READING),
    "access:reminders": own(**BUTTON),
    "access:notices": own(**READING),
    "access:draft": own(**BUTTON, typed={"text": "typed"}, query="?form=/me"),
    "access:approvals": own(**READING),
    "access:give_approval": record(
        "approval.give",
        on={"ref": "approval"},
        sees="approval.give",
        teller="somsri",
        **BUTTON,
        **NOT_TWICE,
    ),
    "desk:home": own(**READING),
    "desk:administration": anywhere("organisation.manage", **READING),
    # --- people
    # (for whoever was lent a record and works in no team the list of people does not exist)
    "access:people": anywhere("team.read", gets=(200, 404), posts=(200, 404), **READING),
    "access:invite": anywhere("member.invite"),
    "access:found_team": anywhere("team.found"),
    "access:keys": own(**READING),
    "access:member": record(STAFF, on={"ref": "member"}, sees=STAFF, **READING),
    "access:admit": record(
        "member.admit", on={"ref": "newcomer"}, sees=STAFF, typed={"words": "@newcomer_words"}
    ),
    "access:assign": record("member.assign", on={"ref": "member"}, sees=STAFF, typed=ENDLESS),
    "access:end_role": record(
        "member.assign",
        on={"ref": "member", "role": "member_role"},
        sees=STAFF,
        **BUTTON,
        **NOT_TWICE,
    ),
    "access:deactivate": record("member.deactivate", on={"ref": "member"}, sees=STAFF),
    "access:reset_factor": record("member.reset_factor", on={"ref": "member"}, sees=STAFF),
    "access:wrap": record("member.admit", on={"ref": "member"}, sees=STAFF, **BUTTON, **READING),
    # --- walls: the pages that every record has
    "access:who_can": record("case.read", on=CASE, **READING),
    "access:who_can?lead": record("lead.read", on=LEAD, **READING),
    "access:who_can?survivor": record("survivor.read", on=HER, **READING),
    "access:who_has": record("access.trace", on=CASE, sees="case.read|access.trace", **READING),
    "access:exclude": record("access.exclude", on=CASE),
    "access:share": record("member.assign", on=CASE, typed=ENDLESS),
    "access:rekey": record("case.read", on=CASE, **BUTTON, **READING),
    "access:ask_to_lift": record("access.lift", on=on(CASE, exclusion="wall")),
    "access:lift": record(
        "access.lift",
        on=on({"ref": "other_case"}, exclusion="lifting"),
        typed={"approval": "@lift_approval"},
        **BUTTON,
        **NOT_TWICE,
    ),
    # --- partners: one directory for the whole house, no walls in it
    "partners:directory": anywhere("partner.read", **READING),
    "partners:record": anywhere("partner.record"),
    "partners:partner": anywhere("partner.read", on={"ref": "partner"}, **READING),
    "partners:edit": anywhere("partner.record", on={"ref": "partner"}),
    # --- leads
    "leads:inbox": anywhere("lead.read", **READING),
    "leads:write": anywhere("lead.record"),
    "leads:places": own(**READING),
    "leads:lead": record("lead.read", on=LEAD, typed={"purpose": "assess"}, **READING),
    "leads:complete": record("lead.record", on=LEAD),
    "leads:triage": record("lead.triage", on=LEAD, typed={"decision": "follow"}),
    "leads:pass": record("lead.pass", on=LEAD),
    "leads:close": record("lead.triage", on=LEAD),
    "leads:field": record("lead.triage", on=LEAD, **BUTTON),
    "leads:duty": record("lead.triage", on=on(LEAD, duty_ref="duty")),
    # --- survivors
    "survivors:list": anywhere("survivor.read", **READING),
    "survivors:register": anywhere("survivor.register"),
    "survivors:register?lead": record(
        "survivor.register", on={"lead": "lead"}, query="?lead={lead}"
    ),
    "survivors:survivor": record("survivor.read", on=HER, typed={"purpose": "care"}, **READING),
    "survivors:edit": record("survivor.edit", on=HER),
    "survivors:safe_contact": record("survivor.edit", on=HER),
    "survivors:guardian": record("survivor.edit", on=HER),
    "survivors:void": record("survivor.void", on=HER),
    **{
        f"survivors:add?{kind}": record("survivor.edit", on=on(HER, kind=f"={kind}"))
        for kind in ("name", "document", "contact")
    },
    **{
        f"survivors:remove?{kind}": record(
            "survivor.edit", on=on(HER, kind=f"={kind}", part_ref=kind), **BUTTON
        )
        for kind in ("name", "document", "contact")
    },
    "survivors:raise_alert": record("survivor.alert", on=HER),
    "survivors:lower_alert": record("survivor.alert", on=on(HER, part_ref="alert")),
    "survivors:identify": record("survivor.identify", on=HER),
    "survivors:give_consent": record(
        "survivor.consent", on=HER, typed=day("expires_on", "2027-3-1")
    ),
    "survivors:withdraw_consent": record("survivor.consent", on=on(HER, part_ref="consent")),
    "survivors:screen": record("survivor.screen", on=HER),
    "survivors:screening": record("survivor.read", on=on(HER, part_ref="screening"), **READING),
    # --- cases
    "cases:caseload": anywhere("case.read", **READING),
    "cases:every": anywhere("case.read", **READING),
    "cases:every?all": anywhere("case.read", query="?status=all", **READING),
    "cases:hand-over": anywhere("case.hand_over"),
    "cases:hand-over?from": anywhere(
        "case.hand_over", query="?from={who}", on={"who": "manager"}, filters=True, **READING
    ),
    "cases:hand-over?case": anywhere(
        "case.hand_over", query="?case={case}", on={"case": "case"}, filters=True, **READING
    ),
    "cases:offers": anywhere("case.read", typed={"answer": "accept"}),
    "cases:withdraw-offer": record(
        "case.hand_over", on={"ref": "other_case", "offer_ref": "offer"}, **BUTTON
    ),
    "cases:open": record("case.open", on={"ref": "caseless"}),
    "cases:open?lead": record(
        "case.open", on={"ref": "caseless", "lead": "lead"}, query="?lead={lead}"
    ),
    "cases:of-survivor": record("survivor.read", on=HER, **READING),
    "cases:of-lead": record("lead.read", on={"ref": "source_lead"}, **READING),
    "cases:case": record("case.read", on=CASE, **READING),
    "cases:timeline": record("case.read", on=CASE, **READING),
    "cases:record-event": record("case.work", on=CASE),
    "cases:event": record("case.read", on=on(CASE, event_ref="event"), **READING),
    "cases:correct": record("case.work", on=on(CASE, event_ref="event")),
    "cases:met": record(
        "case.work", on=on(CASE, deadline_ref="deadline"), typed=day("on", "2026-3-2")
    ),
    "cases:extend": record(
        "case.work", on=on(CASE, deadline_ref="deadline"), typed=day("until", "2026-3-5")
    ),
    "cases:not-applicable": record("case.work", on=on(CASE, deadline_ref="deadline")),
    "cases:task": record("case.work", on=CASE, typed=day("due_on", "2026-3-9")),
    "cases:done": record(
        "case.work", on=on(CASE, task_ref="task"), typed={"version": "1"}, **BUTTON
    ),
    "cases:drop": record("case.work", on=on(CASE, task_ref="task")),
    "cases:notes": record("case.read", on=CASE, **READING),
    "cases:note": record("case.work", on=CASE),
    "cases:correct-note": record("case.work", on=on(CASE, note_ref="note")),
    "cases:people": record("case.read", on=CASE, **READING),
    "cases:person": record("case.work", on=CASE),
    "cases:edit-person": record("case.work", on=on(CASE, person_ref="person")),
    "cases:remove-person": record("case.work", on=on(CASE, person_ref="person"), **BUTTON),
    "cases:link": record("case.work", on=CASE, typed={"code": "@linkable_code"}),
    "cases:refer": record("case.refer", on=CASE, **READING),
    "cases:refer-facts": record(
        "case.refer", on=on(CASE, partner_ref="partner"), query="?purpose=referral"
    ),
    "cases:referral": record("case.read", on=on(CASE, referral_ref="referral"), **READING),
    "cases:sheet": record("case.refer", on=on(CASE, referral_ref="referral"), **BUTTON),
    "cases:answer": record("case.refer", on=on(CASE, referral_ref="referral")),
    "cases:review": record(
        "case.review",
        on=on(CASE, referral_ref="disclosure"),
        teller="somsri",
        gets=(200, 403),
        **NOT_TWICE,
    ),
    "cases:flags": record("case.work", on=CASE, typed={"flags": "court_soon"}),
    "cases:add": anywhere("case.work", **READING),
    "cases:timeline?kind": record("case.read", on=CASE, query="?kind=notes", **READING),
    "cases:wish": record("case.work", on=CASE),
    "cases:close": record("case.close", on=CASE),
    "cases:reopen": record("case.reopen", on={"ref": "closed_case"}),
    # --- files that come in: whoever brought one sees it, and nobody else
    "exchange:files": anywhere("exchange.import", typed={"file": "@csv", "team": "@team"}),
    "exchange:file": own(on={"ref": "upload"}, **READING),
    "exchange:begin": own(on={"ref": "upload"}, **BUTTON),
    "exchange:stop": own(on={"ref": "running_upload"}, **BUTTON),
    "exchange:forget": own(on={"ref": "upload"}, **BUTTON),
    "exchange:errors": own(on={"ref": "upload"}, **READING),
    "exchange:differences": anywhere("survivor.edit", **READING),
    "exchange:difference": record(
        "survivor.edit", on={"ref": "difference"}, sees="survivor.edit", typed={"all": "theirs"}
    ),
}

for _chapter in chapters():
    ROUTES |= _chapter.ROUTES
