"""Skip a slow import; this package's programs import this module before anything else.

jsonschema, which nbformat needs, compiles a grammar of international web addresses when it is
imported (one second), to check the format `iri`, which no notebook's schema uses. It works without
the package.
"""

from __future__ import annotations

import sys
from importlib import import_module

NOT_INSTALLED = None  # in sys.modules: importing the package raises ImportError


def import_without(package: str, module: str) -> None:
    """Import a module as if a package that it can do without were not installed."""
    if package in sys.modules:
        return
    sys.modules[package] = NOT_INSTALLED  # type: ignore[assignment]
    try:
        import_module(module)
    finally:
        del sys.modules[package]  # a notebook may import it


if "rfc3987_syntax" not in sys.modules:
    sys.modules["rfc3987_syntax"] = NOT_INSTALLED  # type: ignore[assignment]
