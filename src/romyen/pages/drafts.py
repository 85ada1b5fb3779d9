"""A recalled draft in a form: what was typed stands in it again, not yet checked."""

from collections.abc import Mapping

from django.utils.datastructures import MultiValueDict

from romyen.pages.forms import Form


def prefill[Filled: Form](form: Filled, typed: Mapping[str, list[str]] | None) -> Filled:
    """The same unbound form with a draft's values as initial ones; unknown names are left out.

    ``pages/draft_found.html`` says so above the form and offers to throw the draft away.
    """
    if typed is None or form.is_bound:
        return form
    form.from_draft = True
    values = MultiValueDict(typed)
    for name, field in form.fields.items():
        widget, drawn = field.widget, form.add_prefix(name)
        if not widget.value_omitted_from_data(values, {}, drawn):
            form.initial[name] = widget.value_from_datadict(values, {}, drawn)
    return form
