"""What does not fit together in a file, in words, with codes that never change.

A conflict is told, never settled in silence. Most are told and the value is kept; those that
*refuse* send their row to the error workbook. Messages are English message ids (``%``-format)
that hold no content of the file: what was typed stands apart, in ``Conflict.typed``, for the
person who brought the file and nobody else.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from dataclasses import field as attribute
from typing import Any

from romyen.rules.refusals import gettext_noop as _
from romyen.rules.refusals import refuse

Translate = Callable[[str], str]


@dataclass(frozen=True)
class ConflictKind:
    """One kind of conflict; ``refuses`` says whether it keeps a row from being imported."""

    code: str
    refuses: bool
    message: str


@dataclass(frozen=True)
class Conflict:
    """One conflict, of a code below or of the catalogue of refusals (a verb said no to a row).

    ``row`` is None when the whole column or file is meant. ``column`` is the heading or letter a person finds it by. ``typed`` is content of the file and
    ``field`` the HTCDS name, by which the nearest allowed values are looked up.
    """

    code: str
    row: int | None = None
    column: str = ""
    field: str = ""
    typed: str = ""
    sheet: str = ""
    details: Mapping[str, Any] = attribute(default_factory=dict)

    @property
    def refuses(self) -> bool:
        """Whether the row is not imported."""
        return self.code not in _KINDS or _KINDS[self.code].refuses

    def message(self, translate: Translate = str) -> str:
        """The words, without what was typed."""
        kind = _KINDS.get(self.code)
        words = kind.message if kind else refuse(self.code).message
        return translate(words) % self.details

    def as_json(self, translate: Translate = str) -> dict[str, Any]:
        """``{row, column, code, message}``. Where a file has several sheets or members, the
        column says which, as spreadsheets do: ``May!Gender``.
        """
        return {
            "row": self.row,
            "column": "!".join(filter(None, (self.sheet, self.column))),
            "code": self.code,
            "message": self.message(translate),
        }


def conflict_kinds() -> list[ConflictKind]:
    """Every kind of conflict, in the order of the codes."""
    return [_KINDS[code] for code in sorted(_KINDS)]


_KINDS: dict[str, ConflictKind] = {}


def _tell(code: str, message: str) -> None:
    _KINDS[code] = ConflictKind(code, False, message)


def _refuse(code: str, message: str) -> None:
    _KINDS[code] = ConflictKind(code, True, message)


# One conflict, one line: the catalogue is read as a table.
# fmt: off
# ruff: noqa: E501
# --- of a whole column: the official files contradict each other
_tell("RY-HTCDS-NAME-MISSPELT", _("The name of this column is a misspelling of %(field)s and was read as that."))
_tell("RY-HTCDS-NAME-MISSING", _("This column has a label but no name; it was read by its label as %(field)s."))
_tell("RY-HTCDS-NAME-UNKNOWN", _("The name of this column is not in the standard; it was read by its label as %(field)s."))
_tell("RY-HTCDS-LABEL-OVER-NAME", _("The hidden name says %(name)s, the visible label says otherwise. People write under the label that they see, so it was read as %(field)s."))
_tell("RY-HTCDS-NAME-OVER-LABEL", _("The label belongs to %(label)s, which another column already gives, so this one was read by its name as %(field)s. Please check the values."))
_tell("RY-HTCDS-LABEL-UNKNOWN", _("The label of this column is not the standard's; it was read by its name as %(field)s."))
_tell("RY-HTCDS-LABELS-LOST", _("These names come from the official workbook, in which names and labels of the address columns are exchanged, and the labels are missing here. The names were followed; please check the addresses."))
_tell("RY-HTCDS-LABEL-AMBIGUOUS", _("The standard has several fields with this label, or the label is too common to be sure. The column is kept, sealed, under its heading."))
_tell("RY-HTCDS-COLUMN-UNMAPPED", _("This column is not in the standard. It is kept, sealed, under its heading."))
_tell("RY-HTCDS-COLUMN-NO-HEADING", _("This column has values but no heading. It is kept, sealed, under its letter."))
_tell("RY-HTCDS-COLUMN-TWICE", _("Another column gives the same field, %(field)s. Rows where the two differ are not imported."))
_tell("RY-HTCDS-COLUMN-DEPRECATED", _("HTCDS 2.0 has withdrawn this field. The values are kept."))
_tell("RY-HTCDS-SEVERAL-FOR-ONE", _("The standard allows one value here, the official form several. All values are kept."))
_tell("RY-HTCDS-NUMBER-FOR-TEXT", _("This column is text, but holds numbers. A zero at the beginning may have been lost when it was typed."))
_tell("RY-HTCDS-DATE-FOR-TEXT", _("This column is text, but the spreadsheet made dates of some values. They are kept as dates; please check them."))

_tell("RY-HTCDS-DAY-OF-IMPORT", _("The standard has no day for this. The day of the import was written."))

# --- of a sheet or a file among others
_tell("RY-HTCDS-SHEET-SKIPPED", _("This sheet has no HTCDS headings and was not read. It stays in your file only."))
_tell("RY-HTCDS-SEVERAL-SHEETS", _("Several sheets have HTCDS headings. All of them were read."))
_tell("RY-HTCDS-FILE-SKIPPED", _("This file in the archive is not an HTCDS submission and was not read. It stays in your archive only."))
_tell("RY-HTCDS-FILE-DAMAGED", _("This file in the archive is damaged and was not read. It stays in your archive only."))

# --- of one row, and its value is kept
_tell("RY-HTCDS-NAMIBIA", _("NA is the code of Namibia and was read so. If nothing was meant, empty the cell."))
_tell("RY-HTCDS-COMMON-NAME", _("An everyday name was read as the official value %(value)s."))
_tell("RY-HTCDS-COUNTRY-AS-TEXT", _("This country is not in ISO 3166; the words are kept as they were typed."))
_tell("RY-HTCDS-DATE-READ", _("This date was read as %(day)s. It can be read in one way only."))
_tell("RY-HTCDS-TIME-DROPPED", _("The time of day was left out; only the date is kept."))
_tell("RY-HTCDS-BIRTH-PARTIAL", _("Only a part of the birth date is known. It is kept as %(day)s."))
_tell("RY-HTCDS-TEXT-FOR-LIST", _("The standard has a list here, the official form asks for text. The text is kept, sealed, beside the record."))
_tell("RY-HTCDS-FORMULA-KEPT", _("A formula was not calculated. Its text is kept."))

_tell("RY-HTCDS-KNOWN-CHANGED", _("This record is here already and says something else. Nothing was overwritten; the new version waits, sealed, for someone who holds the key."))
_tell("RY-HTCDS-OPENED-UNKNOWN", _("When the case was opened is not said. The day on which it was referred on was written instead."))
_tell("RY-HTCDS-NO-OWNER", _("Nobody on the team has the name of this case owner. The case went to another case manager; the name is kept."))

# --- of one row, and the row is not imported
_refuse("RY-HTCDS-VALUE-UNKNOWN", _("This value is not in the list of the standard."))
_refuse("RY-HTCDS-VALUE-AMBIGUOUS", _("This can be read as values of the list in more than one way. Separate them with ; and write codes."))
_refuse("RY-HTCDS-ONE-ONLY", _("Only one value of the list is allowed here."))
_refuse("RY-HTCDS-DATE-AMBIGUOUS", _("Day and month cannot be told apart. Write the date as year-month-day: 2010-04-03."))
_refuse("RY-HTCDS-DATE-UNREADABLE", _("This is not a date. Write it as year-month-day: 2010-04-03."))
_refuse("RY-HTCDS-DATE-PARTIAL", _("The whole date is needed here: year-month-day."))
_refuse("RY-DAY-OTHER-ERA", _("This looks like a Buddhist Era year. Nothing was converted; write the year of the Common Era (B.E. minus 543)."))
_refuse("RY-HTCDS-NUMBER-UNREADABLE", _("A number is needed here."))
_refuse("RY-HTCDS-NUMBER-IMPRECISE", _("The spreadsheet rounds numbers of this length. Format the cell as text and type it again."))
_refuse("RY-HTCDS-CHECK-UNREADABLE", _("Write Yes or No here."))
_refuse("RY-HTCDS-FORMULA", _("A formula is not a fact. Write the value itself."))
_refuse("RY-HTCDS-CELL-ERROR", _("The spreadsheet shows an error in this cell."))
_refuse("RY-HTCDS-CONTROL-CHARACTER", _("There is an invisible control character in this text. Type it again."))
_refuse("RY-HTCDS-CODE-MISTYPED", _("This Romyen code holds a slip. Compare it letter by letter."))
_refuse("RY-HTCDS-UNMAPPED-UNREADABLE", _("The column with further values is not what Romyen wrote."))
_refuse("RY-HTCDS-TWO-VALUES", _("Two columns give this field and their values differ."))
_refuse("RY-HTCDS-MERGED", _("Cells are merged here, so it is unclear to whom the value belongs. Unmerge them and fill in each cell."))
_refuse("RY-HTCDS-CELL-COUNT", _("This row has not as many cells as the headings. A separator or quotation mark may be missing."))
_refuse("RY-HTCDS-NOT-CHECKED", _("The cells of this row may have moved. Put them right and write Yes in the column beside."))
_refuse("RY-HTCDS-TEXT-TOO-LONG", _("This text is longer than %(limit)s characters."))
_refuse("RY-HTCDS-ROW-TOO-LONG", _("The columns outside the standard hold too much text in this row."))
_refuse("RY-HTCDS-ROW-TWICE", _("This row is exactly the same as row %(other)s. If it is another person, write something that tells them apart."))
_refuse("RY-HTCDS-ID-TWICE", _("Row %(other)s has the same id or code, but other content."))
# fmt: on
