"""Forms that keep what was typed, and fields for days in the reader's era."""

from datetime import UTC, date, datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, gettext_lazy
from django.utils.translation import gettext_noop as _

from romyen.pages import era
from romyen.pages.words import say
from romyen.rules.days import PartialDay, read_day, read_partial_day, thai_digits, to_be
from romyen.rules.refusals import Refusal


class Form(forms.Form):
    """A form whose refusals stand beside their fields; the server alone checks it."""

    from_draft = False  # whether an autosaved draft stands in it again (pages/drafts.py)
    use_required_attribute = False  # the browser's own bubbles speak the browser's language

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for name in self.fields:
            self._ask_for(name)

    def _ask_for(self, name: str) -> None:
        """Let an empty field name itself: the summary at the top lists bare messages."""
        field = self.fields[name]
        usual = field.default_error_messages.get("required")
        if field.error_messages.get("required") in (
            usual,
            forms.Field.default_error_messages["required"],
        ):
            label = field.label or name.replace("_", " ").capitalize()
            field.error_messages["required"] = gettext("Still missing: %(label)s") % {
                "label": label
            }

    def add_refusal(self, refusal: Refusal) -> None:
        """Put a refusal beside its field, or above the whole form when it names none of ours."""
        field = refusal.field if refusal.field in self.fields else None
        self.add_error(field, ValidationError(say(refusal), code=refusal.code))


class DayParts(forms.MultiWidget):
    """Three text inputs: ``NAME_day``, ``NAME_month``, ``NAME_year``."""

    parts: tuple[tuple[str, str, int], ...] = (
        ("day", _("Day"), 2),
        ("month", _("Month"), 2),
        ("year", _("Year"), 4),
    )
    numeric = frozenset({"day", "month", "year"})

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({name: forms.TextInput() for name, _label, _width in self.parts}, attrs)

    def id_for_label(self, id_: str) -> str:
        """The first input: where the error summary leads."""
        return f"{id_}_{self.parts[0][0]}" if id_ else id_

    def decompress(self, value: Any) -> list[Any]:
        """A stored day as the reader writes it."""
        if not value:
            return [None] * len(self.parts)
        year = to_be(value.year) if era.current() == "be" else value.year
        return [value.day, value.month, year]

    def inputs(self, identity: str, name: str, value: Any) -> list[dict[str, Any]]:
        """What the template draws: one entry for each part."""
        values = value if isinstance(value, list) else self.decompress(value)
        rows = zip(self.parts, values, strict=True)
        return [
            {
                "name": f"{name}_{part}",
                "id": f"{identity}_{part}",
                "label": gettext(label),
                "width": width,
                "numeric": part in self.numeric,
                "value": "" if typed is None else typed,
            }
            for (part, label, width), typed in rows
        ]


class MomentParts(DayParts):
    """A day and an hour: ``NAME_time`` is the fourth input."""

    parts = (*DayParts.parts, ("time", _("Time"), 5))

    def decompress(self, value: Any) -> list[Any]:
        """A stored moment as it reads in Bangkok."""
        if not value:
            return [None] * len(self.parts)
        local = value.astimezone(era.BANGKOK)
        return [*super().decompress(local), f"{local:%H:%M}"]


class _Parts(forms.Field):
    """A field of several inputs; empty only when every one is."""

    widget: Any = DayParts

    def to_python(self, value: Any) -> Any:
        """The value read from the parts; a ``ValidationError`` carries the refusal's code."""
        if not isinstance(value, list):
            return value or None
        parts = [str(part or "").strip() for part in value]
        if not any(parts):
            return None
        try:
            return self.read(parts)
        except Refusal as refusal:
            raise ValidationError(_why(refusal), code=refusal.code) from None

    def read(self, parts: list[str]) -> Any:
        """The value of parts that are not all empty."""
        raise NotImplementedError


class DayField(_Parts):
    """A whole day, typed in the reader's era, Thai digits allowed; gives a ``date`` C.E."""

    def read(self, parts: list[str]) -> date:
        """Refuses with the ``RY-DAY-…`` codes of ``rules.days``."""
        day, month, year = parts
        return read_day(day, month, year, era.current())


class PartialDayField(_Parts):
    """A day, or only its month and year, or only its year; gives a ``PartialDay``."""

    def read(self, parts: list[str]) -> PartialDay:
        """Refuses with the ``RY-DAY-…`` codes of ``rules.days``."""
        day, month, year = parts
        return read_partial_day(day, month, year, era.current())


class MomentField(_Parts):
    """A day and an hour in Bangkok; gives an aware ``datetime`` in UTC."""

    widget = MomentParts

    def read(self, parts: list[str]) -> datetime:
        """Refuses as ``DayField``, and an hour that no clock shows."""
        *days, hour = parts
        day, month, year = days
        on = read_day(day, month, year, era.current())
        return datetime.combine(on, _hour(hour), tzinfo=era.BANGKOK).astimezone(UTC)


def _hour(typed: str) -> time:
    """The hour typed as 14:30, 14.30 or 1430, in either kind of digits."""
    digits = thai_digits(typed).replace(".", "").replace(":", "")
    try:
        if not (digits.isascii() and digits.isdigit() and len(digits) in (3, 4)):
            raise ValueError
        return time(int(digits[:-2]), int(digits[-2:]))
    except ValueError:
        raise ValidationError(
            gettext("Write the time as hours and minutes, such as 14:30."), code="time"
        ) from None


_EXPECTED = {
    "be": gettext_lazy(
        "You wrote %(typed)s. Years are written in the Buddhist Era (B.E.) here, such as 2567. "
        "Nothing was converted; please check the year."
    ),
    "ce": gettext_lazy(
        "You wrote %(typed)s. Years are written in the Common Era (C.E.) here, such as 2024. "
        "Nothing was converted; please check the year."
    ),
}


def _why(refusal: Refusal) -> str:
    """The refusal's words; for a year of the other era also the era that was expected."""
    if refusal.code == "RY-DAY-OTHER-ERA":
        return str(_EXPECTED[era.current()]) % refusal.details
    return say(refusal)
