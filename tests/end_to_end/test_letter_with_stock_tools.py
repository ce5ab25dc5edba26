"""A letter the way an analyst makes it: stock papermill, stock nbconvert, a real kernel."""

import os
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from pypdf import PdfReader

from helpers.documents.document import read_hand_over
from helpers.notebooks.execution import run_keeping_failure

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent
NOTEBOOK = ROOT / "notebooks" / "municipality_letter.ipynb"


def run(*command: str) -> None:
    subprocess.run(
        [str(BIN / command[0]), *command[1:]],
        cwd=ROOT,
        env={**os.environ, "JUPYTER_PLATFORM_DIRS": "1"},
        capture_output=True,
        text=True,
        check=True,
        timeout=300,
    )


@pytest.mark.parametrize("how", ["-r", "-p"])
def test_stock_papermill_finds_the_member_by_text_or_number(tmp_path: Path, how: str) -> None:
    out = tmp_path / "letter.ipynb"
    run("papermill", str(NOTEBOOK), str(out), how, "code", "0117", "-p", "language", "en")
    handed = read_hand_over(nbformat.read(out, as_version=4)) or {}
    # Österåker: 42 130 of 9 650 576.4 inhabitants; × 3 400 000 that is 14 842.84.
    assert handed["figures"]["code"] == "0117"
    assert handed["figures"]["name"] == "Österåker"
    assert handed["figures"]["receipt"]["exact"] == pytest.approx(14_842.84, abs=0.01)
    assert handed["figures"]["fee"] == 14_843


def test_our_engine_and_stock_nbconvert_make_the_documents(tmp_path: Path) -> None:
    asked = {"round": "skl-2016", "code": "0117", "as_of": "2017-02-22", "language": "sv"}
    executed = run_keeping_failure(NOTEBOOK, asked, "letter.ipynb", tmp_path / "failed")
    nbformat.write(executed, tmp_path / "letter.ipynb")
    for kind in ("html", "pdf"):
        run("jupyter", "nbconvert", "--to", f"board-{kind}", str(tmp_path / "letter.ipynb"))
    assert "Kommunstyrelsen, Österåker" in (tmp_path / "letter.html").read_text(encoding="utf-8")
    assert len(PdfReader(tmp_path / "letter.pdf").pages) == 1
