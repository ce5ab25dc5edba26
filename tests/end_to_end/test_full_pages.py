"""No page of the PDF but the last of a part is more than a fifth empty.

A part is the answer with its sections, or the appendices, which begin on a page of their own. In
July and October 2016 the second page is an exception: the chart of the missing kronor, one bar a
county, takes half a page, and begins on the next one.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from pypdf import PageObject, PdfReader

from helpers.documents.exporters import BoardPDFExporter
from helpers.model.localized_text import Language
from helpers.notebooks.execution import run_keeping_failure
from support.board_documents import LANGUAGES, ROOT

pytestmark = pytest.mark.slow

TOP, BOTTOM = 82, 57  # points that header and footer take of a page's height
MAX_EMPTY = 0.2
APPENDIX = {"sv": "Bilaga 1. ", "en": "Appendix 1. "}
ROUNDS = {
    ("skl-2016", "2016-07-15"): {2},
    ("skl-2016", "2016-10-14"): {2},
    ("skl-2016", "2017-02-22"): set[int](),
    ("yrkesresan", "2021-06-30"): set[int](),
}


def empty_part(page: PageObject) -> float:
    """The share of the page, without header and footer, that is below its last line of text.

    Every chart ends with a line of text, its source.
    """
    heights: list[float] = []

    def note(text: str, cm: Any, tm: Any, *_: Any) -> None:
        if text.strip():
            heights.append(float(tm[4] * cm[1] + tm[5] * cm[3] + cm[5]))

    page.extract_text(visitor_text=note)
    lowest = min(height for height in heights if height > BOTTOM)
    return (lowest - BOTTOM) / (float(page.mediabox.height) - TOP - BOTTOM)


def too_empty(pdf: bytes, language: Language) -> set[int]:
    """The numbers of the pages that are more than a fifth empty, without the last of each part."""
    pages = PdfReader(BytesIO(pdf)).pages
    texts = [" ".join(page.extract_text().split()) for page in pages]
    # The contents, on the first page, name the appendix too.
    appendices = next(
        number for number, text in enumerate(texts, 1) if number > 1 and APPENDIX[language] in text
    )
    last = {appendices - 1, len(pages)}
    return {
        number
        for number, page in enumerate(pages, 1)
        if number not in last and empty_part(page) > MAX_EMPTY
    }


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("round_and_day", "excepted"), ROUNDS.items())
def test_pages_are_full(
    round_and_day: tuple[str, str],
    excepted: set[int],
    language: Language,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    name, day = round_and_day
    asked = {"round": name, "as_of": day, "language": language}
    notebook, failed = ROOT / "notebooks" / "board_report.ipynb", tmp_path_factory.mktemp("failed")
    executed = run_keeping_failure(notebook, asked, "board-report.ipynb", failed)
    pdf = bytes(BoardPDFExporter().from_notebook_node(executed)[0])
    assert too_empty(pdf, language) == excepted
