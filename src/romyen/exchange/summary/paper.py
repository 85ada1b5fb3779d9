"""Setting in type: facts in, PDF/A out, all in memory. Typst reads its template and our fonts only."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import typst

HERE = Path(__file__).parent
TEMPLATE = HERE / "summary.typ"
STANDARD = "a-2a"
"""PDF/A-2a (ISO 19005-2): made to be kept, tagged so that a screen reader finds its way."""


@cache
def _fonts() -> Any:
    """Our own fonts and no others: a paper looks the same on every machine."""
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[HERE / "fonts"]
    )


def set_in_type(facts: dict[str, Any], *, language: str) -> bytes:
    """The paper as PDF. ``facts``: see ``summary.typ``; nothing of it touches the disk."""
    given = {"facts": json.dumps(facts, ensure_ascii=False), "language": language}
    made = typst.compile(
        TEMPLATE, root=HERE, font_paths=_fonts(), sys_inputs=given, pdf_standards=STANDARD
    )
    return bytes(made)
