"""Lao names, read as sounds: letter by letter as their Thai sisters, with what differs (BGN/PCGN
1966; Latin spellings follow French habits).

The two blocks of Unicode run side by side, 0x80 apart.
"""

from romyen.rules.names import thai

_ASIDE = {
    "ຊ": "ซ",  # s in Lao, written x or s
    "ຢ": "ย",
    "ຍ": "ญ",
    "ໜ": "หน",
    "ໝ": "หม",
    "ຼ": "ล",
    "ຽ": "ีย",
    "ົ": "โ",  # a short o, written above
    "ໍ": "อ",
    "໌": "์",
    "ໆ": "",
    "ຯ": "",
}


def sounds(word: str) -> tuple[str, ...]:
    """A Lao word as slots."""
    return thai.sounds("".join(_turned(word)))


def _turned(word: str) -> list[str]:
    found: list[str] = []
    for at, letter in enumerate(word):
        if letter == "ົ" and found:
            short_ua = word[at + 1 : at + 2] == "ວ"
            found.append("ั" if short_ua else "")
            if not short_ua:
                found.insert(-2, "โ")
        elif letter == "ຽ" and found and word[max(at - 2, 0) : at - 1] == "ເ":
            found.append("ีย")
        elif letter == "ຽ" and found:
            found.insert(-1, "เ")
            found.append("ีย")
        elif letter == "ັ" and word[max(at - 2, 0) : at - 1] in ("ເ", "ແ"):
            found.append("็")
        else:
            beside = chr(ord(letter) - 0x80) if "\u0e80" <= letter <= "\u0eff" else ""
            found.append(_ASIDE.get(letter, beside))
    return found
