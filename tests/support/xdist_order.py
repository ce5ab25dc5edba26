"""How `make test` shares the tests out among its processes, file by file (pytest-xdist).

The tests of a file stay together, for the fixtures that they share. What takes longest comes first,
so that no process waits for another at the end.
"""

from __future__ import annotations

from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parents[1]
FIRST = ["faults", "end_to_end", "docs", "security", "documents", "letters", "releases"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: _place(item.path))


def _place(path: Path) -> int:
    folder = path.relative_to(TESTS).parts[0]
    return FIRST.index(folder) if folder in FIRST else len(FIRST)
