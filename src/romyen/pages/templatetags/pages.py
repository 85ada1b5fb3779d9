"""Template tags: the components that every page is made of. ``{% load pages %}``

{% field form.x width=10 %}      one form field with label, hint and error; also: legend="m" (size
                                 of the label), inline=True (radios in a row), small=True
{% errors form other_form %}     the error summary, each message leading to its field
{% submission %}                 the hidden one-time token that makes a double submit one record
<form data-draft="URL" {% draft_words %}>   autosave to that URL, and what it says
{% day value %} {% moment value %}   date, PartialDay, datetime in the reader's language and era
{% sealed value %}               revealed text, or ••• with the reason for a screen reader
{% tag text "green" %}           a status: grey green teal blue purple magenta red orange yellow
{% summary rows %}               rows: {"key", "value", "href"?, "action"?, "code"?}; values may be
                                 text, dates, sealed values, booleans, None
{% timeline items %}             items: {"title", "at", "by"?, "text"?, "href"?, "tag"?, "colour"?}
{% slots "case" ref %}           the boxes that other packages fill
{% paging older=url newer=url %} links to older and newer entries
{{ value|shown }}                any value as a summary row shows it
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django import template
from django.conf import settings
from django.forms import BaseForm
from django.forms.boundfield import BoundField
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from romyen.pages.era import written_day, written_moment
from romyen.pages.fields import drawn, first_input, template_of
from romyen.pages.slots import slots_of
from romyen.rules.days import PartialDay
from romyen.rules.ids import new_id

register = template.Library()


@register.simple_tag
def field(bound: BoundField, **wishes: Any) -> SafeString:
    """One form field in the markup of its kind."""
    return render_to_string(template_of(bound), drawn(bound, **wishes))


@register.inclusion_tag("pages/errors.html")
def errors(*forms: BaseForm) -> dict[str, Any]:
    """The error summary of one or more forms; nothing when all is well."""
    return {"found": [error for form in forms if form.is_bound for error in _errors_of(form)]}


def _errors_of(form: BaseForm) -> Iterable[dict[str, str]]:
    for message in form.non_field_errors():
        yield {"message": str(message), "target": ""}
    for bound in form:
        for message in bound.errors:
            yield {"message": str(message), "target": first_input(bound)}


@register.simple_tag
def submission() -> SafeString:
    """A fresh one-time token for ``access.once``."""
    return format_html('<input type="hidden" name="submission" value="{}">', new_id())


@register.simple_tag
def draft_words() -> SafeString:
    """What the autosave script says, in the reader's language; stands in the form's own tag."""
    words = (gettext("Draft saved"), gettext("Draft not saved"))
    return format_html('data-draft-saved="{}" data-draft-failed="{}"', *words)


@register.simple_tag
def day(value: date | PartialDay | None) -> str:
    """A day in the reader's language and era."""
    if value is None:
        return gettext("Not known")
    return _time(str(value), written_day(value))


@register.simple_tag
def moment(value: datetime | None) -> str:
    """A day and hour in Bangkok, in the reader's language and era."""
    return _time(value.isoformat(), written_moment(value)) if value else gettext("Not known")


def _time(machine: str, words: str) -> SafeString:
    return format_html('<time datetime="{}">{}</time>', machine, words)


@register.simple_tag
def sealed(value: Any) -> str:
    """Revealed text in its own direction and script, or the mask and what it means."""
    if value is None or value == "":
        return gettext("Not recorded")
    if isinstance(value, str):
        return format_html("<bdi>{}</bdi>", value)
    why = gettext("Sealed. Open it with a purpose.") if value else gettext("Closed to you")
    mask = '<span class="romyen-sealed" title="{0}"><span aria-hidden="true">•••</span>{1}</span>'
    return format_html(mask, why, _unseen(why))


def _unseen(words: str) -> SafeString:
    return format_html('<span class="govuk-visually-hidden">{}</span>', words)


@register.simple_tag
def tag(text: str, colour: str = "") -> SafeString:
    """A status in a word or two; the words carry it, the colour only helps."""
    shade = f" govuk-tag--{colour}" if colour else ""
    return format_html('<strong class="govuk-tag{}">{}</strong>', shade, text)


@register.filter
def shown(value: Any) -> str:
    """Any value as it stands in a summary row."""
    if value is None or value == "":
        return gettext("Not recorded")
    if isinstance(value, bool):
        return gettext("Yes") if value else gettext("No")
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date | PartialDay):
        return day(value)
    if isinstance(value, SafeString):
        return value
    if isinstance(value, int | float):
        return str(value)
    return sealed(value)


@register.inclusion_tag("pages/summary.html")
def summary(rows: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """A list of facts."""
    return {"rows": rows}


@register.inclusion_tag("pages/timeline.html")
def timeline(items: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """What happened, newest or oldest first as given."""
    return {"items": items}


@register.inclusion_tag("pages/slots.html", takes_context=True)
def slots(context: Context, kind: str, ref: str) -> dict[str, Any]:
    """The boxes of this kind of page; each fetches itself, and is a link without JavaScript.

    Boxes that ask for a verb stand only where the context says what the reader does.
    """
    may = context.get("reader_does")
    return {"slots": slots_of(kind, ref, may) if callable(may) else slots_of(kind, ref)}


@register.inclusion_tag("pages/paging.html")
def paging(older: str = "", newer: str = "") -> dict[str, str]:
    """Links to older and newer entries; an empty address shows none."""
    return {"older": older, "newer": newer}


@register.simple_tag
def leave_url() -> str:
    """Where "leave this page quickly" leads: an everyday page that tells nothing of this one."""
    return str(getattr(settings, "ROMYEN_LEAVE_URL", "https://www.tmd.go.th/"))
