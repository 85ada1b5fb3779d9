"""The forms of arrests and of the debrief."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from romyen.operations.actions.papers import Arrested
from romyen.operations.forms.choosing import Sealing, free, line, number


class ArrestForm(Sealing):
    """Suspects whom the police took with them."""

    lists: ClassVar[dict[str, str]] = {"standing": "standings"}
    sealed = ("names", "charges", "reference", "notes")
    women = number(_("Women"))
    men = number(_("Men"))
    others = number(_("Others, or not known"))
    standing = forms.ChoiceField(label=_("How do they stand?"), widget=forms.RadioSelect)
    names = free(_("Names"), 3)
    charges = free(_("Charges, as the police name them"), 3)
    reference = line(_("Number at the police"))
    notes = free(_("Notes"), 3)

    def arrested(self) -> Arrested:
        """What the verb takes."""
        counts: Any = {name: self.cleaned_data[name] or 0 for name in ("women", "men", "others")}
        said = {name: self.said(name) for name in self.sealed}
        return Arrested(standing=self.cleaned_data["standing"], **counts, **said)


def taken(row: Any) -> dict[str, Any]:
    """What is open of an entry of arrests."""
    return {name: getattr(row, name) for name in ("women", "men", "others", "standing", "version")}


class DebriefForm(Sealing):
    """How it went, and what follows."""

    lists: ClassVar[dict[str, str]] = {"staff_care": "staff_care"}
    sealed = ("went", "lessons", "agreed")
    went = free(_("How did it go?"), 6)
    lessons = free(_("Lessons"), 6, help_text=_("One on each line."))
    agreed = free(_("What was agreed, by whom, until when"), 4)
    staff_care = forms.ChoiceField(
        label=_("Does anyone of the staff wish for counselling?"),
        help_text=_("Whether, never who."),
        widget=forms.RadioSelect,
    )

    def facts(self) -> dict[str, Any]:
        """What the verb takes, the version apart."""
        said = {name: self.said(name) for name in self.sealed}
        return {**said, "staff_care": self.cleaned_data["staff_care"]}


def written_up(row: Any) -> Mapping[str, Any]:
    """What is open of a debrief."""
    return {"staff_care": row.staff_care, "version": row.version}
