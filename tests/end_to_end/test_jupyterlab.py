"""JupyterLab as an analyst meets it: explore.ipynb run, its slider moved, the menu's PDF taken."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook
from playwright.sync_api import Browser, Page, Route, expect
from pypdf import PdfReader

from support.jupyterlab import PATIENCE, jupyterlab, menu, run_notebook
from support.notebook_cells import blocks

QUESTIONS = "how-to/ten-questions.md"


@pytest.fixture(scope="module")
def lab(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """A server of its own with a copy of the notebook: what jupyter writes of it, by name."""
    home = tmp_path_factory.mktemp("lab")
    (home / "work").mkdir()
    shutil.copy(project / "notebooks" / "explore.ipynb", home / "work")
    cells = [new_code_cell(source) for kind, source, _ in blocks(QUESTIONS) if kind == "python"]
    kernel = {"name": "python3", "display_name": "Python 3"}
    questions = new_notebook(cells=cells, metadata={"kernelspec": kernel})
    nbformat.write(questions, home / "work" / "questions.ipynb")
    with jupyterlab(home, project) as server:
        yield server


@pytest.fixture(scope="module")
def explored(lab: dict[str, Any], browser: Browser) -> Iterator[Page]:
    """The notebook open and run to its end."""
    with run_notebook(lab, browser, "explore.ipynb") as page:
        yield page


def test_the_slider_redraws_the_key_figures_and_the_chart(explored: Page) -> None:
    shown = explored.locator(".widget-html-content").first
    lead, chart = shown.locator("p.lead").first, shown.locator("svg.broad").first
    # Published: 209 of 290 municipalities said yes, 44 declined, and 37 had not answered.
    expect(lead).to_contain_text("209 (72%) said yes, 44 (15%) declined", timeout=PATIENCE)
    expect(shown.locator("h1")).to_contain_text("77% secured")
    before = chart.get_attribute("aria-label") or ""
    handle = explored.locator(".noUi-handle").first
    handle.scroll_into_view_if_needed()
    handle.focus()
    for _ in range(3):
        handle.press("ArrowLeft")
    # The last answer, a yes, came on 22 February.
    expect(lead).to_contain_text("208 (72%) said yes, 44 (15%) declined", timeout=PATIENCE)
    expect(chart).not_to_have_attribute("aria-label", before, timeout=PATIENCE)
    handle.press("Home")
    # The day of the recommendation: nobody had answered.
    expect(shown.locator("h1")).to_contain_text("Nothing is secured", timeout=PATIENCE)


def test_the_ten_questions_are_answered_in_cells(lab: dict[str, Any], browser: Browser) -> None:
    shown = [text for kind, _, text in blocks(QUESTIONS) if kind == "python"]
    with run_notebook(lab, browser, "questions.ipynb") as page:
        cells = page.locator(".jp-CodeCell").all()
        assert len(cells) == len(shown)
        for cell, text in zip(cells, shown, strict=True):
            words = cell.locator(".jp-OutputArea").inner_text().replace("\u00a0", " ")
            for line in text.splitlines()[:1]:
                assert line.strip("'") in words
        assert page.locator(".jp-RenderedText[data-mime-type*=error]").count() == 0
        # The warning of the join is written on stderr.
        warned = page.locator(".jp-RenderedText[data-mime-type*=stderr]").all_inner_texts()
        assert [text for text in warned if "Members without a row" in text]


def test_nobody_is_asked_anything(explored: Page) -> None:
    assert explored.locator(".Toastify__toast").all_inner_texts() == []
    assert explored.locator(".jp-Dialog").count() == 0


def test_the_menu_gives_the_board_pdf_of_what_is_shown(lab: dict[str, Any], explored: Page) -> None:
    # The menu opens a tab that is a download; what it asks the server for is asked here instead.
    asked: list[tuple[str, dict[str, str]]] = []

    def keep(route: Route) -> None:
        asked.append((route.request.url, route.request.headers))
        route.abort()

    explored.context.route("**/nbconvert/board_pdf/**", keep)
    listed = explored.context.request.get(f"{lab['url']}api/nbconvert?token={lab['token']}").json()
    # The server's addresses take no hyphen: the command line's names would lead nowhere.
    assert {name for name in listed if name.startswith("board")} == {"board_html", "board_pdf"}
    # JupyterLab names an exporter by its entry point, with a capital.
    menu(explored, "File", "Save and Export Notebook As", "Board_pdf")
    end = time.monotonic() + PATIENCE / 1000
    while not asked and time.monotonic() < end:
        explored.wait_for_timeout(200)
    [(address, headers)] = asked
    # The server answers nobody who does not say where he comes from.
    referer = {"Referer": headers.get("referer", "")}
    answer = explored.context.request.get(address, headers=referer, timeout=PATIENCE)
    assert answer.ok, answer.text()[:2000]
    assert "explore.pdf" in answer.headers["content-disposition"]
    read = PdfReader(BytesIO(answer.body()))
    words = "".join(page.extract_text() for page in read.pages)
    assert "Explore a round" in words
    # 2 618 626 of 3 400 000 a year: the fees of those that had said yes (published: 2,6 millions).
    assert "2618626" in words
    assert "Reconstructed answers" in read.pages[0].extract_text()
