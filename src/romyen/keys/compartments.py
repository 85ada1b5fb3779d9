"""The compartments: the parts of a file that are closed to each other by cryptography."""

from romyen.rules.refusals import gettext_noop as _

COMPARTMENTS: dict[str, str] = {
    "identity": _("Identity and contacts"),
    "narrative": _("What happened, and case notes"),
    "plan": _("Plan and daily support"),
    "care": _("Health"),
    "counselling": _("Counselling sessions"),
    "legal": _("Legal matters"),
    "operations": _("Leads and operations"),
    "evidence": _("Evidence"),
    "location": _("The address of a shelter"),
}
"""Compartment code → its name as a message id (design §5)."""

LOCATION = "location"
"""The one compartment that is no team's: each shelter has a key pair of its own for its address."""
