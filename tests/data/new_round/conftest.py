"""A project with nothing but the municipalities, for the tests of new rounds."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def root(tmp_path: Path, project: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project without rounds, which becomes the working folder."""
    (tmp_path / "data" / "rounds").mkdir(parents=True)
    shutil.copy(project / "data" / "municipalities.csv", tmp_path / "data")
    monkeypatch.chdir(tmp_path)
    return tmp_path
