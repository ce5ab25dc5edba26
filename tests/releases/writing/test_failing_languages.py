"""Languages that are written at the same time and fail: what is kept of them is always the same."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from helpers.data.new_round.round_options import RoundOptions
from helpers.data.new_round.round_scaffold import scaffold_round
from support.command_server import funding_report
from support.small_project import ROOT

# The languages in `fails` fail, each after the notebooks of those in its value are kept.
FAILS = """\
import pathlib, time
_until = time.monotonic() + 60
for _other in {fails}[language]:
    while not [*pathlib.Path("reports/failed").glob(f"*.{{_other}}.ipynb")]:
        assert time.monotonic() < _until
        time.sleep(0.01)
raise ValueError(f"stopped in {{language}}")
"""


def failed(project: Path, fails: dict[str, list[str]]) -> tuple[str, list[str]]:
    """Run the report; return the message, and the names of the notebooks that are kept."""
    path = project / "notebooks" / "board_report.ipynb"
    shutil.copy(ROOT / "notebooks" / "board_report.ipynb", path)
    content = json.loads(path.read_text(encoding="utf-8"))
    source = f"if language in {fails}:\n" + "\n".join(
        f"    {line}" for line in FAILS.format(fails=fails).splitlines()
    )
    cell = {"cell_type": "code", "source": source, "metadata": {}, "outputs": []}
    content["cells"].insert(2, {**cell, "execution_count": None, "id": "fails"})
    path.write_text(json.dumps(content), encoding="utf-8")
    scaffold_round(RoundOptions("both", "2026-01-10", own_members=True, languages=("sv", "en")))
    done = funding_report("board", "both", "--as-of", "2026-03-01", cwd=project)
    assert done.returncode == 3, done.stderr
    kept = sorted(path.name for path in (project / "reports" / "failed").iterdir())
    return done.stderr, kept


@pytest.mark.parametrize(
    ("fails", "language"),
    [
        ({"sv": ["en"], "en": []}, "sv"),
        ({"sv": [], "en": ["sv"]}, "sv"),
        ({"sv": []}, "sv"),
        ({"en": []}, "en"),
    ],
)
def test_the_notebook_of_the_first_language_that_failed_is_kept(
    small_project: Path, fails: dict[str, list[str]], language: str
) -> None:
    """Also if that of a later language was kept before it, or would be after it."""
    printed, kept = failed(small_project, fails)
    assert kept == [f"both-2026-03-01-board-report.{language}.ipynb"]
    assert f"stopped in {language}" in printed
    assert kept[0] in printed
