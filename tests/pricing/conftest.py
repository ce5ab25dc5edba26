"""The shipped municipalities as a pricing rule sees them: columns of numbers by code."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def inhabitants(project: Path) -> dict[str, dict[str, int]]:
    """The inhabitants of the 290 municipalities, by column and code, read without our own code."""
    with (project / "data/municipalities.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    columns = [name for name in rows[0] if name.startswith("population_")]
    return {name: {row["code"]: int(row[name]) for row in rows} for name in columns}
