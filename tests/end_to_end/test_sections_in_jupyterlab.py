"""A report's sections in a real JupyterLab: their typeface, tables, map, and blank sections."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from support.jupyterlab import PATIENCE, jupyterlab, run_notebook

CELLS = [
    "from helpers import BoardReport, described\n"
    'report = BoardReport.load(round="skl-2016", as_of="2017-02-22")',
    "report.by_county()",
    "report.members()",
    "report.on_map()",
    "report.forecast()",
    "report.tables.members()",
    "report.by_county().figure",
    "from matplotlib.figure import Figure\n"
    "figure = Figure(figsize=(4, 2))\n"
    'figure.subplots().set(xlabel="inhabitants, thousands", ylabel="fee, kronor a year")\n'
    'described(figure, "Two axes.")',
]


@pytest.fixture(scope="module")
def shown(
    project: Path, browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Page]:
    home = tmp_path_factory.mktemp("lab")
    (home / "work").mkdir()
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(c) for c in CELLS])
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3"}
    nbformat.write(notebook, home / "work" / "sections.ipynb")
    with jupyterlab(home, project) as lab, run_notebook(lab, browser, "sections.ipynb") as page:
        yield page


def output(page: Page, cell: int) -> Locator:
    return page.locator(".jp-CodeCell").nth(cell).locator(".jp-OutputArea-output").last


def first_cells(table: Locator) -> list[str]:
    return table.locator("tbody tr:visible th").all_inner_texts()


def test_a_table_is_sorted_by_its_headings(shown: Page) -> None:
    table = output(shown, 1).locator("table")
    members = table.locator("thead th", has_text="Kommuner")
    members.click()
    # The counties with the most municipalities: 49, 33 and 26; the total stays below.
    assert first_cells(table)[:3] == ["Västra Götalands län", "Skåne län", "Stockholms län"]
    assert first_cells(table)[-1] == "Alla"
    members.click()
    assert first_cells(table)[0] == "Gotlands län"
    table.locator("thead th", has_text="Län").click()
    assert first_cells(table)[0] == "Blekinge län"


def test_a_table_is_filtered(shown: Page) -> None:
    section = output(shown, 1)
    section.locator("input.filter").fill("gotland")
    assert first_cells(section.locator("table")) == ["Gotlands län"]
    section.locator("input.filter").fill("")


def test_text_is_on_the_left_and_numbers_on_the_right(shown: Page) -> None:
    row = output(shown, 1).locator("tbody tr").first
    assert row.locator("th").evaluate("e => getComputedStyle(e).textAlign") == "left"
    assert row.locator("td").first.evaluate("e => getComputedStyle(e).textAlign") == "right"


def test_no_label_of_a_chart_is_cut(shown: Page) -> None:
    for cell in (1, 3, 7):
        beyond = (
            output(shown, cell)
            .locator("svg")
            .first.evaluate(
                """svg => {
                const box = svg.getBoundingClientRect();
                return [...svg.querySelectorAll("text, use")].filter(text => {
                    const own = text.getBoundingClientRect();
                    return own.left < box.left - 2 || own.right > box.right + 2
                        || own.top < box.top - 2 || own.bottom > box.bottom + 2;
                }).length;
            }"""
            )
        )
        assert beyond == 0, cell


def test_the_typeface_of_the_charts_is_there(shown: Page) -> None:
    faces = shown.evaluate(
        "() => [...document.fonts].filter(f => f.family.includes('Source Sans Pro'))"
        ".map(f => f.status)"
    )
    assert "loaded" in faces


def test_a_click_on_the_map_says_who_it_is(shown: Page) -> None:
    section = output(shown, 3)
    circle = section.locator("svg").first.locator("circle", has_text="Stockholm, ").first
    circle.dispatch_event("click")
    # Stockholm's fee is 292 828 kronor, and it is among those that say yes.
    expect(section.locator("p.member").first).to_contain_text("Stockholm, Stockholms län: 292")


def test_a_blank_section_says_why(shown: Page) -> None:
    expect(output(shown, 4)).to_contain_text("Ingen prognos är begärd", timeout=PATIENCE)


def test_a_figure_alone_is_shown(shown: Page) -> None:
    assert output(shown, 6).locator("img, svg").count() == 1


def test_a_table_of_the_analyst_has_all_rows_in_the_words_of_the_round(shown: Page) -> None:
    table = output(shown, 5).locator("table")
    assert table.count() == 1
    assert table.locator("tbody tr").count() == 290
    assert "Avgift, kr per år (fee)" in table.locator("thead th").all_inner_texts()
    table.locator("thead th", has_text="(fee)").click()
    # Stockholm pays most: 292 828 kronor.
    first = table.locator("tbody tr").first.inner_text()
    assert "Stockholm" in first
    assert "292\u00a0828" in first
