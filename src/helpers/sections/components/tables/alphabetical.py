"""The order of names in a list: alphabetical in Swedish."""

from __future__ import annotations

# The letters after z in Swedish, in their order; Python's own order has Ä before Å.
_AFTER_Z = str.maketrans({"å": "{", "ä": "|", "æ": "|", "ö": "}", "ø": "}", "é": "e", "ü": "y"})


def alphabetical_key(name: str) -> str:
    """The key by which names are sorted."""
    return name.casefold().translate(_AFTER_Z)
