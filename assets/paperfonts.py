"""Makes the fonts of printed papers from those of the pages: ``make assets``.

Typst reads TrueType, chooses by family, and knows no ranges: so each script becomes a family of
its own in two fixed weights. The outcome holds no time, so two builds of one source are byte-equal.
"""

import sys
from pathlib import Path

from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

ROOT = Path(__file__).parents[1]
PAGES = ROOT / "src/romyen/pages/static/romyen/fonts"
PAPER = ROOT / "src/romyen/exchange/summary/fonts"
WEIGHTS = {400: "Regular", 700: "Bold"}
FAMILIES = {
    "noto-sans-latin": "Romyen Latin",
    "noto-sans-thai": "Romyen Thai",
    "noto-sans-latin-ext": "Romyen Latin Ext",
    "noto-sans-vietnamese": "Romyen Vietnamese",
    "noto-sans-myanmar": "Romyen Burmese",
    "noto-sans-khmer": "Romyen Khmer",
    "noto-sans-lao": "Romyen Lao",
}


def family_of(path: Path) -> str:
    """``noto-sans-thai-thai-wght-normal.woff2`` → ``Romyen Thai``."""
    longest = max((name for name in FAMILIES if path.name.startswith(f"{name}-")), key=len)
    return FAMILIES[longest]


def fixed(path: Path, weight: int) -> TTFont | None:
    """One weight of a font; None where a fixed font has another one."""
    font = TTFont(path, recalcTimestamp=False)
    if "fvar" not in font:
        return font if f"-{weight}-" in path.name else None
    wanted = {axis.axisTag: axis.defaultValue for axis in font["fvar"].axes} | {"wght": weight}
    return instancer.instantiateVariableFont(font, wanted)


def rename(font: TTFont, family: str, weight: int) -> None:
    """Our own family name: the fonts were cut, and the licence keeps the reserved name."""
    style = WEIGHTS[weight]
    words = {1: family, 2: style, 4: f"{family} {style}", 6: f"{family}-{style}".replace(" ", "")}
    names = font["name"]
    for record in list(names.names):
        if record.nameID in words:
            record.string = words[record.nameID]
        elif record.nameID in (16, 17, 21, 22, 25):
            names.removeNames(record.nameID)
    font["OS/2"].usWeightClass = weight


def build(into: Path = PAPER) -> list[Path]:
    """Every script in both weights."""
    into.mkdir(parents=True, exist_ok=True)
    made = []
    for path in sorted(PAGES.glob("*.woff2")):
        for weight, style in WEIGHTS.items():
            font = fixed(path, weight)
            if font is None:
                continue
            rename(font, family_of(path), weight)
            font.flavor = None
            made.append(into / f"{family_of(path).replace(' ', '')}-{style}.ttf")
            font.save(made[-1])
    return made


if __name__ == "__main__":
    build(Path(sys.argv[1]) if len(sys.argv) > 1 else PAPER)
