"""What the data of the law say in English, in Thai: instruments, sections, actors, notes.

One table beside the data, so that a lawyer reviews the Thai of everything in one place. What has
no Thai yet stays in English.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from romyen.rules.lists import BadData, read_yaml

FORMAT = "romyen/law-words@1"
PARTS = ("instruments", "sections", "actors", "notes")
TABLE = Path(__file__).parent / "data" / "law_th.yaml"


def said(text: str, language: str) -> str:
    """An instrument, section, actor or note of the data, in that language."""
    return thai().get(text, text) if language.startswith("th") else text


@cache
def thai(path: Path = TABLE) -> Mapping[str, str]:
    """Every English text with its Thai; a mistake in the data raises ``BadData``."""
    data = read_yaml(path)
    if data.get("format") != FORMAT:
        raise BadData(f"{path.name}: not of the format {FORMAT}")
    found: dict[str, str] = {}
    for part in PARTS:
        for english, words in (data.get(part) or {}).items():
            if not (isinstance(words, str) and words.strip()):
                raise BadData(f"{path.name}: {part}: “{english}” has no Thai")
            found[str(english)] = words
    return found
