"""What a search finds, in words."""

from romyen.rules.refusals import gettext_noop as _

KINDS = {
    "survivor": _("Survivor"),
    "case": _("Case"),
    "person": _("Someone in a case"),
    "lead": _("Reporter of a lead"),
}
COLOURS = {"survivor": "blue", "case": "teal", "person": "purple", "lead": "orange"}
