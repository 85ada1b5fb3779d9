"""XML from strangers, read in one pass and without anything that a stranger could abuse.

Neither spreadsheets nor forms need a document type, entities or references to the outside, so
a document with any of them is refused (XXE, "billion laughs"), as are documents that nest or
tag without end. defusedxml refuses the former but not the latter, and builds objects per tag
that 5,000 rows don't need; hence expat itself.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NoReturn, Protocol
from xml.parsers import expat

from romyen.exchange.htcds.reading import limits
from romyen.rules.refusals import refuse


class Handler(Protocol):
    """What is told of each tag (without namespace prefix) and text."""

    def start(self, tag: str, attributes: dict[str, str], /) -> None:
        """A tag opens."""

    def end(self, tag: str, /) -> None:
        """A tag closes."""

    def text(self, text: str, /) -> None:
        """Characters; long text comes in pieces."""


def feed(chunks: Iterable[bytes], handler: Handler) -> Iterator[None]:
    """Tell the handler of everything in the document, pausing after each chunk.

    Refuses with ``RY-HTCDS-XML-UNSAFE`` or, when it is not well formed, ``RY-HTCDS-DAMAGED``.
    """
    parser = _parser(handler)
    fed = 0
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
            fed += len(chunk)
            if fed - parser.CurrentByteIndex > limits.TOKEN:
                raise refuse("RY-HTCDS-XML-UNSAFE")
            yield
        parser.Parse(b"", True)
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise refuse("RY-HTCDS-DAMAGED") from error


def feed_all(content: bytes, handler: Handler) -> None:
    """Tell the handler of a whole small document."""
    step = 64 * 1024
    for _ in feed((content[at : at + step] for at in range(0, len(content), step)), handler):
        pass


def _parser(handler: Handler) -> Any:
    parser: Any = expat.ParserCreate()
    parser.buffer_text = True
    counter = _Counter(handler.start, handler.end)
    parser.StartElementHandler = counter.start
    parser.EndElementHandler = counter.end
    parser.CharacterDataHandler = handler.text
    parser.StartDoctypeDeclHandler = _unsafe
    parser.EntityDeclHandler = _unsafe
    parser.UnparsedEntityDeclHandler = _unsafe
    parser.ExternalEntityRefHandler = _unsafe
    return parser


class _Counter:
    """Counts tags and how deep they stand, and takes the prefixes off their names."""

    def __init__(
        self, start: Callable[[str, dict[str, str]], None], end: Callable[[str], None]
    ) -> None:
        self._start, self._end = start, end
        self._seen = self._depth = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._seen += 1
        self._depth += 1
        if self._seen > limits.ELEMENTS or self._depth > limits.DEPTH:
            raise refuse("RY-HTCDS-XML-UNSAFE")
        self._start(tag.rpartition(":")[2] if ":" in tag else tag, attributes)

    def end(self, tag: str) -> None:
        self._depth -= 1
        self._end(tag.rpartition(":")[2] if ":" in tag else tag)


def _unsafe(*_: object) -> NoReturn:
    raise refuse("RY-HTCDS-XML-UNSAFE")
