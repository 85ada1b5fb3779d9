"""The forms of the people met: many at once, one by one, and on to a survivor's file."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from romyen.operations.actions.people import MOST, Met
from romyen.operations.forms.choosing import Choosing, Sealing, free, language, line, number
from romyen.operations.lines import MOST_FAULTS, read_lines
from romyen.pages.forms import Form
from romyen.rules.refusals import refuse
from romyen.survivors.listed import nationalities

LONGEST_LINES = 100_000


class _About(Choosing):
    """What is said of a person in codes."""

    lists: ClassVar[dict[str, str]] = {
        "sex": "sexes",
        "age": "ages",
        "group": "groups",
        "outcome": "outcomes",
    }
    sex = forms.ChoiceField(label=_("Sex"), initial="unknown")
    age = forms.ChoiceField(label=_("Age"), initial="unknown")
    nationality = forms.ChoiceField(label=_("Nationality"), required=False)
    group = forms.ChoiceField(label=_("Group"), initial="none")
    outcome = forms.ChoiceField(label=_("Outcome"), initial="open")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("nationality", nationalities().choices(language()), _("Not known"))

    def about(self) -> dict[str, str]:
        """The codes, as ``Met`` takes them."""
        names = ("sex", "age", "nationality", "group", "outcome")
        return {name: self.cleaned_data[name] for name in names}


class BatchForm(_About):
    """Many people at once: some on lines, some only counted, and what holds for all of them."""

    lines = forms.CharField(
        label=_("One person on each line"),
        required=False,
        max_length=LONGEST_LINES,
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false", "dir": "auto"}),
    )
    count = number(
        _("People without any particulars"),
        help_text=_("Only how many. What holds for all of them stands above."),
    )

    def clean(self) -> dict[str, Any]:
        """Every fault by its line; the people are kept for :meth:`people`."""
        given = super().clean() or self.cleaned_data
        if self.errors:
            return given
        usual, counted = Met(**self.about()), given["count"] or 0
        written = sum(1 for text in given["lines"].splitlines() if text.strip())
        if counted < 0 or counted + written > MOST:
            many = refuse("RY-OPERATION-TOO-MANY", count=counted + written, most=MOST)
            many.field = "count" if written <= MOST else "lines"
            self.add_refusal(many)
            return given
        found = read_lines(given["lines"], usual)
        self._tell(found.faults)
        self._people = [*found.people, *[usual] * counted]
        return given

    def _tell(self, faults: list[Any]) -> None:
        for fault in faults[:MOST_FAULTS]:
            self.add_error("lines", gettext(fault.message) % fault.details)
        if more := faults[MOST_FAULTS:]:
            told = gettext("And %(count)s more faults.") % {"count": len(more)}
            self.add_error("lines", ValidationError(told))

    def people(self) -> list[Met]:
        """Everyone, as the verb takes them."""
        return self._people


class PersonForm(_About, Sealing):
    """What is known of one person, and what becomes of them."""

    lists: ClassVar[dict[str, str]] = {
        **_About.lists,
        "asked": "asked",
        "indicators": "indicators",
    }
    sealed = ("name", "words")
    name = line(_("Name"))
    asked = forms.ChoiceField(label=_("Asked about trafficking?"), widget=forms.RadioSelect)
    indicators = forms.MultipleChoiceField(
        label=_("Signs that were seen or told"),
        help_text=_("They count nothing and decide nothing. For a child no means is needed."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    words = free(_("What was said"), 5, help_text=_("Sealed as soon as saved."))
    field_order = (
        "outcome", "group", "name", "sex", "age", "nationality", "asked", "indicators", "words",
    )  # fmt: skip

    def facts(self) -> dict[str, Any]:
        """What the verb takes, the version apart."""
        said = {name: self.said(name) for name in self.sealed}
        keep = [name for name, text in said.items() if text is None]
        given = {name: text or "" for name, text in said.items()}
        more = {name: self.cleaned_data[name] for name in ("asked", "indicators")}
        return {"facts": Met(**self.about(), **given), "keep": keep, **more}


def met(row: Any) -> dict[str, Any]:
    """What is open of a person, as the form's initial values."""
    names = ("sex", "age", "nationality", "group", "outcome", "asked", "indicators", "version")
    return {name: getattr(row, name) for name in names}


class RegisterForm(Form):
    """A survivor's file for a person who was met."""

    full_name = line(_("Name"))
