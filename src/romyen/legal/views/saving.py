"""What every form of the legal file does: begin, be sent once, show both versions."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.translation import gettext

from romyen import access
from romyen.access import Reader
from romyen.access.sending import begun, sent, shown
from romyen.cases.models import Case
from romyen.cases.views.saving import renew_version
from romyen.legal.forms.fields import Recorded
from romyen.legal.models import Proceeding

CONFLICT = "RY-EDIT-CONFLICT"
NOT_COMPARED = ("version", "shown")


@dataclass(frozen=True)
class Here:
    """Where a form stands: who fills it in, about what, and where it leads back."""

    reader: Reader
    now: datetime
    code: str
    back: str
    heading: str
    context: Mapping[str, Any] = field(default_factory=dict)

    @property
    def page(self) -> dict[str, Any]:
        """What the template is told."""
        words = {"code": self.code, "back": self.back, "heading": self.heading}
        return {**words, **self.context}


def of_proceeding(
    reader: Reader, row: Proceeding, heading: str, now: datetime, **context: Any
) -> Here:
    """A form about a proceeding."""
    return Here(reader, now, row.node.code, address(row), heading, context)


def of_case(reader: Reader, case: Case, heading: str, now: datetime, **context: Any) -> Here:
    """A form about the legal file of a case."""
    return Here(reader, now, case.node.code, case_address(case.pk), heading, context)


def address(row: Proceeding) -> str:
    """Where a proceeding's page is."""
    return reverse("legal:proceeding", args=[row.pk])


def case_address(case: str) -> str:
    """Where the legal file of a case is."""
    return reverse("legal:of-case", args=[case])


def added(
    request: HttpRequest, here: Here, form: Recorded, act: Callable[[dict[str, Any]], Any]
) -> HttpResponse:
    """A form for something new."""
    begun(request, form)

    def take() -> str:
        answer = act(form.facts())
        return answer if isinstance(answer, str) else here.back

    return sent(request, form, take, say=gettext("Saved.")) or shown(
        request, "legal/form.html", form, **here.page
    )


def changed(
    request: HttpRequest,
    here: Here,
    row: Any,
    kind: type[Recorded],
    act: Callable[..., Any],
    *,
    first: Mapping[str, Any] | None = None,
    **wishes: Any,
) -> HttpResponse:
    """A form of something recorded before; after a conflict both versions are shown.

    Opening it opens what is sealed of the row: one read entry, for correcting the record.
    """
    form = begun(request, _begin(request, here, row, kind, first, wishes))

    def take() -> str:
        act(row, **form.facts(), expected=form.expected, actor=here.reader, now=here.now)
        return here.back

    if done := sent(request, form, take, say=gettext("Saved.")):
        return done
    context: dict[str, Any] = {}
    fresh = type(row)._default_manager.get(pk=row.pk) if form.is_bound else row
    if form.has_error("__all__", CONFLICT) and renew_version(form, fresh.version):
        context["differences"] = _differences(here, fresh, form, first)
    return shown(request, "legal/form.html", form, **here.page, **context)


def _begin(
    request: HttpRequest,
    here: Here,
    row: Any,
    kind: type[Recorded],
    first: Mapping[str, Any] | None,
    wishes: Mapping[str, Any],
) -> Recorded:
    if request.method == "POST":
        names = request.POST.get("shown", "").split()
        return kind(request.POST, shown=names, initial=_open(row, kind, first), **wishes)
    values, names = _known(here, row, kind)
    return kind(initial=_open(row, kind, first) | values, shown=names, **wishes)


def _open(row: Any, kind: type[Recorded], first: Mapping[str, Any] | None) -> dict[str, Any]:
    """What is open of the row, as the form's initial values."""
    known = {field.name for field in row._meta.fields} - set(kind.sealed)
    names = [name for name in kind.base_fields if name in known and name not in kind.offices]
    offices = {name: getattr(row, f"{name}_id") for name in kind.offices}
    return {name: getattr(row, name) for name in names} | offices | dict(first or {})


def _known(here: Here, row: Any, kind: type[Recorded]) -> tuple[dict[str, Any], list[str]]:
    """The sealed parts opened, and which of them a key opened; what holds nothing counts."""
    filled = [name for name in kind.sealed if getattr(row, name) is not None]
    opened: dict[str, Any] = {}
    if filled:
        found = access.reveal(here.reader, [row], filled, purpose="correction", now=here.now)
        opened = {name: text for name, text in found[row.pk].items() if text is not access.CLOSED}
    names = [name for name in kind.sealed if name in opened or name not in filled]
    return opened, names


def _differences(
    here: Here, fresh: Any, form: Recorded, first: Mapping[str, Any] | None
) -> list[dict[str, Any]]:
    """Where the recorded version and the typed one differ, in words."""
    recorded = _open(fresh, type(form), first) | _known(here, fresh, type(form))[0]
    typed = {name: form.cleaned_data.get(name) for name in form.fields if name not in NOT_COMPARED}
    return [
        {
            "label": form.fields[name].label,
            "recorded": _said(form.fields[name], recorded.get(name)),
            "typed": _said(form.fields[name], value),
        }
        for name, value in typed.items()
        if (recorded.get(name) or "") != (value or "")
    ]


def _said(of: forms.Field, value: Any) -> Any:
    """A value in the words of its field."""
    if not isinstance(of, forms.ChoiceField):
        return value
    offered: Any = of.choices
    choices = {str(code): text for code, text in offered}
    if isinstance(value, list):
        return format_html_join("", "<div>{}</div>", ((choices.get(v, v),) for v in value))
    return str(choices.get(str(value or ""), value or ""))
