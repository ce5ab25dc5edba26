"""Leaves out two slow imports: imported first, for what it does, by our own programs alone.

jsonschema, which nbformat needs, compiles a grammar of international web addresses when it is
imported, for a second, so as to check a format (`iri`) that no notebook's schema has. pandera
imports hypothesis, where that is installed, so as to invent tables, which only a test would want.
Each does without where the package is not there.
"""

from __future__ import annotations

import sys
from importlib import import_module

NOT_INSTALLED = None  # Python's way to say, in sys.modules, that there is no such package

if "rfc3987_syntax" not in sys.modules:
    sys.modules["rfc3987_syntax"] = NOT_INSTALLED  # type: ignore[assignment]

if "hypothesis" not in sys.modules:
    sys.modules["hypothesis"] = NOT_INSTALLED  # type: ignore[assignment]
    try:
        import_module("pandera.strategies.pandas_strategies")
    finally:
        del sys.modules["hypothesis"]  # a notebook may want it
