"""Template tags about people: roles and places in the reader's words."""

from django import template
from django.utils.translation import get_language, gettext

from romyen.access.models import Node
from romyen.access.roles import role_name as named
from romyen.access.roles import roles

register = template.Library()


@register.filter
def role_name(code: str) -> str:
    """A role in the reader's language."""
    return named(code, get_language() or "en") if code in roles() else code


@register.filter
def place(node: Node) -> str:
    """A node in words: a team by its name, a record by its code."""
    return gettext("the whole organisation") if node.kind == "organisation" else str(node)
