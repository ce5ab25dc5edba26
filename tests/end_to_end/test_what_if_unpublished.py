"""A board notebook that shows a what-if publishes nothing, whatever of it is one."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import nbformat
import pytest

from support.command_server import funding_report
from support.new_rounds import create_round

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("cell_id", "source"),
    [
        ("largest", 'report.with_answers({"0001": "yes"}).largest()'),
        ("hand-over", 'report.without(["0001"]).hand_over()'),
    ],
)
def test_a_what_if_in_the_board_notebook_is_refused(
    cell_id: str, source: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "data" / "rounds").mkdir(parents=True)
    shutil.copytree(ROOT / "notebooks", tmp_path / "notebooks")
    monkeypatch.chdir(tmp_path)
    create_round("few", date(2026, 1, 10), own_members=True)
    path = tmp_path / "notebooks" / "board_report.ipynb"
    notebook = nbformat.read(path, 4)
    [cell] = [cell for cell in notebook.cells if cell.id == cell_id]
    cell.source = source
    nbformat.write(notebook, path)
    refused = funding_report(
        "board", "few", "--as-of", "2026-02-01", "--output", tmp_path / "out", cwd=tmp_path
    )
    assert refused.returncode == 3
    assert "shows a what-if, which is not published" in refused.stderr
    assert list((tmp_path / "out").glob("few/2026*")) == []
