"""A gallery of what notebooks contain: page and PDF show all of it, or say what is not there.

The expected texts are by hand, in the order of reading. Both documents are walked as trees: the
page as a browser parses it, the PDF by its tags.
"""

from __future__ import annotations

import itertools
import logging
import re
from base64 import b64decode
from collections.abc import Iterator
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell, new_notebook

from helpers.documents.exporters import BoardHTMLExporter, BoardPDFExporter
from support.gallery_outputs import OUTPUTS, WIDGETS
from support.gallery_pictures import png
from support.gallery_texts import TEXTS, Exhibit
from support.pdf_tag_tree import Tag, read_tags

GALLERY = [*TEXTS, *OUTPUTS]
DIVIDER = "Vitrin {}:"
Shown = tuple[str, list[str]]  # the text without blanks, and the pictures' alternatives


class Kept(logging.Handler):
    """Keeps the warnings of an export."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, bytes, list[str]]:
    """The page, the PDF and the warnings of one of them; each exhibit stands after a divider."""
    folder = tmp_path_factory.mktemp("gallery")
    for name in ("nära.png", "en bild.png"):
        (folder / name).write_bytes(b64decode(png()))
    (folder.parent / "hemlig.png").write_bytes(b64decode(png()))
    return exported(folder)


def exported(folder: Path) -> tuple[str, bytes, list[str]]:
    logger, kept = logging.getLogger("funding-report"), Kept()
    about = {"metadata": {"name": "galleri", "path": str(folder)}}
    logger.addHandler(kept)
    was, logger.disabled = logger.disabled, False
    try:
        page = str(BoardHTMLExporter().from_notebook_node(gallery(), about)[0])
        lines = list(kept.lines)
        pdf = bytes(BoardPDFExporter().from_notebook_node(gallery(), about)[0])
    finally:
        logger.removeHandler(kept)
        logger.disabled = was
    assert kept.lines == lines + lines  # both documents warn of the same
    return page, pdf, lines


def gallery() -> NotebookNode:
    cells = []
    for number, exhibit in enumerate(GALLERY):
        cells += [new_markdown_cell(DIVIDER.format(number)), exhibit.cell]
    state = {"application/vnd.jupyter.widget-state+json": {"state": WIDGETS}}
    made: NotebookNode = new_notebook(cells=cells, metadata={"widgets": state})
    return made


def flat(text: str) -> str:
    return re.sub(r"[\s\u200b\u2060\u2066-\u2069]", "", text)


def split(texts: Iterator[str | tuple[str]]) -> list[Shown]:
    """What is shown after each divider; a tuple is a picture's alternative."""
    cases: list[Shown] = []
    text, pictures = "", list[str]()
    dividers = [flat(DIVIDER.format(number)) for number in range(len(GALLERY))]
    for one in texts:
        if isinstance(one, tuple):
            pictures.append(one[0])
            continue
        text += flat(one)
        while len(cases) < len(dividers) and dividers[len(cases)] in text:
            before, _, text = text.partition(dividers[len(cases)])
            cases.append((before, pictures))
            pictures = []
    return [*cases, (text, pictures)][1:]


@pytest.fixture(scope="module")
def on_page(made: tuple[str, bytes, list[str]]) -> list[Shown]:
    def walked() -> Iterator[str | tuple[str]]:
        main = BeautifulSoup(made[0], "lxml").find(id="main")
        assert main is not None
        for node in main.descendants:
            name = getattr(node, "name", None)
            if name in ("img", "math"):
                yield (str(node.get("alt") or node.get("alttext")),)  # type: ignore[attr-defined]
            elif name is None and not node.find_parent(["math", "nav"]):
                yield str(node)

    return split(walked())


@pytest.fixture(scope="module")
def on_paper(made: tuple[str, bytes, list[str]]) -> list[Shown]:
    def walked(tag: Tag) -> Iterator[str | tuple[str]]:
        if tag.alternative:
            yield (tag.alternative,)
        for one in tag.content:
            if isinstance(one, str):
                yield one
            else:
                yield from walked(one)

    return split(walked(read_tags(made[1])))


def missing(exhibit: Exhibit, found: Shown) -> list[str]:
    """What of an exhibit is not there, in the order of reading."""
    text, pictures = found
    lost, at = [], 0
    for word in exhibit.shown:
        place = text.find(flat(word), at)
        if place < 0:
            lost.append(word)
        else:
            at = place + len(flat(word))
    lost += [one for one in exhibit.pictures if one not in pictures]
    # A formula that cannot be set is text.
    everything = flat(" ".join([*pictures, text]))
    lost += [one for one in exhibit.formulas if flat(one) not in everything]
    return lost + [f"shown though hidden: {w}" for w in exhibit.hidden if flat(w) in text]


@pytest.mark.parametrize("number", range(len(GALLERY)))
def test_the_page_and_the_pdf_show_an_exhibit(
    number: int, on_page: list[Shown], on_paper: list[Shown]
) -> None:
    exhibit = GALLERY[number]
    assert missing(exhibit, on_page[number]) == [], on_page[number]
    assert missing(exhibit, on_paper[number]) == [], on_paper[number]


def test_every_warning_names_its_cell_and_the_remedy(made: tuple[str, bytes, list[str]]) -> None:
    expected = [
        (f"cell {2 * number + 2} (“{first_line(exhibit)}”): ", words)
        for number, exhibit in enumerate(GALLERY)
        for words in exhibit.warnings
    ]
    assert len(made[2]) == len(expected), made[2]
    for line, (name, words) in zip(made[2], expected, strict=True):
        assert line.startswith(name), line
        assert words in line, line
        assert re.search(r"[.”] [A-Z][^.]*.+\.$", line), line  # and a sentence that says what to do


def first_line(exhibit: Exhibit) -> str:
    line = str(exhibit.cell.source).strip().splitlines()[0].strip()
    return line if len(line) <= 60 else f"{line[:59]}…"


def test_headings_skip_no_level_and_their_addresses_can_be_read(
    made: tuple[str, bytes, list[str]],
) -> None:
    headings = re.findall(r'<h(\d) id="([^"]*)"', made[0])
    levels = [int(level) for level, _ in headings]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
    assert [anchor for _, anchor in headings][:7] == [
        "galleriet", "hoppar-over-nivaer", "обзор", "σύνοψη", "обзор-2", "-",
        "en-rubrik-i-en-output",
    ]  # fmt: skip
    ids = re.findall(r'\bid="([^"]*)"', made[0])
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]*)"', made[0])) <= set(ids)


def test_the_page_fetches_and_runs_nothing(made: tuple[str, bytes, list[str]]) -> None:
    tags = BeautifulSoup(made[0], "lxml").find_all(True)
    assert not {tag.name for tag in tags} & {
        "script",
        "iframe",
        "object",
        "embed",
        "video",
        "audio",
    }
    for tag in tags:
        assert not [name for name in tag.attrs if name.startswith("on")]
        assert str(tag.get("src", "data:image/")).startswith("data:image/")
        assert re.match(r"#|https?://|mailto:", str(tag.get("href", "#")))


def test_the_pdf_claims_both_standards_and_numbers_a_list_as_it_is_written(
    made: tuple[str, bytes, list[str]],
) -> None:
    assert b"<pdfaid:part>2</pdfaid:part>" in made[1]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in made[1]
    labels = [tag.text.strip() for tag in read_tags(made[1]).all("Lbl")]
    assert [label for label in labels if label in ("3.", "4.", "7.")] == [
        "3.",
        "4.",
        "7.",
        "3.",
        "4.",
    ]
