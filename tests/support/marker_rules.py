"""Which tests are `slow`, `browser`, `postgres` or `faults`: by their folder and their fixtures.

A test that is slow for a reason of its own has the marker where it is written.
"""

from __future__ import annotations

from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parents[1]
OF_FOLDER = {
    "faults": "faults",
    "docs": "slow",
    "documents": "slow",
    "end_to_end": "slow",
    "letters": "slow",
    "security": "slow",
}
OF_FIXTURE = {
    "browser": "browser",
    "heard": "browser",
    "made": "slow",  # the shipped round's documents
    "postgres_server": "postgres",
}


# First: pytest itself leaves tests out by `-m` in this hook.
@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        folder = item.path.relative_to(TESTS).parts[0]
        fixtures = getattr(item, "fixturenames", ())
        for name in {OF_FOLDER.get(folder), *(OF_FIXTURE.get(fixture) for fixture in fixtures)}:
            if name:
                item.add_marker(name)
