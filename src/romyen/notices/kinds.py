"""The kinds of notice: each a sentence that is safe to be read over a shoulder."""

from romyen.rules.refusals import gettext_noop as _

KINDS = {
    "lead.new": _("A new lead is waiting."),
    "lead.urgent": _("A lead says that someone is in danger now."),
    "case.assigned": _("A case was handed to you."),
    "operation.blown": _("Something that was planned has to stop. Open it before you go on."),
    "case.offered": _("Cases offered to you, please answer: %(count)s"),
    "case.taken": _("Cases that a colleague took over: %(count)s"),
    "case.declined": _("Cases that a colleague declined: %(count)s"),
    "case.lapsed": _("Offers of cases that nobody answered in time: %(count)s"),
    "case.pass_on": _("A case goes to another team: pass on the keys that you hold of it."),
    "exchange.differs": _(
        "A file says something else of a record than we do. Someone has to decide."
    ),
    "desk.today": _("Due today: %(count)s"),
    "clock.near": _("A deadline is near."),
    "clock.missed": _("A deadline has passed."),
    "disclosure.review": _("A disclosure without consent waits for a second person."),
    "approval.asked": _("A colleague asks for a second person."),
    "approval.given": _("A second person said yes."),
    "member.waiting": _("A new colleague waits to be admitted."),
    "member.renewal": _(
        "A new passphrase was set for you through your mailbox. If it was not you, go on with your "
        "own: it stays good. And secure the mailbox."
    ),
    "member.renewal_dropped": _(
        "You signed in with your own passphrase, so the one that was set through your mailbox was "
        "thrown away."
    ),
    "member.factor_reset": _("Two colleagues took the code from the phone off an account."),
    "place.opened": _("A colleague opened something sealed to you, for a limited time."),
    "keys.pending": _("Keys wait to be wrapped after an exclusion."),
}
