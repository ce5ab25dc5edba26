"""The JSON text of all files that the project writes: one key a line."""

from __future__ import annotations

import json
from typing import Any


def json_text(content: Any) -> str:
    """The value as readable JSON, keys in their order, with a newline at the end."""
    return json.dumps(content, ensure_ascii=False, indent=1, allow_nan=False) + "\n"
