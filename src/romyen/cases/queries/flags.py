"""The flags that stand on cases."""

from collections.abc import Collection

from romyen.cases.models import Flag


def flags_in(cases: Collection[str]) -> dict[str, list[str]]:
    """The codes of the flags of each of these cases, which the caller may read. One query."""
    found: dict[str, list[str]] = {}
    rows = Flag.objects.filter(case__in=cases, ended_at=None).order_by("at", "code")
    for case, code in rows.values_list("case", "code"):
        found.setdefault(case, []).append(code)
    return found
