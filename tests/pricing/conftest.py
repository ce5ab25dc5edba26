"""The shipped municipalities as a pricing rule sees them, and rounds with members of their own."""

from __future__ import annotations

import csv
import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from support.new_rounds import create_round


@pytest.fixture(scope="session")
def inhabitants(project: Path) -> dict[str, dict[str, int]]:
    """The inhabitants of the 290 municipalities, by column and code, read without our own code."""
    with (project / "data/municipalities.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    columns = [name for name in rows[0] if name.startswith("population_")]
    return {name: {row["code"]: int(row[name]) for row in rows} for name in columns}


@pytest.fixture
def own_round(
    tmp_path: Path, project: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[str, str], Path]:
    """Makes a round of its own with `funding-report new-round`'s own code, then fills it in.

    `stated` is requested (or nothing) and [pricing], as docs/reference/pricing.md writes them;
    `members` the whole of members.csv. The working folder is the round's project.
    """
    root = tmp_path / "project"
    (root / "data" / "rounds").mkdir(parents=True)
    shutil.copy(project / "data" / "municipalities.csv", root / "data")
    monkeypatch.chdir(root)

    def make(stated: str, members: str) -> Path:
        folder = create_round("egen-2026", date(2026, 1, 10), own_members=True)
        requested, _, pricing = stated.partition("[pricing]\n")
        text = (folder / "round.toml").read_text(encoding="utf-8")
        text = re.sub(r"requested = 100_000.*\n", lambda _: requested, text)
        text = re.sub(r'(\[pricing\]\n)rule = "by-weight".*\n', lambda m: m[1] + pricing, text)
        (folder / "round.toml").write_text(text, encoding="utf-8")
        (folder / "members.csv").write_text(members, encoding="utf-8")
        return folder

    return make
