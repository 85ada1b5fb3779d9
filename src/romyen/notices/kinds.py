"""The kinds of notice: each a sentence that is safe to be read over a shoulder."""

from romyen.rules.refusals import gettext_noop as _

KINDS = {
    "lead.new": _("A new lead is waiting."),
    "lead.urgent": _("A lead says that someone is in danger now."),
    "case.assigned": _("A case was handed to you."),
    "exchange.differs": _(
        "A file says something else of a record than we do. Someone has to decide."
    ),
    "clock.near": _("A deadline is near."),
    "clock.missed": _("A deadline has passed."),
    "disclosure.review": _("A disclosure without consent waits for a second person."),
    "approval.asked": _("A colleague asks for a second person."),
    "approval.given": _("A second person said yes."),
    "member.waiting": _("A new colleague waits to be admitted."),
    "keys.pending": _("Keys wait to be wrapped after an exclusion."),
}
