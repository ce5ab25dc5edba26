"""The board report with its forecast, in an English draft made by the command line."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from support.command_server import funding_report
from support.pdf_tag_tree import Tag, read_tags

SECTION = ". Forecast"


@pytest.fixture(scope="module")
def draft(tmp_path_factory: pytest.TempPathFactory) -> Path:
    output = tmp_path_factory.mktemp("reports")
    done = funding_report(
        "board",
        "skl-2016",
        "--as-of",
        "2016-09-15",
        "--language",
        "en",
        "-p",
        "forecast",
        "true",
        "--output",
        output,
    )
    assert done.returncode == 0, done.stderr
    return output / "skl-2016" / "2016-09-15-draft-en"


@pytest.fixture(scope="module")
def page(draft: Path) -> str:
    return (draft / "board-report.en.html").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def found(draft: Path) -> dict[str, Any]:
    figures = json.loads((draft / "figures.json").read_text(encoding="utf-8"))
    return dict(figures["forecast"])


def test_it_is_an_appendix(page: str) -> None:
    sections = re.findall(r"<h2[^>]*>([^<]+)", page)
    assert [section.endswith(SECTION) for section in sections].count(True) == 1
    assert re.search(r"Appendix \d+\. Forecast", page)


def test_what_the_page_says_is_in_the_figures(page: str, found: dict[str, Any]) -> None:
    assert found["funded"] <= found["low"] < found["median"] < found["high"] <= found["ceiling"]
    text = page.replace("\u00a0", " ")
    assert 1_000_000 <= found["high"] - found["low"] < 10_000_000  # told to the nearest 100 000
    for name in ("low", "median", "high"):
        assert f"SEK {round(found[name], -5):,}" in text, name
    assert f"{100 * found['calibration']['held_share']:.1f}%" in text


def test_run_json_tells_that_it_was_asked_for(draft: Path) -> None:
    run = json.loads((draft / "run.json").read_text(encoding="utf-8"))
    assert run["parameters"]["forecast"] is True


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(
    page: str, open_page: Callable[..., Page], width: int, scheme: str
) -> None:
    tab = open_page(page, width, color_scheme=scheme)
    violations = Axe().run(tab).response["violations"]
    assert [rule["id"] for rule in violations] == []
    sideways = "() => document.scrollingElement.scrollWidth - document.documentElement.clientWidth"
    assert tab.evaluate(sideways) <= 0


def test_the_letters_of_its_chart_can_be_read_on_a_phone(
    page: str, open_page: Callable[..., Page]
) -> None:
    heights = open_page(page, 360).evaluate(
        """() => [...document.querySelectorAll('svg.slim[aria-label*="the forecast"] text')]
          .map(e => e.getBoundingClientRect().height)"""
    )
    assert len(heights) >= 6
    assert min(heights) >= 10  # CSS pixels, a line's box


def test_the_pdf_describes_the_chart_and_has_its_table(draft: Path, found: dict[str, Any]) -> None:
    tree: Tag = read_tags((draft / "board-report.en.pdf").read_bytes())
    described = [tag.alternative or "" for tag in tree.all("Figure")]
    assert sum("becomes a band" in words for words in described) == 1
    assert any(f"{round(found['median'], -5):,}" in table.text for table in tree.all("Table"))
