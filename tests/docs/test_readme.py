"""The README, and the reference pages, are true: each command is run and prints what they show.

The README's first command is run as its make target runs it, less the installation.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from support.docs_snippets import ROOT, Step, copy_of, follow, steps

REPORT = "funding-report board skl-2016 --as-of 2017-02-22"
EARLIER = "funding-report board skl-2016 --as-of 2016-10-31"
# What installs, runs these tests, or opens JupyterLab.
NOT_RUN = re.compile(r"make (test|lab)$|.*\b(pip|venv|conda|activate)\b")
PAGES = sorted(path.stem for path in (ROOT / "docs/reference/commands").glob("*.md"))


@pytest.fixture(scope="module")
def reported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project without the reader's own releases, in which the README was followed."""
    place = copy_of(ROOT, tmp_path_factory.mktemp("readme") / "clone")
    for path in (place / "reports").iterdir():
        if path.is_dir():
            shutil.rmtree(path)
    (place / "reports/index.html").unlink(missing_ok=True)
    follow([Step(EARLIER, "…\n")], place)
    todo = [step for step in steps("../README.md") if not NOT_RUN.match(step.command)]
    assert {"make report", "funding-report status skl-2016"} <= {step.command for step in todo}
    follow(todo, place, {"make report": REPORT})
    return place


def test_make_report_makes_that_report() -> None:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    [recipe] = re.findall(r"^report:.*\n((?:\t.*\n)+)", text, re.MULTILINE)
    assert recipe == f"\t$(BIN)/{REPORT}\n"


def test_the_readme_is_a_way_in() -> None:
    """About 150 lines: what does not fit belongs to a page of docs/."""
    assert len((ROOT / "README.md").read_text(encoding="utf-8").splitlines()) <= 160


@pytest.mark.parametrize("page", PAGES)
def test_a_commands_page_followed_as_it_stands(page: str, reported: Path, tmp_path: Path) -> None:
    follow(steps(f"reference/commands/{page}.md"), copy_of(reported, tmp_path / "clone"))


def test_the_notebooks_by_papermill_and_nbconvert(reported: Path, tmp_path: Path) -> None:
    """The page and the PDF are, as the page says, those of the release, byte for byte."""
    place = copy_of(reported, tmp_path / "clone")
    follow(steps("reference/notebooks.md"), place)
    release = place / "reports/skl-2016/2016-10-31"
    for kind in ("html", "pdf"):
        made = (place / f"out.{kind}").read_bytes()
        assert made == (release / f"board-report.sv.{kind}").read_bytes()
    assert (place / "letter.pdf").read_bytes().startswith(b"%PDF")
