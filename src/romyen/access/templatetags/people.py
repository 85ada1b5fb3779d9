"""Template tags about people: roles and places in the reader's words."""

from typing import Any

from django import template
from django.template.context import Context
from django.utils.translation import get_language, gettext

from romyen.access.actors import Reader
from romyen.access.decisions import decide
from romyen.access.doors import clock
from romyen.access.models import Node
from romyen.access.roles import role_name as named
from romyen.access.roles import roles
from romyen.access.walls import REASONS
from romyen.access.words import verb_words
from romyen.keys.compartments import COMPARTMENTS

register = template.Library()


@register.filter
def role_name(code: str) -> str:
    """A role in the reader's language."""
    return named(code, get_language() or "en") if code in roles() else code


@register.filter
def place(node: Node) -> str:
    """A node in words: a team by its name, a record by its code."""
    return gettext("the whole organisation") if node.kind == "organisation" else str(node)


@register.filter
def opens(code: str) -> str:
    """What a role opens, in words."""
    words = [gettext(COMPARTMENTS[c]) for c in roles()[code].compartments]
    return " · ".join(words) or gettext("opens nothing sealed")


@register.filter
def said(text: str) -> str:
    """A message id in the reader's language."""
    return gettext(text)


@register.filter
def verb(code: str) -> str:
    """A verb in words."""
    return verb_words(code)


@register.filter
def reason(code: str) -> str:
    """The reason of an exclusion in words."""
    return gettext(REASONS[code])


@register.inclusion_tag("access/record_links_shown.html", takes_context=True)
def record_links(context: Context, node: Node) -> dict[str, Any]:
    """The links to a record's own two pages, as far as the reader may follow them."""
    reader = context.get("reader")
    may = isinstance(reader, Reader) and bool(decide(reader, "access.trace", node, now=clock()))
    return {"node": node, "may_trace": may}
