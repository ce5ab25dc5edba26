"""The JSON text of all files that the project writes, and strict reading of JSON from elsewhere."""

from __future__ import annotations

import json
from io import BytesIO, TextIOWrapper
from typing import Any


def json_text(content: Any) -> str:
    """The value as readable JSON, keys in their order, with a newline at the end."""
    return json_bytes(content).decode()


def json_bytes(content: Any) -> bytes:
    """The text of `json_text` in UTF-8.

    It is written piece by piece: `json.dumps` keeps all pieces of a text until it is complete, ten
    times as much memory as the text.
    """
    written = BytesIO()
    text = TextIOWrapper(written, encoding="utf-8", newline="\n")
    json.dump(content, text, ensure_ascii=False, indent=1, allow_nan=False)
    text.write("\n")
    text.flush()
    return written.getvalue()


class StrictJsonError(ValueError):
    """A text that Python would read as JSON and that is refused; the message states the reason."""


def strict_json(text: bytes | str) -> Any:
    """Parse JSON; raises ValueError, for a duplicate key and deep nesting StrictJsonError.

    Of a key that occurs twice, Python would keep the last value and other readers the first.
    """
    try:
        return json.loads(text, object_pairs_hook=_object, parse_constant=_reject_constant)
    except RecursionError:
        raise StrictJsonError("its values are nested too deeply") from None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise StrictJsonError(f"the key {twice[:40]!r} occurs twice")
    return found


def _reject_constant(constant: str) -> Any:
    raise StrictJsonError(f"{constant} is not a JSON number")
