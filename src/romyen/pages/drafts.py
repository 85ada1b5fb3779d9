"""A recalled draft in a form: what was typed stands in it again, not yet checked."""

from collections.abc import Mapping

from django.forms import BaseForm
from django.utils.datastructures import MultiValueDict


def prefill[Filled: BaseForm](form: Filled, typed: Mapping[str, list[str]] | None) -> Filled:
    """The same unbound form with a draft's values as initial ones; unknown names are left out."""
    if typed is None or form.is_bound:
        return form
    values = MultiValueDict(typed)
    for name, field in form.fields.items():
        widget, drawn = field.widget, form.add_prefix(name)
        if not widget.value_omitted_from_data(values, {}, drawn):
            form.initial[name] = widget.value_from_datadict(values, {}, drawn)
    return form
