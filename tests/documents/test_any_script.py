"""Texts in any script: nothing stops a page or a PDF, and nothing vanishes from them."""

import html
import random
import re
from base64 import b64decode
from io import BytesIO
from pathlib import Path
from typing import cast

import pytest
from fontTools.ttLib import TTFont
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from pypdf import PdfReader

from helpers.documents.exporters import BoardHTMLExporter, BoardPDFExporter
from helpers.report.hand_over import FIGURES_MIME
from helpers.sections.components.block import Block
from helpers.sections.components.parts.section_parts import SECTION_MIME, ChartPart
from support.scripts_of_the_world import (
    ARABIC,
    CHINESE,
    CONTROL,
    CYRILLIC,
    DECOMPOSED,
    DEVANAGARI,
    FAMILY_EMOJI,
    GREEK,
    HEBREW,
    PRIVATE,
    SURROGATE,
    THAI,
    UNASSIGNED,
    write_font,
)

SET = [GREEK, CYRILLIC, ARABIC, HEBREW, DECOMPOSED, "\U0001f600 ✓"]
UNSET = {
    CHINESE: "[text i en skrift utan typsnitt: han, antal tecken: 3]",
    DEVANAGARI: "[text i en skrift utan typsnitt: devanagari, antal tecken: 6]",
    f"ja \U0001f389 {FAMILY_EMOJI}": "ja [party popper] [man, woman, girl]",
    PRIVATE: "Pua[tecknet U+E000]",
    UNASSIGNED: "Un[tecknet U+0378]",
    CONTROL: "Ctl[tecknet U+0007]s",
    SURROGATE: "Sur[tecknet U+D83D]",
}


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project without fonts, as working folder."""
    (tmp_path / "data" / "rounds").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def notebook(*texts: str, names: dict[str, str] | None = None) -> NotebookNode:
    """An analyst's notebook with each text as markdown, printed, in a table and in a drawing."""
    table = "".join(f"<tr><td>{html.escape(text)}</td><td>1</td></tr>" for text in texts)
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 900 {20 * len(texts)}">'
    for line, text in enumerate(texts, 1):
        shown = html.escape(re.sub("[\x00-\x1f\ud800-\udfff]", "", text))
        drawing += f'<text y="{20 * line - 5}" font-family="Source Sans Pro">{shown}</text>'
    chart = ChartPart(finding="f", alternative="Namnen.", broad=f"{drawing}</svg>")
    outputs = [
        new_output("stream", name="stdout", text="\n".join(texts)),
        new_output("display_data", data={"text/html": f"<table>{table}</table>"}),
        new_output("display_data", data={SECTION_MIME: Block((chart,)).as_json()}),
    ]
    if names:
        handed = {"title": "Omgång", "names_apart": names, "language": "sv"}
        outputs.append(new_output("display_data", data={FIGURES_MIME: handed}))
    markdown = "# Namnen\n\n" + "\n\n".join(f"{text} **{text}** `{text}`" for text in texts)
    cells = [new_markdown_cell(markdown), new_code_cell("f()", outputs=outputs)]
    return cast(NotebookNode, new_notebook(cells=cells))


def as_pdf(*texts: str, names: dict[str, str] | None = None) -> bytes:
    return bytes(BoardPDFExporter().from_notebook_node(notebook(*texts, names=names))[0])


def as_page(*texts: str, names: dict[str, str] | None = None) -> str:
    return str(BoardHTMLExporter().from_notebook_node(notebook(*texts, names=names))[0])


def pdf_text(pdf: bytes) -> str:
    text = " ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)
    return " ".join(re.sub("[\u2068\u2069]", "", text).split())


def pdf_fonts(pdf: bytes) -> set[str]:
    fonts = (page["/Resources"]["/Font"].values() for page in PdfReader(BytesIO(pdf)).pages)  # type: ignore[index]
    return {str(one.get_object()["/BaseFont"]).split("+")[1] for page in fonts for one in page}


def page_fonts(page: str) -> list[set[int]]:
    """The characters of each font that the page adds."""
    cuts = re.findall(r"data:font/ttf;base64,([^)]+)\)", page)
    return [set(TTFont(BytesIO(b64decode(one))).getBestCmap()) for one in cuts]


def test_the_pdf_has_what_a_typeface_has() -> None:
    pdf = as_pdf(GREEK, CYRILLIC, ARABIC, HEBREW, "\U0001f600 ✓")
    text = pdf_text(pdf)
    for one in (GREEK, CYRILLIC, "\U0001f600 ✓"):
        assert text.count(one) >= 5, one  # bold, plain, code, printed, in the table, drawn
    assert "[" not in text
    allowed = ("SourceSansPro", "F1-", "DejaVuSansMono")
    assert all(font.startswith(allowed) for font in pdf_fonts(pdf))


@pytest.mark.parametrize(("text", "said"), UNSET.items())
def test_the_pdf_says_in_words_what_no_typeface_has(text: str, said: str) -> None:
    assert re.sub(r"\s", "", pdf_text(as_pdf(text))).count(re.sub(r"\s", "", said)) >= 4


def test_a_members_name_is_replaced_whole_with_its_code() -> None:
    text = pdf_text(as_pdf(f"{CHINESE} och A", names={"0001": CHINESE}))
    assert text.count("[namn i en skrift utan typsnitt: 0001]") >= 5
    assert "antal tecken" not in text


def test_the_pdf_is_accessible_and_archivable_all_the_same() -> None:
    pdf = as_pdf(*SET, *UNSET)
    metadata = str(PdfReader(BytesIO(pdf)).trailer["/Root"]["/Metadata"].get_data())  # type: ignore[index]
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in metadata
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata


def test_a_font_of_the_project_is_in_pdf_and_page(project: Path) -> None:
    write_font(project / "fonts" / "own.ttf", CHINESE)
    pdf, page = as_pdf(CHINESE), as_page(CHINESE)
    assert pdf_text(pdf).count(CHINESE) >= 5  # the drawing, too
    assert "utan typsnitt" not in pdf_text(pdf)
    assert any({ord(letter) for letter in CHINESE} <= font for font in page_fonts(page))


def test_a_character_without_a_glyph_is_set_by_the_next_typeface(project: Path) -> None:
    write_font(project / "fonts" / "own.ttf", CHINESE, empty="א")
    assert pdf_text(as_pdf("א")).count("א") >= 5


def test_the_page_leaves_to_the_reader_what_no_typeface_has() -> None:
    page = as_page(CHINESE, THAI, "\U0001f389")
    for text in (CHINESE, THAI, "\U0001f389"):
        assert page.count(text) >= 4
    assert all(not {ord(CHINESE[0])} & font for font in page_fonts(page))


def test_the_page_carries_the_letters_of_other_scripts() -> None:
    page = as_page(*SET)
    found = set().union(*page_fonts(page))
    for text in (GREEK, CYRILLIC, ARABIC, HEBREW):
        assert {ord(letter) for letter in text if letter > "\x7f"} <= found


def test_a_page_of_latin_letters_carries_no_more() -> None:
    assert page_fonts(as_page("Alingsås – 5 %")) == []


def test_the_page_can_be_written_whatever_a_cell_printed() -> None:
    page = as_page(SURROGATE, CONTROL)
    page.encode()
    assert "Sur[tecknet U+D83D]" in page
    assert "Ctl[tecknet U+0007]s" in page


def test_names_from_right_to_left_are_isolated() -> None:
    page = as_page(f"{ARABIC} 1 234 kr", f"{HEBREW} 7", names={"1": ARABIC, "2": HEBREW})
    assert f"<bdi>{ARABIC}</bdi> 1 234 kr" in page
    assert re.search(r"<bdi>תל אביב חב(&#34;|&quot;|\")ד</bdi> 7", page)
    assert "<bdi>" not in page[: page.index("<body")]
    assert "<bdi>" not in as_page(GREEK)
    pdf = as_pdf(f"{ARABIC} 1 234 kr", names={"1": ARABIC})
    raw = " ".join(one.extract_text() for one in PdfReader(BytesIO(pdf)).pages)
    assert "1 234 kr" in " ".join(raw.split())


def test_the_same_texts_give_the_same_bytes(project: Path) -> None:
    write_font(project / "fonts" / "own.ttf", CHINESE)
    assert as_pdf(*SET, *UNSET) == as_pdf(*SET, *UNSET)
    assert as_page(*SET, *UNSET) == as_page(*SET, *UNSET)


@pytest.mark.parametrize("seed", range(3))
def test_any_characters_at_all(seed: int) -> None:
    """Strings by chance from all of Unicode, with marks and joiners that belong nowhere."""
    chance = random.Random(seed)
    ranges = [range(0x300), range(0x3000), range(0x10000), range(0x1F000, 0x20000)]
    texts = [
        "".join(chr(chance.choice(chance.choice(ranges))) for _ in range(chance.randrange(1, 9)))
        for _ in range(40)
    ]
    assert as_pdf(*texts).startswith(b"%PDF")
    as_page(*texts).encode()
