"""JupyterLab as an analyst meets it: explore.ipynb run, its slider moved, the menu's PDF taken."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook
from playwright.sync_api import Browser, Page, Route, expect
from pypdf import PdfReader

from support.notebook_cells import blocks

QUESTIONS = "how-to/ten-questions.md"
PATIENCE = 120_000  # milliseconds: a loaded machine takes its time to start a kernel
START = 120  # seconds


@pytest.fixture(scope="module")
def lab(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """A server of its own with a copy of the notebook: what jupyter writes of it, by name."""
    home = tmp_path_factory.mktemp("lab")
    (home / "work").mkdir()
    shutil.copy(project / "notebooks" / "explore.ipynb", home / "work")
    cells = [source for kind, source, _ in blocks(QUESTIONS) if kind == "python"]
    nbformat.write(notebook_of(cells), home / "work" / "questions.ipynb")
    settings = home / "settings" / "@jupyterlab" / "notebook-extension"
    settings.mkdir(parents=True)
    # Cells out of sight stay in the page, where the test can read them.
    (settings / "tracker.jupyterlab-settings").write_text('{"windowingMode": "none"}')
    places = {
        "JUPYTER_CONFIG_DIR": "config", "JUPYTER_DATA_DIR": "data", "JUPYTER_RUNTIME_DIR": "run",
        "JUPYTERLAB_SETTINGS_DIR": "settings", "JUPYTERLAB_WORKSPACES_DIR": "spaces",
        "IPYTHONDIR": "ipython",
    }  # fmt: skip
    environment = os.environ | {name: str(home / place) for name, place in places.items()}
    # As `make lab` does, but for this server alone.
    [news] = re.findall(r"^NEWS := (\S+)$", (project / "Makefile").read_text(), re.MULTILINE)
    disable = [sys.executable, "-m", "jupyter", "labextension", "disable", "--level=user", news]
    subprocess.run(disable, env=environment, cwd=home, check=True, capture_output=True)
    command = [
        sys.executable, "-m", "jupyterlab", "--no-browser", "--ip=127.0.0.1", "--port=0",
        "--allow-root", f"--ServerApp.root_dir={home / 'work'}",
    ]  # fmt: skip
    with (home / "log").open("wb") as log:
        server = subprocess.Popen(
            command, env=environment, cwd=home / "work", stdout=log, stderr=subprocess.STDOUT
        )
        try:
            yield wait_for(server, home)
        finally:
            server.terminate()
            try:
                server.wait(30)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait(30)


def wait_for(server: subprocess.Popen[bytes], home: Path) -> dict[str, Any]:
    end = time.monotonic() + START
    while time.monotonic() < end and server.poll() is None:
        for path in (home / "run").glob("jpserver-*.json"):
            try:
                about: dict[str, Any] = json.loads(path.read_text())
            except ValueError:  # not yet written to its end
                continue
            if "JupyterLab application directory" in (home / "log").read_text() and about["port"]:
                return about
        time.sleep(0.2)
    pytest.fail(f"JupyterLab did not start:\n{(home / 'log').read_text()[-3000:]}")


def notebook_of(sources: list[str]) -> NotebookNode:
    kernel = {"name": "python3", "display_name": "Python 3"}
    cells = [new_code_cell(source) for source in sources]
    made: NotebookNode = new_notebook(cells=cells, metadata={"kernelspec": kernel})
    return made


@pytest.fixture(scope="module")
def explored(lab: dict[str, Any], browser: Browser) -> Iterator[Page]:
    """The notebook open and run to its end."""
    yield from run_to_the_end(lab, browser, "explore.ipynb")


def run_to_the_end(lab: dict[str, Any], browser: Browser, name: str) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1400, "height": 1000}, accept_downloads=True)
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(f"{lab['url']}lab/tree/{name}?token={lab['token']}")
    page.locator(".jp-Notebook").wait_for()
    # Asked to run before its kernel is there, JupyterLab would ask which one to take.
    expect(page.locator("#jp-main-statusbar")).to_contain_text("| Idle", timeout=PATIENCE)
    dialog = page.locator(".jp-Dialog .jp-mod-accept")
    page.add_locator_handler(dialog, lambda found: found.click())
    menu(page, "Run", "Run All Cells")
    # The last cell's number in brackets: all before it have run.
    cells = page.locator(".jp-CodeCell")
    prompt = cells.last.locator(".jp-InputPrompt")
    expect(prompt).to_have_text(f"[{cells.count()}]:", timeout=PATIENCE)
    yield page
    context.close()


def menu(page: Page, *path: str) -> None:
    page.locator(".lm-MenuBar-item", has_text=path[0]).first.click()
    for name in path[1:]:
        item = page.locator(".lm-Menu-item:visible").filter(
            has=page.locator(f'.lm-Menu-itemLabel:text-is("{name}")')
        )
        item.hover()
        item.click()


def test_the_slider_redraws_the_key_figures_and_the_chart(explored: Page) -> None:
    shown = explored.locator(".widget-html-content").first
    expect(shown.locator("h1")).to_contain_text("22 February 2017", timeout=PATIENCE)
    before = shown.locator("svg.broad").first.get_attribute("aria-label")
    handle = explored.locator(".noUi-handle").first
    handle.scroll_into_view_if_needed()
    handle.focus()
    for _ in range(3):
        handle.press("ArrowLeft")
    expect(shown.locator("h1")).to_contain_text("19 February 2017", timeout=PATIENCE)
    handle.press("Home")
    expect(shown.locator("h1")).to_contain_text("10 June 2016", timeout=PATIENCE)
    assert shown.locator("svg.broad").first.get_attribute("aria-label") != before


def test_the_ten_questions_are_answered_in_cells(lab: dict[str, Any], browser: Browser) -> None:
    shown = [text for kind, _, text in blocks(QUESTIONS) if kind == "python"]
    for page in run_to_the_end(lab, browser, "questions.ipynb"):
        outputs = page.locator(".jp-CodeCell").all()
        assert len(outputs) == len(shown)
        for cell, text in zip(outputs, shown, strict=True):
            words = cell.locator(".jp-OutputArea").inner_text().replace("\u00a0", " ")
            for line in text.splitlines()[:1]:
                assert line.strip("'") in words
        # Error outputs have this type; the join's warning is written on stderr.
        assert page.locator(".jp-RenderedText[data-mime-type*=error]").count() == 0
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
