"""Routes of survivors."""

from django.urls import path, register_converter

from romyen.survivors.views import decisions, editing, listing, page, parts, registering


class PartKind:
    """What can be added to and taken off a survivor's file."""

    regex = "name|document|contact"

    def to_python(self, value: str) -> str:
        """The kind as it stands."""
        return value

    def to_url(self, value: str) -> str:
        """The kind as it stands."""
        return value


register_converter(PartKind, "survivor_part")

app_name = "survivors"
urlpatterns = [
    path("", listing.listing, name="list"),
    path("register", registering.register, name="register"),
    path("<str:ref>", page.survivor_page, name="survivor"),
    path("<str:ref>/edit", editing.edit, name="edit"),
    path("<str:ref>/safe-contact", editing.safe_contact, name="safe_contact"),
    path("<str:ref>/guardian", editing.guardian, name="guardian"),
    path("<str:ref>/void", editing.void, name="void"),
    path("<str:ref>/add/<survivor_part:kind>", parts.add, name="add"),
    path("<str:ref>/remove/<survivor_part:kind>/<str:part_ref>", parts.remove, name="remove"),
    path("<str:ref>/alerts/new", parts.raise_alert, name="raise_alert"),
    path("<str:ref>/alerts/<str:part_ref>/lower", parts.lower_alert, name="lower_alert"),
    path("<str:ref>/identification", decisions.identify, name="identify"),
    path("<str:ref>/consents/new", decisions.give_consent, name="give_consent"),
    path(
        "<str:ref>/consents/<str:part_ref>/withdraw",
        decisions.withdraw_consent,
        name="withdraw_consent",
    ),
    path("<str:ref>/screenings/new", decisions.screen, name="screen"),
    path("<str:ref>/screenings/<str:part_ref>", decisions.screening, name="screening"),
]
