"""Leaves out one slow import: imported first, for what it does, by our own programs alone.

jsonschema, which nbformat needs, compiles a grammar of international web addresses when it is
imported, for a second, so as to check a format (`iri`) that no notebook's schema has. It does
without where the package is not there.
"""

from __future__ import annotations

import sys

if "rfc3987_syntax" not in sys.modules:
    sys.modules["rfc3987_syntax"] = None  # type: ignore[assignment]  # Python's way to say: absent
