"""A printed text that is too long for a document is cut in the middle, with a word."""

from __future__ import annotations

import logging
import time

import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

from helpers.documents.content.cell_source import CellSource
from helpers.documents.exporters import BoardHTMLExporter, BoardPDFExporter
from helpers.documents.outputs.output_limit import limited_text
from helpers.i18n.localizer import Localizer

SV, EN = Localizer("sv"), Localizer("en")


def cell(number: int, loc: Localizer) -> CellSource:
    return CellSource(number, "", loc)


def numbered(lines: int) -> str:
    return "".join(f"rad {number}\n" for number in range(1, lines + 1))


@pytest.mark.parametrize("text", ["", "x", numbered(2_000), numbered(2_000).strip(), "x" * 200_000])
def test_a_text_up_to_the_limit_is_whole(text: str, caplog: pytest.LogCaptureFixture) -> None:
    assert limited_text(text, cell(1, SV)) == text
    assert not caplog.records


def test_the_first_and_the_last_thousand_lines_remain(caplog: pytest.LogCaptureFixture) -> None:
    lines = limited_text(numbered(60_000), cell(4, EN)).splitlines()
    assert len(lines) == 2_001
    assert (lines[0], lines[999]) == ("rad 1", "rad 1000")
    assert lines[1000].startswith("… 58,000 lines are left out.")
    assert (lines[1001], lines[2000]) == ("rad 59001", "rad 60000")
    (record,) = caplog.records
    assert record.levelno == logging.WARNING
    assert record.getMessage().startswith("cell 4: 58000 of 60000 lines of its output")


@pytest.mark.parametrize(
    ("loc", "word"), [(SV, "… En rad är utelämnad. "), (EN, "… One line is left out. ")]
)
def test_one_line_and_one_character_are_in_the_singular(loc: Localizer, word: str) -> None:
    lines = limited_text(numbered(2_001), cell(1, loc)).splitlines()
    assert lines[1000].startswith(word)
    assert len(lines) == 2_001


def test_a_long_line_is_cut_in_the_middle_too(caplog: pytest.LogCaptureFixture) -> None:
    first, word, last = limited_text("a" * 150_000 + "b" * 150_000, cell(1, EN)).split("\n")
    assert (first, last) == ("a" * 100_000, "b" * 100_000)
    assert word.startswith("… 100,000 characters are left out.")
    assert "100000 of 300000 characters" in caplog.text


def test_three_hundred_thousand_lines_are_a_page_and_a_pdf_within_seconds() -> None:
    output = new_output("stream", name="stdout", text=numbered(300_000))
    notebook = new_notebook(cells=[new_code_cell("x", outputs=[output])])
    begun = time.process_time()
    page, _ = BoardHTMLExporter().from_notebook_node(notebook)
    pdf, _ = BoardPDFExporter().from_notebook_node(notebook)
    assert time.process_time() - begun < 30  # it was over 200 s
    assert "rad 1000\n" in page
    assert "298 000 rader är utelämnade" in page.replace("\xa0", " ")
    assert "rad 299001\n" in page
    assert "rad 1001\n" not in page
    assert len(pdf) < 2_000_000
