"""Pages that list the keys of a JSON file, read so that a test can compare them with a real one.

A heading such as "## `periods[].tally`" is the place of the keys in the table below it: `[]` is
each item of a list, `*` stands for keys that are data; a heading with none is the top. A row's
first cell is a key, or `first` … `last` of the keys at the top. A unit with ", by " says that the
keys within are data.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

DOCS = Path(__file__).resolve().parents[2] / "docs" / "reference"
TOP = ""
_ROW = re.compile(r"^\| `(\w+)`(?: … `(\w+)`)? \| ([^|]+) \| [^|]+ \|$", re.MULTILINE)


@dataclass
class Reference:
    """The keys of each place, in the page's order, and the places whose keys are data."""

    keys: dict[str, list[str]] = field(default_factory=dict)
    data: set[str] = field(default_factory=set)

    def found_in(self, value: Any, place: str, found: dict[str, set[str]]) -> None:
        """Add the keys of a value, and of all within it, to those found at each place."""
        if isinstance(value, list):
            for item in value:
                self.found_in(item, f"{place}[]", found)
        elif isinstance(value, dict) and place in self.data:
            for item in value.values():
                self.found_in(item, f"{place}.*", found)
        elif isinstance(value, dict):
            found.setdefault(place, set()).update(value)
            for key, item in value.items():
                self.found_in(item, f"{place}.{key}".strip("."), found)


def read_reference(page: str) -> Reference:
    """What a page of docs/reference/ lists."""
    made = Reference()
    for places, body in _sections((DOCS / page).read_text(encoding="utf-8")):
        for first, last, unit in _ROW.findall(body):
            top = made.keys.get(TOP, [])
            names = top[top.index(first) : top.index(last) + 1] if last else [first]
            for place in places:
                made.keys.setdefault(place, []).extend(names)
                if ", by " in unit:
                    made.data.add(f"{place}.{first}".strip("."))
    return made


def _sections(text: str) -> Iterator[tuple[list[str], str]]:
    for part in text.split("\n## ")[1:]:
        heading, _, body = part.partition("\n")
        yield re.findall(r"`([^`]+)`", heading) or [TOP], body
