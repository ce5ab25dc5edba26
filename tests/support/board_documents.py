"""The board report of the shipped round in both languages, made once for all tests."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from nbformat import NotebookNode

from helpers.documents.document import read_hand_over
from helpers.documents.exporters import BoardHTMLExporter, BoardPDFExporter
from helpers.i18n.localizer import Localizer
from helpers.model.localized_text import Language
from helpers.notebooks.execution import run_keeping_failure

ROOT = Path(__file__).resolve().parents[2]
LANGUAGES: list[Language] = ["sv", "en"]


@dataclass(frozen=True)
class Made:
    """One language's notebook, page and PDF."""

    language: Language
    executed: NotebookNode
    page: str
    pdf: bytes

    @property
    def figures(self) -> dict[str, Any]:
        """What the notebook handed over."""
        handed = read_hand_over(self.executed)
        assert handed is not None
        return dict(handed["figures"])

    @property
    def headline(self) -> str:
        """The answer in one sentence, as the notebook handed it over."""
        return str((read_hand_over(self.executed) or {})["headline"])

    def key_figures(self) -> dict[str, str]:
        """Every key figure of figures.json as printed; docs/reference/figures.md defines them."""
        loc, figures = Localizer(self.language), self.figures
        amounts = ["requested", "funded", "gap", "funded_if_all_unanswered_yes"]
        counts = ["members", "answered", "yes", "no", "unanswered"]
        shares = ["funded_share", "yes_share", "no_share", "yes_population_share"]
        return {
            **{name: loc.count(figures[name]) for name in amounts + counts},
            **{name: percent(loc, figures[name]) for name in shares},
            "answered_share": percent(loc, figures["answered_share"]),
            **{f"by_year {year}": loc.count(n) for year, n in figures["by_year"].items()},
        }


def percent(loc: Localizer, share: float) -> str:
    """A share of figures.json as a whole percentage."""
    number = f"{100 * share:.0f}"
    return f"{number}\u00a0%" if loc.language == "sv" else f"{number}%"


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[Language, Made]:
    failed = tmp_path_factory.mktemp("failed")
    notebook = ROOT / "notebooks" / "board_report.ipynb"
    found = {}
    for language in LANGUAGES:
        parameters = {"round": "skl-2016", "as_of": "2017-02-22", "language": language}
        executed = run_keeping_failure(
            notebook, parameters, f"board-report.{language}.ipynb", failed
        )
        page = str(BoardHTMLExporter().from_notebook_node(executed)[0])
        pdf = bytes(BoardPDFExporter().from_notebook_node(executed)[0])
        found[language] = Made(language, executed, page, pdf)
    return found


@pytest.fixture(scope="session")
def executed(made: dict[Language, Made]) -> NotebookNode:
    return made["sv"].executed


@pytest.fixture(scope="session")
def page(made: dict[Language, Made]) -> str:
    return made["sv"].page


@pytest.fixture(scope="session")
def pdf(made: dict[Language, Made]) -> bytes:
    return made["sv"].pdf
