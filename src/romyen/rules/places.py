"""Places by the official Thai codes: province (2 digits), district (4), subdistrict (6).

The names and codes are those of the Department of Provincial Administration as shipped by
``geothai``; nothing is fetched. Codes that were abolished keep their names, because old papers
hold them. The data load on first use, only as deep as the code asks.
"""

from dataclasses import dataclass
from functools import cache
from typing import Literal, Protocol

from romyen.rules.refusals import refuse

Level = Literal["province", "district", "subdistrict"]
_LEVELS: dict[int, Level] = {2: "province", 4: "district", 6: "subdistrict"}


@dataclass(frozen=True)
class Place:
    """An official area. ``successors`` are the present codes of an abolished one."""

    code: str
    th: str
    en: str
    level: Level
    abolished: bool = False
    successors: tuple[str, ...] = ()

    def name(self, language: str) -> str:
        """The name in Thai or, for every other language, in Latin script."""
        return self.th if language.startswith("th") else self.en

    @property
    def parent(self) -> str:
        """The code of the area that this one lies in; empty for a province."""
        return self.code[:-2]


class _Area(Protocol):
    """What geothai's provinces, districts and subdistricts have in common."""

    @property
    def code(self) -> str: ...
    @property
    def name_th(self) -> str: ...
    @property
    def name_en(self) -> str: ...


def place(code: str, *, field: str = "") -> Place:
    """The place with this code, abolished ones too; refuses with ``RY-PLACE-UNKNOWN``."""
    found = _current(code) or _abolished().get(code)
    if found is None:
        raise refuse("RY-PLACE-UNKNOWN", field=field)
    return found


def children(code: str = "") -> list[Place]:
    """The present areas inside a place, by code; all provinces for the empty code.

    A subdistrict or an unknown code has none.
    """
    import geothai  # on first use: commands that ask for no place shall not wait for it

    if not code:
        return [_place(area) for area in geothai.provinces()]
    if len(code) == 2:
        return [_place(area) for area in geothai.districts(code)]
    return [_place(area) for area in geothai.subdistricts(code)]


def path(code: str, language: str) -> str:
    """The names from the smallest area up to the province, such as “Ko Tao, Ko Pha-ngan, …”."""
    names = [place(code[:end]).name(language) for end in range(len(code), 0, -2)]
    return " ".join(names) if language.startswith("th") else ", ".join(names)


def _current(code: str) -> Place | None:
    """The area in force with this code."""
    import geothai  # on first use, as above

    level = _LEVELS.get(len(code))
    area = getattr(geothai, level)(code) if level else None
    return _place(area) if area else None


def _place(area: "_Area") -> Place:
    """Our own value from geothai's."""
    return Place(area.code, area.name_th, area.name_en, _LEVELS[len(area.code)])


@cache
def _abolished() -> dict[str, Place]:
    """Areas that old papers still name. The newest wins where a code was used twice."""
    from geothai.abolished import abolished_areas  # read only when an old code is met

    return {
        area.code: Place(
            area.code, area.name_th, area.name_en or area.name_th, area.level, True, area.successors
        )
        for area in abolished_areas()
    }
