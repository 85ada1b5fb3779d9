"""Forms of linkage."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from romyen.linkage.comparing import FOLDED, KEPT, Pair
from romyen.linkage.searching import LONGEST
from romyen.pages.forms import Form
from romyen.rules import lists
from romyen.survivors.forms.choosing import Choosing, area, language
from romyen.survivors.forms.particulars import ParticularsForm


class SearchForm(Form):
    """A name in any script, or a code."""

    words = forms.CharField(
        label=_("Name or code"),
        help_text=_("In any script, as far as you know it: a nickname will do."),
        max_length=LONGEST,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto", "spellcheck": "false"}),
    )


class OtherForm(Form):
    """Which record is hers too."""

    code = forms.CharField(
        label=_("Code of the other record"),
        help_text=_("It stands at the top of its page, such as S-7K3MQ4TX."),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


TITLES = {
    "safe_contact": _("Safe contact"),
    "guardian": _("Parent or guardian"),
    "standing": _("Which identification counts"),
}


class MergeForm(Choosing):
    """For each thing that the two say differently, which of them is right; and why they are one."""

    kept_version = forms.IntegerField(widget=forms.HiddenInput)
    folded_version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.ChoiceField(label=_("How do you know that it is one person?"))
    words = forms.CharField(
        label=_("In your own words"), required=False, max_length=2_000, widget=area(3)
    )

    def __init__(self, *args: Any, pair: Pair, **kwargs: Any) -> None:
        versions = {
            "kept_version": pair.kept.survivor.version,
            "folded_version": pair.folded.survivor.version,
        }
        super().__init__(*args, initial=versions, **kwargs)
        self.differing = pair.differing()
        self.offer("reason", lists.of("linkage", "merge_reasons").choices(language()))
        for name in self.differing:
            self.fields[name] = _either(pair, name)

    def choices_made(self) -> dict[str, str]:
        """The side that was chosen, by name of the field."""
        return {name: self.cleaned_data[name] for name in self.differing}

    def choosers(self) -> list[Any]:
        """The fields of the differences, bound, in their order."""
        return [self[name] for name in self.differing]


def _either(pair: Pair, name: str) -> forms.ChoiceField:
    label = TITLES.get(name) or ParticularsForm.base_fields[name].label
    sides = {KEPT: pair.kept, FOLDED: pair.folded}
    nothing = gettext("Nothing recorded")
    return forms.ChoiceField(
        label=label,
        initial=pair.fuller(name),
        widget=forms.RadioSelect,
        choices=[
            (code, f"{side.survivor.node.code}: {side.said(name) or nothing}")
            for code, side in sides.items()
        ],
    )
