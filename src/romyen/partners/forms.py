"""The form of one organisation."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from romyen.pages.forms import Form
from romyen.partners.models import Partner
from romyen.partners.words import HERE, countries, kinds
from romyen.rules import places

FIELDS = ("name", "kind", "country", "province", "contact", "active")


def province_choices(language: str, empty: object) -> list[tuple[str, str]]:
    """Every province in the order of its name in that language, after an empty choice."""
    named = sorted((place.name(language), place.code) for place in places.children())
    return [("", str(empty)), *((code, name) for name, code in named)]


class PartnerForm(Form):
    """What the directory holds of an organisation."""

    name = forms.CharField(label=_("Name of the organisation or office"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind of organisation"))
    country = forms.ChoiceField(label=_("Country"), initial=HERE)
    province = forms.ChoiceField(label=_("Province"), required=False)
    contact = forms.CharField(
        label=_("How to reach the office"),
        help_text=_(
            "Telephone, address or page of the office. Everyone here can read this: "
            "write no person's own number, and no address that is kept secret."
        ),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    active = forms.BooleanField(
        label=_("We still work with this organisation"),
        help_text=_("Otherwise it stays in the directory, and forms no longer offer it."),
        required=False,
        initial=True,
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "en"
        fields: Any = self.fields
        fields["kind"].choices = [("", _("Choose")), *kinds().choices(language)]
        fields["country"].choices = countries().choices(language)
        fields["province"].choices = province_choices(language, _("Not known, or not in Thailand"))


def known(partner: Partner) -> dict[str, Any]:
    """An organisation as the form's initial values."""
    return {name: getattr(partner, name) for name in (*FIELDS, "version")}
