"""The screening form: for each indicator how it is known, and what was seen or said."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from romyen.pages.forms import PartialDayField
from romyen.rules.screening import (
    ELEMENT_WORDS,
    ELEMENTS,
    KIND_WORDS,
    ElementName,
    indicators,
    label,
)
from romyen.survivors.actions.screenings import Marked
from romyen.survivors.forms.choosing import LONGEST, Choosing, area, language


@dataclass(frozen=True)
class Row:
    """One indicator on the form; ``open`` says that something was entered or is wrong."""

    label: str
    draft: bool
    kind: BoundField
    evidence: BoundField
    open: bool


@dataclass(frozen=True)
class Group:
    """One element with its indicators."""

    title: str
    rows: list[Row]


class ScreeningForm(Choosing):
    """Every indicator of the four lists, none of them needed."""

    lists: ClassVar[dict[str, str]] = {}
    began = PartialDayField(
        label=_("When did it begin?"),
        help_text=_(
            "The year alone is enough. It decides whether the rule on children applies; "
            "leave it empty if nobody knows."
        ),
        required=False,
    )
    interpreter = forms.BooleanField(label=_("With an interpreter"), required=False)
    words = forms.CharField(
        label=_("About the talk"),
        help_text=_("Where, who else was there, how the person was."),
        required=False,
        max_length=LONGEST,
        widget=area(),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(code, gettext(words)) for code, words in KIND_WORDS.items()]
        for element, code, words in _indicators():
            self.fields[f"{element}-{code}-kind"] = forms.ChoiceField(
                label=f"{words}: {gettext('how is it known?')}",
                required=False,
                widget=forms.RadioSelect,
                choices=kinds,
            )
            self.fields[f"{element}-{code}-evidence"] = forms.CharField(
                label=f"{words}: {gettext('what was seen or said?')}",
                required=False,
                max_length=LONGEST,
                widget=area(3),
            )

    def clean(self) -> dict[str, Any]:
        """Evidence without the way it is known asks for that way."""
        data = super().clean() or self.cleaned_data
        for element, code, _label in _indicators():
            name = f"{element}-{code}"
            if data.get(f"{name}-evidence") and not data.get(f"{name}-kind"):
                self.add_error(
                    f"{name}-kind", gettext("Choose whether it was observed, heard or inferred.")
                )
        return data

    def marks(self) -> list[Marked]:
        """What was marked, in the order of the lists."""
        data = self.cleaned_data
        return [
            Marked(
                element, code, data[f"{element}-{code}-kind"], data[f"{element}-{code}-evidence"]
            )
            for element, code, _label in _indicators()
            if data[f"{element}-{code}-kind"]
        ]

    def groups(self) -> list[Group]:
        """The elements with their indicators, as the page draws them."""
        return [Group(gettext(ELEMENT_WORDS[name]), self._rows(name)) for name in ELEMENTS]

    def _rows(self, element: ElementName) -> list[Row]:
        rows = []
        for item in indicators(element):
            kind = self[f"{element}-{item.code}-kind"]
            evidence = self[f"{element}-{item.code}-evidence"]
            filled = bool(kind.value() or evidence.value() or kind.errors)
            words = label(element, item.code, language())
            rows.append(Row(words, item.draft, kind, evidence, filled))
        return rows


def _indicators() -> Iterator[tuple[ElementName, str, str]]:
    for element in ELEMENTS:
        for item in indicators(element):
            yield element, item.code, label(element, item.code, language())
