"""Skip slow imports for which nobody asks; programs of this package import this module first.

jsonschema, which nbformat needs, compiles a grammar of international web addresses when it is
imported (one second), to check the format `iri`, which no notebook's schema uses. It works without
the package.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module
from types import ModuleType
from typing import Any

NOT_INSTALLED = None  # in sys.modules: importing the package raises ImportError


class _ImportedWhenUsed(ModuleType):
    """Stands for a module, which is imported when a name in it is asked for."""

    def __getattr__(self, name: str) -> Any:
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        return getattr(import_module(self.__name__), name)


class _FindsNothing(ModuleType):
    """Stands for the library `entrypoints`: no package has registered anything."""

    @staticmethod
    def get_group_all(group: str) -> list[Any]:
        """What is registered in the group: nothing."""
        del group
        return []


def import_without(
    *packages: str, module: str, until_used: Sequence[str] = (), finds_nothing: Sequence[str] = ()
) -> None:
    """Import a module as if packages that it can do without were not installed.

    Those of `until_used` are imported when the module first uses them. Those of `finds_nothing`
    find no entry points.
    """
    instead: dict[str, Any] = dict.fromkeys(packages, NOT_INSTALLED)
    instead |= {name: _ImportedWhenUsed(name) for name in until_used}
    instead |= {name: _FindsNothing(name) for name in finds_nothing}
    instead = {name: one for name, one in instead.items() if name not in sys.modules}
    sys.modules.update(instead)
    try:
        import_module(module)
    finally:
        for name, one in instead.items():  # a notebook may import it
            if name in sys.modules and sys.modules[name] is one:
                del sys.modules[name]


if "rfc3987_syntax" not in sys.modules:
    sys.modules["rfc3987_syntax"] = NOT_INSTALLED  # type: ignore[assignment]
