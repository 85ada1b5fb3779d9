"""Short forms: a name, a paper, a contact, safe contact, the guardian, an alert, an error."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from romyen.pages.forms import DayField
from romyen.survivors.forms.choosing import LONGEST, Choosing, Versioned, area

SHORT = 200


def line(**attrs: Any) -> forms.TextInput:
    """A line in any script that the browser shall not remember."""
    return forms.TextInput(attrs={"autocomplete": "off", "dir": "auto", **attrs})


class NameForm(Choosing):
    """Another name."""

    lists: ClassVar[dict[str, str]] = {"kind": "name_kinds"}
    text = forms.CharField(
        label=_("Name"),
        help_text=_("In the script in which it is written or told."),
        max_length=SHORT,
        widget=line(),
    )
    kind = forms.ChoiceField(label=_("What kind of name?"), widget=forms.RadioSelect)


class DocumentForm(Choosing):
    """A paper."""

    lists: ClassVar[dict[str, str]] = {"kind": "document_kinds"}
    kind = forms.ChoiceField(label=_("Kind of document"))
    number = forms.CharField(label=_("Number"), required=False, max_length=SHORT, widget=line())
    expires = DayField(label=_("Valid until"), required=False)
    keeper = forms.CharField(
        label=_("Who holds it now?"), required=False, max_length=SHORT, widget=line()
    )
    note = forms.CharField(
        label=_("Anything else about it"), required=False, max_length=LONGEST, widget=area(3)
    )


class ContactForm(Choosing):
    """A way to reach her."""

    lists: ClassVar[dict[str, str]] = {"kind": "contact_kinds"}
    kind = forms.ChoiceField(label=_("How?"))
    value = forms.CharField(label=_("Number, name or address"), max_length=LONGEST, widget=area(2))
    whose = forms.CharField(
        label=_("Whose is it?"),
        help_text=_("For example the person's own, a neighbour's, the mother's."),
        required=False,
        max_length=SHORT,
        widget=line(),
    )
    safe = forms.ChoiceField(
        label=_("Is it safe to use?"),
        required=False,
        widget=forms.RadioSelect,
        choices=[("yes", _("Yes")), ("no", _("No")), ("", _("Not known"))],
    )


class SafeContactForm(Versioned):
    """How she may be reached without danger."""

    lists: ClassVar[dict[str, str]] = {"way": "contact_kinds"}
    not_before = forms.CharField(
        label=_("Not before"),
        help_text=_("Hour in Thailand, such as 18:00."),
        required=False,
        max_length=5,
        widget=line(inputmode="numeric"),
    )
    not_after = forms.CharField(
        label=_("Not after"),
        help_text=_("Hour in Thailand, such as 21:00."),
        required=False,
        max_length=5,
        widget=line(inputmode="numeric"),
    )
    way = forms.ChoiceField(label=_("Best way"), required=False)
    say = forms.CharField(
        label=_("What to say"),
        help_text=_("For example: you are from the clinic."),
        required=False,
        max_length=LONGEST,
        widget=area(2),
    )
    beware = forms.CharField(
        label=_("What never to do"),
        help_text=_("For example: leave no message, send no letter."),
        required=False,
        max_length=LONGEST,
        widget=area(2),
    )


class GuardianForm(Versioned):
    """Whether the guardian's interest runs against hers."""

    lists: ClassVar[dict[str, str]] = {"conflict": "guardian_conflicts"}
    conflict = forms.ChoiceField(label=_("The guardian"), widget=forms.RadioSelect)
    detail = forms.CharField(
        label=_("What makes you think so?"),
        help_text=_("Needed when there is a conflict. Sealed with the account."),
        required=False,
        max_length=LONGEST,
        widget=area(),
    )


class AlertForm(Choosing):
    """A warning."""

    lists: ClassVar[dict[str, str]] = {"kind": "alert_kinds"}
    kind = forms.ChoiceField(label=_("What is it about?"), widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("What does everyone need to know?"),
        help_text=_("Short. What to do, and what not to do."),
        required=False,
        max_length=LONGEST,
        widget=area(3),
    )


class ReasonForm(Choosing):
    """Why: lowering an alert, marking a record as entered in error."""

    reason = forms.CharField(label=_("Reason"), max_length=LONGEST, widget=area(3))


class ShowForm(Choosing):
    """What for a sealed page is opened."""

    lists: ClassVar[dict[str, str]] = {"purpose": "reading_purposes"}
    purpose = forms.ChoiceField(label=_("What do you need it for?"))
