"""Forms whose choices come from the lists, and whose sealed parts open on request."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from romyen.operations.words import words
from romyen.pages.forms import Form

LONGEST = 20_000


def language() -> str:
    """The language of the page."""
    return get_language() or "en"


def area(rows: int) -> forms.Textarea:
    """A field for several lines."""
    return forms.Textarea(attrs={"rows": rows, "dir": "auto"})


def free(label: Any, rows: int, **more: Any) -> forms.CharField:
    """Free words, never asked for by force."""
    return forms.CharField(
        label=label, required=False, max_length=LONGEST, widget=area(rows), **more
    )


def line(label: Any, **more: Any) -> forms.CharField:
    """One line of free words."""
    widget = forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"})
    return forms.CharField(label=label, required=False, max_length=500, widget=widget, **more)


def number(label: Any, **more: Any) -> forms.IntegerField:
    """A whole number in either kind of digits."""
    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
    return forms.IntegerField(label=label, required=False, widget=widget, **more)


class Choosing(Form):
    """A form whose choices are read from this package's lists when it is drawn."""

    lists: ClassVar[dict[str, str]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, of in self.lists.items():
            self.offer(name, words(of).choices(language()))

    def offer(self, name: str, choices: Iterable[tuple[str, Any]], empty: Any = None) -> None:
        """Give a field its choices; a select that has ``empty`` begins with it."""
        field: Any = self.fields[name]
        field.choices = [*([("", empty)] if empty else []), *choices]


class Sealing(Choosing):
    """A form that changes sealed parts: they stand in it when empty or opened (``shown``)."""

    sealed: ClassVar[tuple[str, ...]] = ()
    columns: ClassVar[dict[str, str]] = {}
    """Name of a field → the column, where they differ."""
    version = forms.IntegerField(widget=forms.HiddenInput)
    shown = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, shown: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = set(shown)
        visible = [name for name in self.sealed if name in asked]
        self.masked = [self.fields.pop(name).label for name in self.sealed if name not in visible]
        self.initial["shown"] = " ".join(visible)

    def said(self, name: str) -> Any:
        """What a sealed part was given; None where it did not stand in the form."""
        return (self.cleaned_data[name] or "") if name in self.fields else None

    @classmethod
    def column(cls, name: str) -> str:
        """The column of a field."""
        return cls.columns.get(name, name)

    @classmethod
    def read(cls, _name: str, text: str) -> Any:
        """An opened text as the field's initial value."""
        return text

    @classmethod
    def empty_parts(cls, row: Any) -> list[str]:
        """The sealed parts that hold nothing yet: asked for without opening any."""
        return [name for name in cls.sealed if getattr(row, cls.column(name)) is None]


class OpenForm(Choosing):
    """The purpose for which sealed parts are opened."""

    lists: ClassVar[dict[str, str]] = {"purpose": "reading_purposes"}
    purpose = forms.ChoiceField(
        label=_("What do you open it for?"),
        help_text=_("Who opened it, when and what for is written down."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("purpose", words("reading_purposes").choices(language()), _("Choose"))
