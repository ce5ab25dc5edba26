"""Charts and the map in a brand's typeface: measured in it, and stored under the usual name."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO

import pikepdf
import pytest
from matplotlib.text import Text
from pypdf import PdfReader

from helpers import BoardReport
from helpers.data.round.brand_files import BrandFiles
from helpers.documents.brand_style import brand_typeface, branded_drawing, page_style
from helpers.documents.typst.pdf_compiler import compile_pdf
from helpers.documents.typst.typst_source import typst_literal
from helpers.model.brand.brand_look import BrandLook
from helpers.model.brand.brand_settings import BrandColours, BrandSettings
from helpers.system.typefaces.drawing_typeface import drawing_typeface, drawn_in
from helpers.system.typefaces.letter_widths import text_width
from helpers.system.typefaces.typeface_chain import typeface_named

BRAND = BrandSettings(typeface="DejaVu Sans", colours=BrandColours(funded="#004b23"))
LOOK = BrandLook(typeface="DejaVu Sans")
DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 40">'
    '<text y="15" style="font: 10px \'Source Sans Pro\'">flott affär</text>'
    '<text y="35" font-size="10" font-family="Source Sans Pro, sans-serif">finns</text></svg>'
)


@pytest.fixture(scope="module")
def branded() -> BoardReport:
    plain = BoardReport.load(round="skl-2016", as_of="2017-02-22", language="sv")
    return BoardReport(plain.params, replace(plain.inputs, brand=BrandFiles(BRAND)))


def test_a_text_is_as_wide_as_in_the_typeface_that_is_drawn_in() -> None:
    # The advance of a digit: 497 of 1,000 units in Source Sans Pro, 1,303 of 2,048 in DejaVu Sans.
    assert text_width("00", 10) == pytest.approx(9.94)
    with drawn_in(typeface_named("DejaVu Sans")):
        assert text_width("00", 10) == pytest.approx(2 * 10 * 1303 / 2048)
    assert text_width("00", 10) == pytest.approx(9.94)


def test_a_family_that_the_machine_lacks_changes_nothing() -> None:
    assert typeface_named("Nowhere Sans") is None
    assert typeface_named(None) is None
    with drawn_in(typeface_named("Nowhere Sans")):
        assert text_width("00", 10) == pytest.approx(9.94)


def test_a_chart_is_measured_in_the_brand_and_stored_under_the_usual_name(
    branded: BoardReport,
) -> None:
    section = branded.missing()
    assert drawing_typeface() is None
    texts = [one for one in section.figure.findobj(Text) if one.get_text()]  # drawn only now
    assert {tuple(one.get_fontfamily()) for one in texts} == {("DejaVu Sans", "Source Sans Pro")}
    stored = section.as_json()["parts"][0]
    families = re.findall(r"'[^']*Sans[^']*'", stored["broad"] + stored["slim"])
    assert set(families) == {"'Source Sans Pro'"}
    section.figure.axes[0].set_title("Egen rubrik")
    section.describe_figure("ord")
    with pytest.warns(UserWarning, match="no room for its texts in the width of a phone"):
        changed = section.as_json()["parts"][0]["broad"]
    assert "Egen rubrik" in changed
    assert set(re.findall(r"'[^']*Sans[^']*'", changed)) == {"'Source Sans Pro'"}


def test_names_on_the_map_have_the_room_that_the_brand_needs(branded: BoardReport) -> None:
    svg = branded.on_map().as_json()["parts"][0]["broad"]
    with drawn_in(typeface_named("DejaVu Sans")):
        width = text_width("Jämtland", 8)
    boxes = re.findall(r'<rect [^>]*width="([\d.]+)"', svg)
    assert f"{width + 2:.1f}".removesuffix(".0") in boxes  # a unit on each side


def test_jupyterlab_shows_the_brand_in_drawings(branded: BoardReport) -> None:
    shown = branded.missing()._repr_mimebundle_()["text/html"]
    [name] = set(re.findall(r'font-family:"(fr-\w+-brand)"', shown))
    assert f"svg text{{font-family:'{name}','Source Sans Pro',sans-serif!important}}" in shown
    assert "svg{--funded:#004b23;}" in shown
    words = branded.method()._repr_mimebundle_()["text/html"]
    assert "-brand" not in words


def test_a_page_and_a_pdf_put_the_brand_in_the_place_of_the_usual_name() -> None:
    rule = '.chart svg text { font-family: "brand", "Source Sans Pro", sans-serif !important; }'
    assert rule in page_style(LOOK)
    assert ".chart svg text" not in page_style(BrandLook())
    svg = branded_drawing(LOOK, DRAWING)
    assert branded_drawing(BrandLook(), DRAWING) == DRAWING
    source = f'#set document(title: "t")\n#image(bytes({typst_literal(svg)}), alt: "ord")'
    content = compile_pdf(source, datetime(2026, 1, 2, tzinfo=UTC), brand_typeface(LOOK))
    with pikepdf.open(BytesIO(content)) as pdf:
        dictionaries = [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary)]
        fonts = [str(one["/BaseFont"]) for one in dictionaries if "/BaseFont" in one]
    assert {name.partition("+")[2].removesuffix("-Identity-H") for name in fonts} == {"Brand-400"}
    # A ligature is one glyph for several letters, and is read as all of them.
    assert PdfReader(BytesIO(content)).pages[0].extract_text().split() == [
        "flott",
        "affär",
        "finns",
    ]
