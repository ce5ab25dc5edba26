"""A run loads the round once: its notebooks, in every language, get what it has loaded."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from helpers.data.new_round.round_options import RoundOptions
from helpers.data.new_round.round_scaffold import scaffold_round
from support.command_server import funding_report
from support.small_project import ROOT

# Whether the report of the notebook, and one of another day, are of what the command has loaded.
LOOKS = """\
import pathlib
from helpers.report.shared_report import shared_report
_before = BoardReport.load(round=round, as_of="2026-02-01", decisions=decisions)
_found = [bool(shared_report(one.params)) for one in (report, _before)]
with pathlib.Path("seen").open("a") as _file:
    _ = _file.write(f"{language} {_found} {report.inputs is shared_report(report.params).inputs};")
"""


@pytest.fixture
def project(small_project: Path) -> Path:
    path = small_project / "notebooks" / "board_report.ipynb"
    shutil.copy(ROOT / "notebooks" / "board_report.ipynb", path)
    content = json.loads(path.read_text(encoding="utf-8"))
    cell = {"cell_type": "code", "source": LOOKS, "metadata": {}, "outputs": []}
    content["cells"].insert(4, {**cell, "execution_count": None, "id": "looks"})
    path.write_text(json.dumps(content), encoding="utf-8")
    scaffold_round(RoundOptions("both", "2026-01-10", own_members=True, languages=("sv", "en")))
    return small_project


def seen(project: Path, *options: str) -> list[str]:
    """What each notebook saw; they are run side by side."""
    done = funding_report("board", "both", "--as-of", "2026-03-01", *options, cwd=project)
    assert done.returncode == 0, done.stderr
    return sorted((project / "seen").read_text(encoding="utf-8").split(";")[:-1])


def test_the_notebook_of_each_language_gets_it(project: Path) -> None:
    assert seen(project) == ["en [True, False] True", "sv [True, False] True"]


def test_so_does_one_whose_register_is_elsewhere(project: Path) -> None:
    register = project / "data" / "rounds" / "both" / "decisions.csv"
    elsewhere = register.rename(project / "elsewhere.csv")
    found = seen(project, "--decisions", str(elsewhere), "--language", "sv")
    assert found == ["sv [True, False] True"]


def test_a_second_release_of_the_day_gets_the_one_that_it_replaces(project: Path) -> None:
    first = seen(project)
    assert seen(project, "--force", "--reason", "A mistake") == sorted(2 * first)
