"""The roles, read from ``data/roles.yaml`` and checked when they are first asked for."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from romyen.keys.compartments import COMPARTMENTS
from romyen.rules.policy import Role

ROLES_FILE = Path(__file__).parent / "data" / "roles.yaml"
SYSTEM_ROLE = "operator"


def read_roles(text: str) -> dict[str, Role]:
    """Roles from YAML; raises ValueError naming the role whose entry makes no sense."""
    rows: dict[str, dict[str, Any]] = yaml.safe_load(text)["roles"]
    roles = {code: _role(code, row) for code, row in rows.items()}
    for role in roles.values():
        if unknown := role.may_confer - set(roles):
            raise ValueError(f"role {role.code} may confer unknown roles: {sorted(unknown)}")
        if alone := {code for code in role.may_confer if roles[code].by_two}:
            raise ValueError(f"role {role.code} alone confers what takes two: {sorted(alone)}")
    return roles


def _role(code: str, row: dict[str, Any]) -> Role:
    if unknown := set(row["compartments"]) - set(COMPARTMENTS):
        raise ValueError(f"role {code} opens unknown compartments: {sorted(unknown)}")
    if bad := [verb for verb in row["does"] if "." not in verb]:
        raise ValueError(f"role {code}: verbs are <noun>.<verb>, not {bad}")
    return Role(
        code,
        frozenset(row["does"]),
        frozenset(row.get("may_confer", ())),
        tuple(row["compartments"]),
        bool(row.get("trustee", False)),
        row["en"],
        row["th"],
        bool(row.get("by_two", False)),
    )


@cache
def roles() -> dict[str, Role]:
    """The roles of this installation."""
    return read_roles(ROLES_FILE.read_text(encoding="utf-8"))


def role_name(code: str, language: str) -> str:
    """A role's name in Thai (draft) or English."""
    role = roles()[code]
    return role.name_th if language.startswith("th") else role.name_en


def conferrable() -> list[str]:
    """The roles that one person may give to another, on a page or by a command."""
    return [code for code, role in roles().items() if code != SYSTEM_ROLE and not role.by_two]
