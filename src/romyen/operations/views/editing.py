"""Changing what is sealed in part: parts open on request, both versions after a conflict."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext

from romyen import access
from romyen.access import Reader, drafts
from romyen.access.sending import sent, shown
from romyen.operations.forms.choosing import Sealing
from romyen.pages.drafts import prefill

PURPOSE = "record"
CONFLICT = "RY-EDIT-CONFLICT"

type Make = Callable[..., Sealing]


def edited(
    request: HttpRequest,
    reader: Reader,
    row: Any,
    make: Make,
    known: Callable[[Any], Mapping[str, Any]],
    act: Callable[[Any], str],
    *,
    template: str = "operations/form.html",
    say: str = "",
    now: datetime,
    **context: Any,
) -> HttpResponse:
    """The whole life of a form on ``row``. ``known``: what is open of it; ``act``: the verb."""
    if request.method != "POST":
        return shown(request, template, _recalled(request, reader, row, make, known), **context)
    if "open" in request.POST:
        form = _opened(request, reader, row, make, known, now)
        return shown(request, template, form, **context)
    form = make(request.POST, shown=_shown_in(request.POST))
    if done := sent(request, form, lambda: act(form), say=say or gettext("Saved.")):
        return done
    if form.has_error(NON_FIELD_ERRORS, CONFLICT):
        context["differences"] = _differences(reader, row, form, known(row), now)
        typed: Any = request.POST.copy()
        typed["version"] = str(row.version)
        form.data = typed
    return shown(request, template, form, **context)


def _shown_in(typed: Any) -> list[str]:
    return str(typed.get("shown", "")).split()


def _recalled(
    request: HttpRequest,
    reader: Reader,
    row: Any,
    make: Make,
    known: Callable[[Any], Mapping[str, Any]],
) -> Sealing:
    """The form as it begins: from the reader's own draft, else from what is open."""
    first, draft = dict(known(row)), drafts.recall(reader, request.path)
    if draft is None:
        return make(initial=first, shown=_empty(row, make))
    visible = _shown_in({name: values[0] for name, values in draft.items() if values})
    return prefill(make(initial=first, shown=visible), draft)


def _empty(row: Any, make: Make) -> list[str]:
    return make(shown=()).empty_parts(row)


def _opened(
    request: HttpRequest,
    reader: Reader,
    row: Any,
    make: Make,
    known: Callable[[Any], Mapping[str, Any]],
    now: datetime,
) -> Sealing:
    """What was typed, and the sealed parts opened; what no key opens stays masked."""
    visible = _shown_in(request.POST)
    kind = make(shown=())
    wanted = {name: kind.column(name) for name in kind.sealed if name not in visible}
    columns = sorted(set(wanted.values()))
    plain = access.reveal(reader, [row], columns, purpose=PURPOSE, now=now)[row.pk]
    found = {
        name: plain[column] for name, column in wanted.items() if plain[column] is not access.CLOSED
    }
    form = make(initial=dict(known(row)), shown=[*visible, *found])
    stands = form.initial["shown"]
    prefill(form, dict(request.POST.lists()))
    form.initial["shown"], form.from_draft = stands, False
    form.initial.update(
        {name: kind.read(name, str(text)) if text else "" for name, text in found.items()}
    )
    return form


def _differences(
    reader: Reader, row: Any, form: Sealing, recorded: Mapping[str, Any], now: datetime
) -> list[dict[str, Any]]:
    """Where the recorded version and the typed one differ, in words, sealed parts opened."""
    there = {name: value for name, value in recorded.items() if name != "version"}
    sealed = {name: form.column(name) for name in form.sealed if name in form.fields}
    if sealed:
        columns = sorted(set(sealed.values()))
        plain = access.reveal(reader, [row], columns, purpose=PURPOSE, now=now)[row.pk]
        there |= {name: _read(form, name, plain[column]) for name, column in sealed.items()}
    return [
        {
            "label": form.fields[name].label,
            "recorded": _worded(form, name, value),
            "typed": _worded(form, name, form.cleaned_data[name]),
        }
        for name, value in there.items()
        if (value or "") != (form.cleaned_data.get(name) or "")
    ]


def _read(form: Sealing, name: str, plain: Any) -> Any:
    return form.read(name, plain) if isinstance(plain, str) and plain else plain


def _worded(form: Sealing, name: str, value: Any) -> Any:
    """Codes in the words of the field's choices; the rest as it is."""
    choices = dict(getattr(form.fields[name], "choices", ()))
    if isinstance(value, list):
        return ", ".join(str(choices.get(one, one)) for one in value)
    return choices.get(value, value) if choices and isinstance(value, str) else value
