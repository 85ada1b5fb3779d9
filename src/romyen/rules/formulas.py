"""Cells of a CSV that a spreadsheet would calculate, made harmless and made whole again.

A spreadsheet takes a cell for a formula when it begins with ``= + - @`` (full-width forms too),
and, where it cuts lines at another separator than ours, also what follows such a separator inside
a cell (OWASP, "CSV injection"). An apostrophe is put before each such place, and before each
apostrophe that stands in such a place already; taking away one apostrophe from every such place
is therefore the exact inverse.
"""

import re

_PLACE = r'(^|[,;|\t\r\n])([ \u00a0"\u200b\u2060\ufeff]*)'
_DANGER = "'=+\\-@%＝＋－＠﹦﹢﹣﹫−"
_NEUTRALISE = re.compile(rf"{_PLACE}(?=[{_DANGER}])")
_NUMBER_LIKE = re.compile(r"0[xX]|[๐-๙]")
"""Spreadsheets may turn these into other digits: hexadecimal and Thai numbers."""

_RESTORE = re.compile(rf"{_PLACE}'")


def neutralise(text: str) -> str:
    """The text with an apostrophe wherever a spreadsheet might begin to calculate."""
    mark = "'" if _NUMBER_LIKE.match(text) else ""
    return mark + _NEUTRALISE.sub(r"\1\2'", text)


def restore(text: str) -> str:
    """What ``neutralise`` was given."""
    return _RESTORE.sub(r"\1\2", text)
