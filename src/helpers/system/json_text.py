"""JSON text as every file of the project is written: UTF-8, one key a line."""

from __future__ import annotations

import json
from typing import Any


def json_text(content: Any) -> str:
    """JSON as we write it everywhere: readable, in the order given, ending in a newline."""
    return json.dumps(content, ensure_ascii=False, indent=1, allow_nan=False) + "\n"
