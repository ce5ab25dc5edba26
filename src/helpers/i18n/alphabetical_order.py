"""The order of the Swedish alphabet."""

from __future__ import annotations

import re

# The letters after z in their order; Python's own order has Ä before Å.
_AFTER_Z = str.maketrans({"å": "{", "ä": "|", "æ": "|", "ö": "}", "ø": "}", "é": "e", "ü": "y"})


_NUMBER = re.compile(r"\d+")
_DIGITS = 20  # more than any number in a name has


def alphabetical_key(text: object) -> str:
    """Return a key by which texts are sorted as in a Swedish list: å, ä and ö after z.

    Numbers are in their order: house 2 comes before house 10.
    """
    words = str(text).casefold().translate(_AFTER_Z)
    return _NUMBER.sub(lambda number: number[0].zfill(_DIGITS), words)
