"""What the forms of the legal file share: choices, baht, rows that were recorded before."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from romyen.legal.actions.ground import MOST_BAHT
from romyen.legal.words import language, words
from romyen.pages.forms import Form
from romyen.pages.words import say
from romyen.partners.models import Partner
from romyen.rules.days import thai_digits
from romyen.rules.refusals import refuse

LONGEST = 20_000
NO_MEDIA = _(
    "Write text and addresses only. Never copy, paste or attach a sexual image of a child: "
    "note where it is and the time, and call the police."
)


def area(rows: int) -> forms.Textarea:
    """A field for several lines."""
    return forms.Textarea(attrs={"rows": rows})


def short(label: Any, **more: Any) -> forms.CharField:
    """One line of sealed text that may stay empty."""
    return forms.CharField(label=label, required=False, max_length=500, **more)


def notes(label: Any = "", rows: int = 4) -> forms.CharField:
    """Free words, sealed."""
    return forms.CharField(
        label=label or _("Notes"),
        help_text=NO_MEDIA,
        required=False,
        max_length=LONGEST,
        widget=area(rows),
    )


class BahtField(forms.CharField):
    """Whole baht; commas, Thai digits and “baht” are forgiven."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 30)
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "numeric"}))
        super().__init__(**kwargs)

    def clean(self, value: Any) -> int | None:
        """The amount, or None for an empty field; ``RY-LEGAL-AMOUNT`` for anything else."""
        text = thai_digits(str(super().clean(value) or ""))
        for filler in (",", " ", "\u00a0", "บาท", "฿", "baht", "THB"):
            text = text.replace(filler, "")
        if not text:
            return None
        if text.isascii() and text.isdigit() and 0 < int(text) <= MOST_BAHT:
            return int(text)
        refusal = refuse("RY-LEGAL-AMOUNT")
        raise forms.ValidationError(say(refusal), code=refusal.code)


class Choosing(Form):
    """A form whose choices are read from this package's lists when it is drawn."""

    lists: dict[str, str] = {}
    offices: tuple[str, ...] = ()
    """Fields that name an organisation of the directory."""

    def __init__(self, *args: Any, partners: Iterable[Partner] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.partners = {one.pk: one for one in partners}
        for name, of in self.lists.items():
            self.offer(name, words(of).choices(language()))
        for name in self.offices:
            self.offer(name, [(pk, one.name) for pk, one in self._of_kind(name)])

    kinds: Mapping[str, frozenset[str]] = {}
    """Which kinds of organisation a field offers; all of them where it says nothing."""

    def _of_kind(self, name: str) -> Iterable[tuple[str, Partner]]:
        wanted = self.kinds.get(name)
        return [(pk, one) for pk, one in self.partners.items() if not wanted or one.kind in wanted]

    def offer(self, name: str, choices: Iterable[tuple[str, Any]]) -> None:
        """Give a field its choices; a select begins with an empty one."""
        field: Any = self.fields[name]
        drop_down = type(field.widget) is forms.Select
        empty = _("Choose") if field.required else _("Not known")
        field.choices = [("", empty), *choices] if drop_down else list(choices)

    def facts(self) -> dict[str, Any]:
        """What the verb takes."""
        given = dict(self.cleaned_data)
        for name in self.offices:
            given[name] = self.partners.get(given[name])
        return given


class Recorded(Choosing):
    """A form of something recorded before, or of something new.

    A sealed part that the reader has no key for does not stand in it, and stays as it is;
    ``shown`` names those that do.
    """

    sealed: tuple[str, ...] = ()

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    shown = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, shown: Iterable[str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        visible = [name for name in self.sealed if shown is None or name in set(shown)]
        self.masked = [self.fields.pop(name).label for name in self.sealed if name not in visible]
        self.initial["shown"] = " ".join(visible)

    def facts(self) -> dict[str, Any]:
        """What the verb takes."""
        given = super().facts()
        return {name: value for name, value in given.items() if name not in ("version", "shown")}

    @property
    def expected(self) -> int:
        """The version that the writer saw."""
        return self.cleaned_data["version"] or 0
