"""Reading the forms of a page and filling them in, as a person would who answers everything."""

from collections.abc import Callable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

type Typed = dict[str, list[str]]

PARTS = {"_day": "1", "_month": "3", "_year": "2026", "_time": "10:00"}
"""What is typed into the inputs of a day and an hour."""
KINDS = {"email": "someone@example.org", "number": "1", "tel": "02 000 0000", "date": "2026-03-01"}
NAMED = {
    "hour": "10:00",
    "not_before": "10:00",
    "not_after": "20:00",
    "age_youngest": "",
    "age_oldest": "",
}
"""Inputs that look like free words and are not."""
CHOSEN = {"checkbox", "radio"}
ALL_OF = {"confirmed"}
"""Boxes that are all ticked; of others the first is."""


@dataclass
class Field:
    """One name of a form: its kind, what stands in it, and what may be chosen."""

    kind: str
    values: list[str] = field(default_factory=list)
    offered: list[str] = field(default_factory=list)


@dataclass
class FormOnPage:
    """A form that a page holds."""

    action: str
    method: str
    fields: dict[str, Field] = field(default_factory=dict)

    def free(self) -> list[str]:
        """The names of the fields that take free words."""
        return [name for name, one in self.fields.items() if _free(name, one)]

    def filled(self, words: Callable[[str], str]) -> Typed:
        """Every question answered; ``words`` gives the text for a free field's name."""
        typed = {name: _answer(name, one, words) for name, one in self.fields.items()}
        return {name: values for name, values in typed.items() if values}


def _free(name: str, one: Field) -> bool:
    known = name in NAMED or name.endswith(tuple(PARTS))
    return one.kind in ("text", "textarea", "search") and not known


def _answer(name: str, one: Field, words: Callable[[str], str]) -> list[str]:
    ending = next((text for part, text in PARTS.items() if name.endswith(part)), None)
    if one.kind in CHOSEN or one.kind == "select":
        offered = [choice for choice in one.offered if choice]
        return one.values or (offered if name in ALL_OF else offered[:1])
    if one.kind == "hidden":
        return one.values
    if name in NAMED:
        return one.values or [NAMED[name]]
    if ending:
        return [value for value in one.values if value] or [ending]
    if one.kind in KINDS:
        return [value for value in one.values if value] or [KINDS[one.kind]]
    return [words(name)] if _free(name, one) else []


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[FormOnPage] = []
        self._select: Field | None = None
        self._area: Field | None = None
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "a" and given.get("href"):
            self.links.append(given["href"])
        if tag == "form":
            action, method = given.get("action", ""), given.get("method", "get").lower()
            self.forms.append(FormOnPage(action, method))
        elif self.forms and tag in ("input", "select", "textarea") and given.get("name"):
            self._field(tag, given)
        elif tag == "option" and self._select is not None:
            self._option(given)

    def _field(self, tag: str, given: dict[str, str]) -> None:
        kind = given.get("type", "text") if tag == "input" else tag
        if kind == "text" and given.get("inputmode") == "numeric":
            kind = "number"
        if kind in ("submit", "button", "image", "reset", "file"):
            return
        one = self.forms[-1].fields.setdefault(given["name"], Field(kind))
        if tag == "select":
            self._select = one
        elif tag == "textarea":
            self._area = one
        elif kind in CHOSEN:
            one.offered.append(given.get("value", "on"))
            one.values += [given.get("value", "on")] if "checked" in given else []
        else:
            one.values.append(given.get("value", ""))

    def _option(self, given: dict[str, str]) -> None:
        if self._select is not None:
            self._select.offered.append(given.get("value", ""))
            if "selected" in given and given.get("value"):
                self._select.values.append(given["value"])

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = None
        if tag == "textarea":
            self._area = None

    def handle_data(self, data: str) -> None:
        if self._area is not None and data.strip():
            self._area.values.append(data.strip())


def read_page(text: str) -> _Reader:
    """The forms and links of a page."""
    reader = _Reader()
    reader.feed(text)
    return reader


def forms_to(text: str, page: str, path: str) -> list[FormOnPage]:
    """The forms of ``page`` (its address) that are posted to ``path``."""
    found = [form for form in read_page(text).forms if form.method == "post"]
    return [form for form in found if urlsplit(urljoin(page, form.action)).path == path]
