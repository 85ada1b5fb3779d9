"""How a bound field is drawn: which template, which attributes, which choices."""

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.utils import flatatt
from django.forms.widgets import ChoiceWidget
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from romyen.pages.era import current
from romyen.pages.forms import DayParts

# The first kind of widget that fits wins, so the special stand before the general.
TEMPLATES: tuple[tuple[type[forms.Widget], str], ...] = (
    (DayParts, "day"),
    (forms.HiddenInput, "hidden"),
    (forms.PasswordInput, "password"),
    (forms.FileInput, "file"),
    (forms.Textarea, "textarea"),
    (forms.CheckboxInput, "checkbox"),
    (forms.CheckboxSelectMultiple, "choices"),
    (forms.RadioSelect, "choices"),
    (forms.Select, "select"),
)


def template_of(bound: BoundField) -> str:
    """The template that draws this field."""
    widget = bound.field.widget
    name = next((name for kind, name in TEMPLATES if isinstance(widget, kind)), "input")
    return f"pages/field_{name}.html"


def drawn(bound: BoundField, **wishes: Any) -> dict[str, Any]:
    """The context of the field's template: names, words, value, choices and attributes."""
    identity = bound.auto_id or bound.html_name
    errors = [str(error) for error in bound.errors]
    described = _described_by(bound, identity, errors)
    return {
        "bound": bound,
        "id": identity,
        "name": bound.html_name,
        "label": bound.label,
        "hint": _hint(bound),
        "errors": errors,
        "described_by": described,
        "value": _value(bound),
        "checked": bool(bound.value()),
        "attributes": _attributes(bound),
        "groups": _groups(bound, identity),
        "inputs": _inputs(bound, identity),
        "multiple": isinstance(
            bound.field.widget, forms.SelectMultiple | forms.CheckboxSelectMultiple
        ),
        **wishes,
    }


def first_input(bound: BoundField) -> str:
    """The id that the error summary leads to."""
    identity = bound.auto_id or bound.html_name
    widget = bound.field.widget
    return widget.id_for_label(identity) if isinstance(widget, DayParts) else identity


def _hint(bound: BoundField) -> str:
    """The field's help, and for a day an example that names the era."""
    if not isinstance(bound.field.widget, DayParts):
        return str(bound.help_text)
    year = (
        gettext("For example 27 3 2567 (B.E.)")
        if current() == "be"
        else gettext("For example 27 3 2024 (C.E.)")
    )
    return f"{bound.help_text} {year}".strip()


def _described_by(bound: BoundField, identity: str, errors: list[str]) -> str:
    parts = [f"{identity}-hint"] if _hint(bound) else []
    return " ".join([*parts, f"{identity}-error"] if errors else parts)


def _value(bound: BoundField) -> Any:
    widget = bound.field.widget
    if isinstance(widget, DayParts | forms.FileInput | forms.CheckboxInput):
        return ""
    value = widget.format_value(bound.value())
    return "" if value is None else value


def _attributes(bound: BoundField) -> SafeString:
    """The widget's own attributes (autocomplete, inputmode, lang, rows …) and its limits."""
    widget = bound.field.widget
    given = {**widget.attrs, **bound.build_widget_attrs({}, widget)}
    ours = ("class", "id", "name", "aria-describedby", "aria-invalid")
    return flatatt({key: value for key, value in given.items() if key not in ours})


def _groups(bound: BoundField, identity: str) -> list[dict[str, Any]]:
    """The choices, grouped as the field groups them; the first input keeps the plain id."""
    widget = bound.field.widget
    if not isinstance(widget, ChoiceWidget):
        return []
    hints = getattr(bound.field, "choice_hints", {})
    groups: list[dict[str, Any]] = []
    position = 0
    for title, options, _index in widget.optgroups(bound.html_name, _chosen(widget, bound)):
        if not groups or groups[-1]["title"] != (title or ""):
            groups.append({"title": title or "", "options": []})
        for option in options:
            ending = f"-{position}" if position else ""
            hint = hints.get(str(option["value"]), "")
            groups[-1]["options"].append({**option, "id": f"{identity}{ending}", "hint": hint})
            position += 1
    return groups


def _chosen(widget: ChoiceWidget, bound: BoundField) -> Any:
    return widget.format_value(bound.value())


def _inputs(bound: BoundField, identity: str) -> list[dict[str, Any]]:
    widget = bound.field.widget
    if not isinstance(widget, DayParts):
        return []
    return widget.inputs(identity, bound.html_name, bound.value())
