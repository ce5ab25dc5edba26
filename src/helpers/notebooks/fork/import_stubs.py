"""Skip two slow imports; this package's programs import this module before anything else.

jsonschema, which nbformat needs, compiles a grammar of international web addresses when it is
imported (one second), to check the format `iri`, which no notebook's schema uses. If hypothesis is
installed, pandera imports it to generate tables, which only tests need. Both libraries work without
the package.
"""

from __future__ import annotations

import sys
from importlib import import_module

NOT_INSTALLED = None  # in sys.modules: importing the package raises ImportError

if "rfc3987_syntax" not in sys.modules:
    sys.modules["rfc3987_syntax"] = NOT_INSTALLED  # type: ignore[assignment]

if "hypothesis" not in sys.modules:
    sys.modules["hypothesis"] = NOT_INSTALLED  # type: ignore[assignment]
    try:
        import_module("pandera.strategies.pandas_strategies")
    finally:
        del sys.modules["hypothesis"]  # a notebook may import it
