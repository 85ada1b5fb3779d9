"""What a section of a paper is made of: rows of key and value, or things that happened."""

import html
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from romyen.pages.era import written_day, written_moment
from romyen.rules.days import PartialDay


@dataclass
class Block:
    """One section as it is printed. Empty ones say so: a gap on paper is easily overlooked."""

    title: str
    rows: list[dict[str, str]] = field(default_factory=list)
    items: list[dict[str, str]] = field(default_factory=list)

    def row(self, key: Any, value: Any) -> None:
        """A fact and its name."""
        self.rows.append({"key": plain(key), "value": plain(value)})

    def take(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Rows of a page's summary list."""
        for one in rows:
            self.row(one["key"], one["value"])

    def item(self, title: Any, *, on: Any = "", text: Any = "", tag: Any = "") -> None:
        """Something with a heading: when, its words and its state."""
        said = {"title": title, "on": on, "text": text, "tag": tag}
        self.items.append(
            {name: "" if value in ("", None) else plain(value) for name, value in said.items()}
        )

    def said(self, value: Any) -> str:
        """A value as bare text, empty for nothing: for lines made of several."""
        return "" if value in ("", None) else plain(value)


def plain(value: Any) -> str:
    """Any value of a page as bare text; what is closed to the reader prints as •••."""
    if value is None or value == "":
        return gettext("Not recorded")
    if isinstance(value, bool):
        return gettext("Yes") if value else gettext("No")
    if isinstance(value, datetime):
        return written_moment(value)
    if isinstance(value, date | PartialDay):
        return written_day(value)
    return html.unescape(strip_tags(value)) if isinstance(value, SafeString) else str(value)
