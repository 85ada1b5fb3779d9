"""The compartments: the parts of a file that are closed to each other by cryptography."""

from romyen.rules.refusals import gettext_noop as _

COMPARTMENTS: dict[str, str] = {
    "identity": _("Identity and contacts"),
    "narrative": _("What happened, and case notes"),
    "care": _("Health and counselling"),
    "legal": _("Legal matters"),
    "operations": _("Leads and operations"),
    "evidence": _("Evidence"),
}
"""Compartment code → its name as a message id (design §5)."""
