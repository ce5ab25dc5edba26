"""New rounds in the working project, as `new-round` writes them."""

from __future__ import annotations

import shutil
from contextlib import chdir
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from helpers.data.new_round.round_options import RoundOptions
from helpers.data.new_round.round_scaffold import scaffold_round
from helpers.data.round.round_inputs import RoundInputs, load_inputs
from helpers.errors import DataError
from helpers.model.currency import SEK
from helpers.model.localized_text import Language

ROOT = Path(__file__).resolve().parents[2]
ROOF = RoundOptions("roof", "2026-01-15", own_members=True)
MUNICIPAL = RoundOptions("all", "2026-01-15")


def create_round(
    name: str,
    begins_on: date,
    *,
    own_members: bool,
    currency: str = SEK,
    language: Language = "sv",
    comments: Language = "en",
) -> Path:
    """Create the folder of a new round with the usual values, and return its path."""
    options = RoundOptions(
        name, begins_on.isoformat(), own_members, currency=currency, languages=(language,)
    )
    return scaffold_round(options, comments)


def create_project(root: Path, begins_on: date) -> Path:
    """Create a project with the source notebooks and a round named few; return its folder."""
    (root / "data" / "rounds").mkdir(parents=True)
    shutil.copytree(ROOT / "notebooks", root / "notebooks")
    with chdir(root):
        return create_round("few", begins_on, own_members=True)


def created(options: RoundOptions, **chosen: Any) -> RoundInputs:
    """Create a round with these options, and return what is read of it."""
    scaffold_round(replace(options, **chosen))
    return load_inputs(options.name)


def refused(options: RoundOptions, **chosen: Any) -> list[str]:
    """Return the problems of options that are refused; no folder may be left."""
    with pytest.raises(DataError) as caught:
        scaffold_round(replace(options, **chosen))
    assert not list(Path("data/rounds").iterdir())
    return [str(problem) for problem in caught.value.problems]
