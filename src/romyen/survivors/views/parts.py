"""Adding and taking off names, papers and contacts; raising and lowering alerts."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from django.views.decorators.http import require_POST

from romyen import access
from romyen.access.sending import begun, sent, shown
from romyen.rules.refusals import refuse
from romyen.survivors import actions, queries
from romyen.survivors.forms.choosing import Choosing
from romyen.survivors.forms.parts import (
    AlertForm,
    ContactForm,
    DocumentForm,
    NameForm,
    ReasonForm,
)
from romyen.survivors.views.addresses import page_of
from romyen.survivors.views.editing import permitted

PARTS: dict[str, tuple[str, type[Choosing], Callable[..., Any]]] = {
    "name": (_("Add a name"), NameForm, actions.add_name),
    "document": (_("Add a document"), DocumentForm, actions.add_document),
    "contact": (_("Add a contact"), ContactForm, actions.add_contact),
}


def add(request: HttpRequest, ref: str, kind: str) -> HttpResponse:
    """Add a name, a document or a contact."""
    reader, now = access.open(request), access.clock()
    survivor = permitted(reader, ref, "survivor.edit", now)
    heading, form_class, verb = PARTS[kind]
    form = begun(request, form_class(request.POST or None))

    def take() -> str:
        verb(survivor, **form.cleaned_data, actor=reader, now=now)
        return page_of(survivor)

    context = {"survivor": survivor, "heading": gettext(heading)}
    return sent(request, form, take, say=gettext("Saved.")) or shown(
        request, "survivors/part.html", form, **context
    )


@require_POST
def remove(request: HttpRequest, ref: str, kind: str, part_ref: str) -> HttpResponse:
    """Take a name, a document or a contact off the page."""
    reader, now = access.open(request), access.clock()
    survivor = permitted(reader, ref, "survivor.edit", now)
    part = queries.part(reader, kind, part_ref, of=survivor, now=now)

    def take() -> str:
        actions.remove(part, actor=reader, now=now)
        return page_of(survivor)

    return access.once(request, take)


def raise_alert(request: HttpRequest, ref: str) -> HttpResponse:
    """Warn everyone who opens the file."""
    reader, now = access.open(request), access.clock()
    survivor = permitted(reader, ref, "survivor.alert", now)
    form = begun(request, AlertForm(request.POST or None))

    def take() -> str:
        actions.raise_alert(survivor, **form.cleaned_data, actor=reader, now=now)
        return page_of(survivor)

    said = gettext("The alert now stands first on the page.")
    return sent(request, form, take, say=said) or shown(
        request, "survivors/alert.html", form, survivor=survivor
    )


def lower_alert(request: HttpRequest, ref: str, part_ref: str) -> HttpResponse:
    """Say why the danger has passed."""
    reader, now = access.open(request), access.clock()
    survivor = permitted(reader, ref, "survivor.alert", now)
    alert = queries.part(reader, "alert", part_ref, of=survivor, now=now)
    if alert.lowered_at:
        raise refuse("RY-SURVIVOR-LOWERED")
    form = begun(request, ReasonForm(request.POST or None))

    def take() -> str:
        actions.lower_alert(alert, reason=form.cleaned_data["reason"], actor=reader, now=now)
        return page_of(survivor)

    said = gettext("The alert is lowered. It stays on record.")
    return sent(request, form, take, say=said) or shown(
        request, "survivors/lower.html", form, survivor=survivor
    )
