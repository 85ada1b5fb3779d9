"""The log: who did what to whom and why, and that nothing of it was changed since.

``from romyen import audit`` gives the verbs ``record``, ``record_many``, ``record_alone``,
``integrate`` and ``entries_about``. They are looked up when they are first used, because this
package is imported while Django is still taking up its apps.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from romyen.audit.actions import One as One
    from romyen.audit.actions import record as record
    from romyen.audit.actions import record_alone as record_alone
    from romyen.audit.actions import record_many as record_many
    from romyen.audit.integration import integrate as integrate
    from romyen.audit.queries import entries_about as entries_about

_HOMES = {
    "One": "actions",
    "record": "actions",
    "record_many": "actions",
    "record_alone": "actions",
    "integrate": "integration",
    "entries_about": "queries",
}

__all__ = ["One", "entries_about", "integrate", "record", "record_alone", "record_many"]


def __getattr__(name: str) -> Any:
    """Fetch a verb from its module at its first use."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
