"""The tutorial, followed once for all the tests that begin where it ends."""

from __future__ import annotations

from pathlib import Path

import pytest

from snippets import ROOT, copy_of, follow, steps

# What sets up the environment is done by whoever runs the tests.
SET_UP = {"make report", ". .venv/bin/activate"}


@pytest.fixture(scope="session")
def followed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project in which the tutorial has been followed, each command as it stands."""
    place = copy_of(ROOT, tmp_path_factory.mktemp("tutorial") / "clone")
    todo = [step for step in steps("tutorial.md") if step.command not in SET_UP]
    assert len(todo) == len(steps("tutorial.md")) - len(SET_UP)
    follow(todo, place)
    return place
