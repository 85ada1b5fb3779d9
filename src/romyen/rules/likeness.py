"""Why two records may be of one person, in plain words."""

from collections.abc import Iterable

from romyen.rules.names import reasons
from romyen.rules.refusals import gettext_noop as _

REASONS = {
    "same": _("The same name"),
    "same_script_lookalike": _("The same name, written with other signs"),
    "same_sound": _("A name that sounds the same"),
    "nickname_part": _("A part of the name"),
    "near": _("A name that sounds alike"),
    "nickname": _("The same nickname"),
    "birth": _("The same day of birth"),
    "telephone": _("The same telephone number"),
    "document": _("The same number of a paper"),
    "reporter": _("The reporter's name stands in it"),
    "contact": _("The same way to reach someone"),
    "place": _("The same exact place"),
    "code": _("The code that you typed"),
}


def name_reasons(sought: Iterable[str], names: Iterable[str]) -> list[str]:
    """Codes of how any of the names is like any that was sought; “near” where nothing is nearer."""
    names = list(names)
    found = [code for one in sought for name in names for code in reasons(one, name)]
    return list(dict.fromkeys(found)) or ["near"]


def reason_words(codes: tuple[str, ...]) -> list[str]:
    """Message ids, in the order in which the list above has them."""
    return [words for code, words in REASONS.items() if code in codes]
