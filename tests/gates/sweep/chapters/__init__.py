"""The chapters of the sweep's story: one module for each package above the case.

A chapter has ``ROUTES`` (see ``expectations``) and ``tell(story)``, which makes through the verbs
one of everything that its routes name, every free word a canary (``story.say``).
"""

from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType


def chapters() -> list[ModuleType]:
    """All of them, by name."""
    names = sorted(module.name for module in iter_modules(__path__))
    return [import_module(f"{__name__}.{name}") for name in names]
