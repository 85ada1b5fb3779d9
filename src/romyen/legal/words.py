"""The codes of the legal file in words, and the law behind them."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import get_language, gettext

from romyen.cases.words import CONFIDENCE
from romyen.rules import lists
from romyen.rules.lawwords import said
from romyen.rules.lists import CodeList, Item


def words(name: str) -> CodeList:
    """A list of this package: ``proceeding_kinds``, ``stages``, ``offences`` …"""
    return lists.of("legal", name)


def language() -> str:
    """The language of the page."""
    return get_language() or "en"


def label(name: str, code: str) -> str:
    """The words for a code of one of our lists."""
    return words(name).label(code, language())


def colour(name: str, code: str) -> str:
    """The colour that helps a state's word; none for a code that the data lost."""
    found = words(name).items.get(code)
    return str(found.more.get("colour", "")) if found else ""


def is_criminal(kind: str) -> bool:
    """Whether a proceeding of this kind begins with a charge."""
    return marked("proceeding_kinds", kind, "criminal")


def marked(name: str, code: str, mark: str) -> bool:
    """Whether the data mark this code."""
    found = words(name).items.get(code)
    return bool(found and found.more.get(mark))


def law_of(item: Item) -> str:
    """The law and section behind an item; empty where it rests on none."""
    if not item.more.get("law"):
        return ""
    where = {
        "law": said(item.more["law"], language()),
        "section": said(str(item.more["section"]), language()),
    }
    return gettext("%(law)s, section %(section)s") % where


def sure(item: Item) -> str:
    """How sure we are of an item, in words."""
    return gettext(CONFIDENCE[item.more["confidence"]]) if item.more.get("confidence") else ""


def offence(code: str) -> str:
    """An offence with its law and section."""
    found = words("offences").items.get(code)
    if found is None:
        return code
    law = law_of(found)
    return f"{found.label(language())} ({law})" if law else found.label(language())


def offence_choices() -> list[tuple[str, str]]:
    """Every offence, for a form."""
    return [(item.code, offence(item.code)) for item in words("offences")]


def labels(name: str, codes: Iterable[str]) -> list[str]:
    """The words of several codes of one list."""
    return [label(name, code) for code in codes]


def baht(amount: int | None) -> str:
    """An amount in words that are easy to compare; empty for none."""
    return "" if amount is None else gettext("%(amount)s baht") % {"amount": f"{amount:,}"}


def source_of(item: Item) -> dict[str, Any]:
    """What stands beside an item that rests on a law: where it was read, how sure we are."""
    return {"law": law_of(item), "source": item.more.get("source", ""), "sure": sure(item)}
