"""Submissions of the official XLSForm as OpenRosa XML: one file, an archive or a folder.

A submission carries names only. The labels that the enumerator saw are those of the official
form, so they are put back: one of them contradicts its name (``prs_Title`` is labelled
"Second Name").
"""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from romyen.exchange.htcds.conflicts import Conflict
from romyen.exchange.htcds.headings import field_by_name
from romyen.exchange.htcds.reading import limits
from romyen.exchange.htcds.reading.archive import Archive
from romyen.exchange.htcds.reading.markup import feed_all
from romyen.exchange.htcds.source import Cell, Column, RawRow, Source
from romyen.exchange.htcds.standard import form_labels
from romyen.rules.refusals import Refusal, refuse

INSTANCE = "meta/instanceID"
_Answer = tuple[str, int, str]
"""Path below the root, which of the answers under that path, and the text, which may be empty:
a question without an answer still says what the form asked."""


@dataclass
class _Submission:
    file: str
    answers: list[_Answer]


class _Reader:
    """Collects the leaves of one submission with their paths."""

    def __init__(self) -> None:
        self.answers: list[_Answer] = []
        self._path: list[str] = []
        self._pieces: list[str] = []
        self._leaf = False
        self._times: dict[str, int] = {}

    def start(self, tag: str, _attributes: dict[str, str]) -> None:
        self._path.append(tag)
        self._pieces, self._leaf = [], True

    def end(self, _tag: str) -> None:
        text = "".join(self._pieces).strip() if self._leaf else ""
        if self._leaf and len(self._path) > 1:
            self._keep("/".join(self._path[1:]), text)
        self._path.pop()
        self._leaf = False

    def text(self, text: str) -> None:
        self._pieces.append(text)

    def _keep(self, path: str, text: str) -> None:
        if len(text) > limits.CELL:
            raise refuse("RY-HTCDS-CELL-TOO-LONG", row=1, limit=limits.CELL)
        self._times[path] = self._times.get(path, 0) + 1
        self.answers.append((path, self._times[path], text))
        if len(self.answers) > limits.COLUMNS:
            raise refuse("RY-HTCDS-TOO-MANY", what="columns", limit=limits.COLUMNS)


def read_submission(content: bytes, name: str) -> Source:
    """One submission in one file."""
    answers = _answers(content)
    if not answers:
        raise refuse("RY-HTCDS-NO-HEADER")
    return _source(name, [_Submission(name, answers)], [])


def read_archive(content: bytes, name: str) -> Source:
    """The submissions in a zip archive, such as ODK and Kobo give. Archives in it stay closed."""
    with Archive(content) as archive:
        return _read_many(name, ((member, _from(archive, member)) for member in archive.names))


def read_folder(folder: Path) -> Source:
    """The submissions in a folder and the folders below; links are not followed."""
    paths = sorted(Path(root) / file for root, _, files in os.walk(folder) for file in files)
    if len(paths) > limits.MEMBERS:
        raise refuse("RY-HTCDS-TOO-MANY", what="files", limit=limits.MEMBERS)
    members = ((str(path.relative_to(folder)), _file(path)) for path in paths)
    return _read_many(folder.name, members)


def _from(archive: Archive, member: str) -> Callable[[], bytes]:
    return lambda: archive.small(member)


def _file(path: Path) -> Callable[[], bytes]:
    def read() -> bytes:
        if path.is_symlink() or not path.is_file() or path.stat().st_size > limits.SMALL_PART:
            raise refuse("RY-HTCDS-ARCHIVE-UNSAFE")
        return path.read_bytes()

    return read


def _read_many(name: str, members: Iterator[tuple[str, Callable[[], bytes]]]) -> Source:
    """Every member that is a submission; the others are told, one conflict for each."""
    found: list[_Submission] = []
    told: list[Conflict] = []
    spent = 0
    for member, content in members:
        if not member.lower().endswith(".xml"):
            told.append(Conflict("RY-HTCDS-FILE-SKIPPED", sheet=member))
            continue
        data = content()
        spent += len(data)
        if spent > limits.UNPACKED:
            raise refuse("RY-HTCDS-BOMB")
        _take(member, data, found, told)
    if not found:
        raise refuse("RY-HTCDS-NO-HEADER")
    return _source(name, found, told)


def _take(member: str, data: bytes, found: list[_Submission], told: list[Conflict]) -> None:
    try:
        answers = _answers(data)
    except Refusal as refusal:
        if refusal.code != "RY-HTCDS-DAMAGED":
            raise
        told.append(Conflict("RY-HTCDS-FILE-DAMAGED", sheet=member))
        return
    if answers:
        found.append(_Submission(member, answers))
    else:
        told.append(Conflict("RY-HTCDS-FILE-SKIPPED", sheet=member))


def _answers(content: bytes) -> list[_Answer]:
    """The answers of a document; none when it has no HTCDS name at all."""
    reader = _Reader()
    feed_all(content, reader)
    known = any(field_by_name(path.split("/")[-1]) for path, _, _ in reader.answers)
    return reader.answers if known else []


def _source(name: str, submissions: list[_Submission], told: list[Conflict]) -> Source:
    columns: dict[tuple[str, int], Column] = {}
    for submission in submissions:
        for path, time, _ in submission.answers:
            if (path, time) not in columns:
                if len(columns) == limits.COLUMNS:
                    raise refuse("RY-HTCDS-TOO-MANY", what="columns", limit=limits.COLUMNS)
                columns[path, time] = _column(len(columns) + 1, path)
    if len(submissions) > limits.ROWS:
        raise refuse("RY-HTCDS-TOO-MANY", what="rows", limit=limits.ROWS)
    many = len(submissions) > 1
    return Source(
        name=name,
        kind="form",
        columns=list(columns.values()),
        open_rows=lambda: _rows(submissions, columns, many=many),
        conflicts=told,
    )


def _column(position: int, path: str) -> Column:
    last = path.split("/")[-1]
    name = last if field_by_name(last) else path
    return Column(position, name, form_labels().get(last))


def _rows(
    submissions: list[_Submission], columns: dict[tuple[str, int], Column], *, many: bool
) -> Iterator[RawRow]:
    for number, submission in enumerate(submissions, start=1):
        cells = [
            Cell(*columns[path, time][:3], text) for path, time, text in submission.answers if text
        ]
        instance = next((text for path, _, text in submission.answers if path == INSTANCE), None)
        cells.sort(key=lambda cell: cell.position)
        yield RawRow(number, instance, cells, submission.file if many else "")
