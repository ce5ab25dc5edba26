"""Characters that no parser of HTML passes on, held as others while it reads.

A control character or a lone half of a surrogate pair is in what programs print. The exporters
put it in words, as they do any character that no typeface has.
"""

from __future__ import annotations

import re

_ODD = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ud800-\udfff]")
_HELD = re.compile("[\U0010f000-\U0010f8ff]")  # private characters, which no text has
_SURROGATES, _OF_SURROGATES, _OF_CONTROLS = 0xD800, 0x10F000, 0x10F800


def hide_odd_characters(text: str) -> str:
    """Return the text with private characters in place of the odd ones."""
    joined = text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")
    return _ODD.sub(lambda match: chr(_held(ord(match[0]))), joined)


def odd_characters_of(text: str) -> str:
    """Return the text with the odd characters again."""
    return _HELD.sub(lambda match: chr(_original(ord(match[0]))), text)


def _held(code: int) -> int:
    is_surrogate = code >= _SURROGATES
    return code - _SURROGATES + _OF_SURROGATES if is_surrogate else code + _OF_CONTROLS


def _original(code: int) -> int:
    is_control = code >= _OF_CONTROLS
    return code - _OF_CONTROLS if is_control else code - _OF_SURROGATES + _SURROGATES
