"""What verbs are called on pages: for who may do what, and for who did what."""

from django.utils.translation import gettext

from romyen.rules.refusals import gettext_noop as _

VERBS = {
    "access.exclude": _("Exclude a person"),
    "access.lift": _("Lift an exclusion"),
    "access.trace": _("See who has seen it"),
    "approval.ask": _("Ask for a second person"),
    "approval.give": _("Give a second person's approval"),
    "approval.use": _("Use an approval"),
    "case.close": _("Close the case"),
    "case.hand_over": _("Hand the case over"),
    "case.open": _("Open a case"),
    "case.read": _("Read the case"),
    "case.refer": _("Refer"),
    "case.reopen": _("Open the case again"),
    "case.review": _("Review disclosures"),
    "case.work": _("Work on the case"),
    "exchange.export": _("Export"),
    "exchange.import": _("Import"),
    "keys.admit": _("Wrap a key for a colleague"),
    "keys.found": _("Make the key of a compartment"),
    "keys.rekey": _("Replace the keys"),
    "keys.share": _("Give keys to a colleague"),
    "lead.pass": _("Pass the lead to the police"),
    "lead.read": _("Read the lead"),
    "lead.record": _("Record a lead"),
    "lead.triage": _("Decide what becomes of the lead"),
    "member.admit": _("Admit a colleague"),
    "member.assign": _("Give a role"),
    "member.unassign": _("Take a role back"),
    "sealed.read": _("Open sealed facts"),
    "survivor.consent": _("Record consent"),
    "survivor.edit": _("Edit"),
    "survivor.identify": _("Record an identification"),
    "survivor.read": _("Read the file"),
    "survivor.register": _("Register a person"),
    "survivor.screen": _("Screen"),
    "survivor.void": _("Mark as entered in error"),
}

ACTORS = {
    "operator": _("The operator of the server"),
    "stranger": _("A public page"),
    "founder": _("The founding of this installation"),
    "system": _("The system"),
    "tipline": _("The tip line"),
}
"""Those who act and are no members."""


def verb_words(verb: str) -> str:
    """A verb in the reader's language; a code that has no words yet stands for itself."""
    return gettext(VERBS[verb]) if verb in VERBS else verb


def actor_words(actor: str) -> str:
    """The name of an actor that is no member, or the opaque id."""
    return gettext(ACTORS[actor]) if actor in ACTORS else actor
