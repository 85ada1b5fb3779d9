"""What verbs are called on pages: for who may do what, and for who did what."""

from django.utils.translation import get_language, gettext

from romyen.rules import lists
from romyen.rules.refusals import gettext_noop as _

VERBS = {
    "access.exclude": _("Exclude a person"),
    "access.lift": _("Lift an exclusion"),
    "access.trace": _("See who has seen it"),
    "approval.ask": _("Ask for a second person"),
    "approval.give": _("Give a second person's approval"),
    "approval.use": _("Use an approval"),
    "audit.read": _("Read the log"),
    "care.plan": _("Plan care"),
    "care.read": _("Read the care"),
    "care.record": _("Record care"),
    "case.close": _("Close the case"),
    "case.correct": _("Correct an entry"),
    "case.decline": _("Decline a case that was offered"),
    "case.disclose": _("Disclose on another lawful basis"),
    "case.event": _("Record an event"),
    "case.extend": _("Extend a deadline"),
    "case.hand_over": _("Hand the case over"),
    "case.link": _("Link cases"),
    "case.meet": _("Record that a deadline was met"),
    "case.not_applicable": _("Record that a deadline does not apply"),
    "case.note": _("Write a note"),
    "case.offer": _("Offer a case to a colleague"),
    "case.open": _("Open a case"),
    "case.person": _("Add a person"),
    "case.person_edit": _("Edit a person"),
    "case.person_remove": _("Remove a person"),
    "case.print": _("Print a summary"),
    "case.read": _("Read the case"),
    "case.refer": _("Refer"),
    "case.referral": _("Record what became of a referral"),
    "case.reopen": _("Open the case again"),
    "case.review": _("Review disclosures"),
    "case.task": _("Add a task"),
    "case.task_done": _("Finish a task"),
    "case.task_dropped": _("Drop a task"),
    "case.unlink": _("Unlink cases"),
    "case.withdraw_offer": _("Take an offer back"),
    "case.wish": _("Record a wish about proceedings"),
    "case.work": _("Work on the case"),
    "counselling.read": _("Read the counselling"),
    "counselling.record": _("Record a counselling session"),
    "exchange.differs": _("Compare with an import"),
    "exchange.export": _("Export"),
    "exchange.forget_upload": _("Throw a file away"),
    "exchange.import": _("Import"),
    "exchange.import_file": _("Import a file"),
    "exchange.settle": _("Decide between two versions"),
    "exchange.stop_upload": _("Stop an import"),
    "exchange.upload": _("Bring a file"),
    "incident.follow_up": _("Record the follow-up of an incident"),
    "incident.record": _("Record an incident in a shelter"),
    "keys.admit": _("Wrap a key for a colleague"),
    "keys.found": _("Make the key of a compartment"),
    "keys.rekey": _("Replace the keys"),
    "keys.retire": _("Retire keys"),
    "keys.share": _("Give keys to a colleague"),
    "lead.case": _("Make a case of the lead"),
    "lead.close": _("Close the lead"),
    "lead.complete": _("Complete the lead"),
    "lead.duty": _("Record a duty as done"),
    "lead.pass": _("Pass the lead to the police"),
    "lead.read": _("Read the lead"),
    "lead.record": _("Record a lead"),
    "lead.take_down": _("Take down a lead"),
    "lead.triage": _("Decide what becomes of the lead"),
    "legal.read": _("Read the legal file"),
    "legal.record": _("Record legal aid"),
    "list.export": _("Take a list away"),
    "log.restored": _("Put back an older copy of the database"),
    "member.admit": _("Admit a colleague"),
    "member.assign": _("Give a role"),
    "member.change_passphrase": _("Change the passphrase"),
    "member.choose": _("Choose for oneself"),
    "member.deactivate": _("Close an account"),
    "member.factor_failed": _("Type a wrong code"),
    "member.factor_replaced": _("Move the code to another phone"),
    "member.factor_set": _("Set up the code from the phone"),
    "member.invite": _("Invite a colleague"),
    "member.read": _("Read the list of members"),
    "member.register": _("Make an account"),
    "member.reset": _("Restore sign-in by mail"),
    "member.reset_dropped": _("Keep the former passphrase"),
    "member.reset_factor": _("Take off a lost phone"),
    "member.sign_in": _("Sign in"),
    "member.sign_out": _("Sign out"),
    "member.unassign": _("Take a role back"),
    "operation.arrest": _("Record arrests by the police"),
    "operation.blown": _("Record that others knew of an operation"),
    "operation.call_off": _("Call an operation off"),
    "operation.carry_out": _("Record that an operation took place"),
    "operation.debrief": _("Write the debrief of an operation"),
    "operation.edit": _("Change the plan of an operation"),
    "operation.open_day": _("Open day and place of an operation"),
    "operation.outcome": _("Record what becomes of a person met"),
    "operation.people": _("Write down the people met"),
    "operation.plan": _("Plan an operation"),
    "operation.read": _("Read the operation"),
    "operation.record": _("Record what an operation brought"),
    "operation.register": _("Begin a survivor's file for a person met"),
    "organisation.manage": _("Manage the organisation"),
    "partner.read": _("Read the directory"),
    "partner.record": _("Keep the directory"),
    "proceeding.read": _("Read the proceeding"),
    "proceeding.record": _("Record a proceeding"),
    "recommendation.read": _("Read recommendations"),
    "recommendation.record": _("Keep recommendations"),
    "request.refused": _("Was refused"),
    "sealed.read": _("Open sealed facts"),
    "search.names": _("Search by name"),
    "session.answers": _("Record answers before and after"),
    "session.edit": _("Change a prevention session"),
    "session.read": _("Read prevention sessions"),
    "session.record": _("Record a prevention session"),
    "shelter.beds": _("Keep the beds of a shelter"),
    "shelter.close_location": _("Take the address of a shelter back from a colleague"),
    "shelter.edit": _("Change a shelter"),
    "shelter.found": _("Begin the record of a shelter"),
    "shelter.keep": _("Keep a shelter"),
    "shelter.locate": _("Read the address of a shelter"),
    "shelter.open_location": _("Open the address of a shelter to a colleague"),
    "shelter.read": _("Read the shelter"),
    "shelter.write_location": _("Write down the address of a shelter"),
    "statistics.read": _("Read the numbers"),
    "stay.end": _("Record that a stay ended"),
    "stay.leave": _("Record a leave from the shelter"),
    "stay.place": _("Place a person in a shelter"),
    "stay.record": _("Record a stay"),
    "stay.transfer": _("Record a move to another bed or shelter"),
    "survivor.alert": _("Raise an alert"),
    "survivor.consent": _("Record consent"),
    "survivor.contact": _("Record a contact"),
    "survivor.document": _("Record a document"),
    "survivor.edit": _("Edit"),
    "survivor.guardian": _("Record a guardian"),
    "survivor.identify": _("Record an identification"),
    "survivor.lower_alert": _("Lower an alert"),
    "survivor.merge": _("Bring two records together"),
    "survivor.name": _("Record a name"),
    "survivor.read": _("Read the file"),
    "survivor.register": _("Register a person"),
    "survivor.remove": _("Remove an entry"),
    "survivor.safe_contact": _("Record how to contact safely"),
    "survivor.screen": _("Screen"),
    "survivor.unmapped": _("Keep what the import could not place"),
    "survivor.void": _("Mark as entered in error"),
    "survivor.withdraw": _("Withdraw a consent"),
    "team.found": _("Found a team"),
    "team.read": _("Read the list of the team"),
}

ACTORS = {
    "operator": _("The operator of the server"),
    "stranger": _("A public page"),
    "founder": _("The founding of this installation"),
    "system": _("The system"),
    "tipline": _("The tip line"),
}
"""Those who act and are no members."""

PURPOSES = {
    "caseload": _("The list of one's own cases"),
    "consent_rule": _("Whether she was old enough to consent"),
    "htcds comparison": _("Comparing with an import"),
    "htcds export": _("An export"),
    "safety": _("Warnings and safe contact, which stand first on the page"),
    "screening": _("What a screening means"),
}
"""Purposes that nobody chose: a page or a command opens for them by itself."""


def purpose_words(purpose: str) -> str:
    """For what something was opened, as the reader of the log chose it or in our words.

    The purposes to choose from are lists of the packages whose records open for them.
    """
    for package in ("survivors", "leads", "shelters"):
        chosen = lists.of(package, "reading_purposes").items.get(purpose)
        if chosen:
            return chosen.label(get_language() or "en")
    return gettext(PURPOSES[purpose]) if purpose in PURPOSES else purpose


def verb_words(verb: str) -> str:
    """A verb in the reader's language; a code that has no words yet stands for itself."""
    return gettext(VERBS[verb]) if verb in VERBS else verb


def actor_words(actor: str) -> str:
    """The name of an actor that is no member, or the opaque id."""
    return gettext(ACTORS[actor]) if actor in ACTORS else actor
