"""Forms whose choices are read from the lists when they are drawn."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from romyen.pages.forms import Form
from romyen.survivors.listed import listed

LONGEST = 20_000


def language() -> str:
    """The language of the page."""
    return get_language() or "en"


def area(rows: int = 4) -> forms.Textarea:
    """A field for several lines."""
    return forms.Textarea(attrs={"rows": rows})


class Choosing(Form):
    """A form that names, for a field, the list of ours that it offers."""

    lists: ClassVar[dict[str, str]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, of in self.lists.items():
            self.offer(name, listed(of).choices(language()))

    def offer(self, name: str, choices: Iterable[tuple[str, Any]]) -> None:
        """Give a field its choices; a drop-down begins with an empty one."""
        field: Any = self.fields.get(name)
        if field is None:  # a shorter form left it out
            return
        drop_down = type(field.widget) is forms.Select
        field.choices = [("", _("Choose")), *choices] if drop_down else list(choices)


class Versioned(Choosing):
    """A form that changes a record which somebody else may change too."""

    version = forms.IntegerField(widget=forms.HiddenInput)
