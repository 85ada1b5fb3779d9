"""Words for the codes of care, in the language of the page."""

from romyen.cases.book import listed as of_cases
from romyen.cases.words import CONFIDENCE, language
from romyen.leads.words import words as of_leads
from romyen.rules import lists
from romyen.rules.lists import CodeList, Item

__all__ = ["CONFIDENCE", "kinds", "label", "language", "listed", "tag_of", "to_call"]


def listed(name: str) -> CodeList:
    """A list of this package."""
    return lists.of("care", name)


def kinds() -> CodeList:
    """Kinds of goals and of services: HTCDS ``spl_Type``, with the four that it lacks."""
    return of_cases("services")


def label(name: str, code: str) -> str:
    """The words for a code of one of our lists; ``kinds`` names the list above."""
    return (kinds() if name == "kinds" else listed(name)).label(code, language())


def tag_of(name: str, code: str) -> dict[str, str]:
    """A state in a word and the colour that helps it."""
    item = listed(name).items.get(code)
    return {"text": label(name, code), "colour": item.more.get("colour", "") if item else ""}


def to_call() -> list[Item]:
    """Whom to call when somebody is in danger from themselves: the line, then the ambulance."""
    return [*listed("hotlines"), of_leads("hotlines").item("1669")]
