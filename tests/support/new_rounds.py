"""New rounds in the working project, as `new-round` writes them."""

from __future__ import annotations

import shutil
from contextlib import chdir
from dataclasses import replace
from datetime import date, timedelta
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


def project_with_few(root: Path, begins_on: date) -> Path:
    """Create a project with the notebooks and a round named few; return the round's folder."""
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


def many_members(name: str, begins_on: date, *, members: int, groups: int) -> Path:
    """Create a round with members in groups; three of four members have answered."""
    folder = create_round(name, begins_on, own_members=True)
    codes = [f"{number:04}" for number in range(1, members + 1)]
    rows = [f"{c},Ort {c},Grupp {int(c) % groups + 1},{int(c) + 50}" for c in codes]
    (folder / "members.csv").write_text("\n".join(["code,name,group,weight", *rows]) + "\n")
    days = {code: begins_on + timedelta(days=int(code) % 70) for code in codes if int(code) % 4}
    answers = [f"{c},{day},{day},{'no' if int(c) % 5 == 0 else 'yes'}" for c, day in days.items()]
    heading = "code,decided_on,received_on,decision"
    (folder / "decisions.csv").write_text("\n".join([heading, *answers]) + "\n")
    return folder
