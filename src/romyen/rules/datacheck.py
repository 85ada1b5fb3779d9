"""Checks every data file that ships with Romyen, for a start-up check and for the tests.

A data file says what it is in ``format``; files of other makers (roles, for instance) are left
to their own package.
"""

from collections.abc import Callable
from pathlib import Path

from yaml import YAMLError

from romyen.rules import clockdata, consent, lawwords, lists, screening

_READERS: dict[str, Callable[[Path], object]] = {
    lists.FORMAT: lists.load,
    clockdata.FORMAT: clockdata.load,
    consent.FORMAT: consent.bases,
    lawwords.FORMAT: lawwords.thai,
}


def check_data(root: Path | None = None) -> list[str]:
    """What is wrong with the data files below the packages; empty when all is well."""
    folder = root or Path(lists.__file__).parent.parent
    problems = [
        problem for path in sorted(folder.glob("*/data/*.yaml")) for problem in _problems(path)
    ]
    return problems if root else problems + _htcds_problems() + _screening_problems()


def _problems(path: Path) -> list[str]:
    """What its reader says against one file."""
    try:
        reader = _READERS.get(str(lists.read_yaml(path).get("format")))
        if reader is not None:
            reader(path)
    except (ValueError, KeyError, TypeError, YAMLError) as mistake:
        return [f"{path.parent.parent.name}/{path.name}: {mistake}"]
    return []


def _htcds_problems() -> list[str]:
    """Thai words may stand only beside codes that HTCDS has."""
    known = lists.htcds_fields()
    words = lists.read_yaml(Path(__file__).parent / "data" / "htcds_th.yaml")["lists"]
    unknown = [name for name in words if name not in known]
    unknown += [
        f"{name}.{code}"
        for name in set(words) & set(known)
        for code in words[name]
        if code not in lists.htcds(name)
    ]
    return [f"rules/htcds_th.yaml: {name} is not in HTCDS 2.0" for name in sorted(unknown)]


def _screening_problems() -> list[str]:
    """Every element of the explanation needs its indicators."""
    try:
        for name in screening.ELEMENTS:
            screening.indicators(name)
    except (KeyError, lists.BadData) as mistake:
        return [f"rules/screening.yaml: {mistake}"]
    return []
