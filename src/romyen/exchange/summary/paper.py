"""Setting in type: facts in, PDF/A out, all in memory; read are the template and our fonts."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import typst

HERE = Path(__file__).parent
TEMPLATE = HERE / "summary.typ"


@cache
def _fonts() -> Any:
    """Our own fonts and no others: a paper looks the same on every machine."""
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[HERE / "fonts"]
    )


def set_in_type(facts: dict[str, Any], *, language: str) -> bytes:
    """The paper as PDF/A-2a (ISO 19005-2): made to be kept, and tagged for screen readers.

    ``facts``: see ``summary.typ``; nothing of them touches the disk.
    """
    given = {"facts": json.dumps(facts, ensure_ascii=False), "language": language}
    return typst.compile(
        str(TEMPLATE), root=str(HERE), font_paths=_fonts(), sys_inputs=given, pdf_standards="a-2a"
    )
