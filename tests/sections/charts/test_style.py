import itertools
import re
import xml.etree.ElementTree as ET
from collections.abc import Sequence

import matplotlib as mpl
import matplotlib.pyplot as plt
import pytest

from helpers.sections.charts import style
from helpers.sections.components import palette


def draw(alternative: str = "words", name: str = "x") -> str:
    with style.styled_figure(1.0) as (figure, (axes,)):
        axes.plot([0, 1], [0, 1], marker="o")
        axes.set_title("Åäö <b> & é")
        return style.to_svg(figure, name, alternative)


def test_the_same_drawing_has_the_same_bytes() -> None:
    assert draw() == draw()


def test_text_stays_text_in_our_typeface() -> None:
    svg = draw()
    assert "Åäö &lt;b&gt; &amp; é" in svg
    assert "Source Sans Pro" in svg


def test_the_alternative_is_escaped_and_read_whole() -> None:
    hostile = 'a "quote" <b> & \\1 \\g<0>'
    root = ET.fromstring(draw(hostile))
    assert root.attrib["aria-label"] == hostile
    assert root.attrib["role"] == "img"


def test_ids_are_used_and_belong_to_the_chart() -> None:
    svg = draw(name="mine")
    ids = re.findall(r' id="([^"]+)"', svg)
    assert ids
    assert all(one.startswith("mine-") for one in ids)
    assert len(ids) == len(set(ids))
    used = set(re.findall(r'(?:url\(#|href="#)([^)"]+)', svg))
    assert used == set(ids)


def test_no_date_no_tool_and_no_fixed_size() -> None:
    svg = draw()
    assert "<metadata>" not in svg
    assert re.match(r'<svg xmlns="[^"]+" xmlns:xlink="[^"]+" viewBox="0 0 432 72" ', svg)


def test_a_users_own_style_neither_leaks_in_nor_is_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = draw()
    monkeypatch.setitem(mpl.rcParams, "axes.facecolor", "red")
    monkeypatch.setitem(mpl.rcParams, "svg.fonttype", "path")
    assert draw() == plain
    assert mpl.rcParams["axes.facecolor"] == "red"


def test_nothing_of_a_chart_styles_the_page_around_it() -> None:
    assert "<style" not in draw()
    assert 'stroke-linejoin="round"' in draw()


def test_a_slim_drawing_is_narrower_and_its_letters_as_large() -> None:
    with style.styled_figure(1.0, slim=True, panels=2) as (figure, (left, right)):
        left.set_title("a")
        right.set_title("b")
        svg = style.to_svg(figure, "x", "words")
    assert 'viewBox="0 0 259.2 72"' in svg
    assert set(re.findall(r"font: (?:bold )?([\d.]+)px", svg)) <= set(
        re.findall(r"font: (?:bold )?([\d.]+)px", draw())
    )


def test_every_colour_of_a_chart_is_the_pages_to_change() -> None:
    themed = palette.use_page_colours(draw())
    assert "var(--ink, #1d2429)" in themed
    assert set(re.findall(r"(?<!, )#[0-9a-f]{6}", themed)) == {"#1f77b4"}  # the test's own line


def test_no_figure_is_left_open() -> None:
    before = plt.get_fignums()  # other tests of the process may have some
    draw()
    assert plt.get_fignums() == before


@pytest.mark.parametrize(
    "colour", [palette.FUNDED_COLOUR, palette.DECLINED_COLOUR, palette.POSSIBLE_COLOUR]
)
def test_marks_stand_out_from_white_by_three_to_one(colour: str) -> None:
    assert contrast(colour, "#ffffff") >= 3


@pytest.mark.parametrize(
    "colour", [palette.INK_COLOUR, palette.MUTED_COLOUR, palette.FUNDED_COLOUR]
)
def test_text_stands_out_from_white_by_four_and_a_half_to_one(colour: str) -> None:
    assert contrast(colour, "#ffffff") >= 4.5


def contrast(one: str, other: str) -> float:
    """WCAG 2.2, contrast ratio."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    red, green, blue = linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_contrast_is_computed_as_wcag_does() -> None:
    # Black on white is 21 to 1 by definition.
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


# Machado, Oliveira & Fernandes, "A Physiologically-based Model for Simulation of Color Vision
# Deficiency" (IEEE TVCG 2009), the matrices of full severity, on linear light.
BLINDNESS = {
    "protanopia": [
        (0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ],
    "deuteranopia": [
        (0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ],
    "tritanopia": [
        (1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ],
}  # fmt: skip


@pytest.mark.parametrize("kind", BLINDNESS)
@pytest.mark.parametrize(
    ("one", "other"),
    [
        (palette.FUNDED_COLOUR, palette.DECLINED_COLOUR),
        (palette.FUNDED_COLOUR, palette.PAPER_COLOUR),
        (palette.DECLINED_COLOUR, palette.PAPER_COLOUR),
    ],
)
def test_marks_are_told_apart_by_those_who_see_colours_otherwise(
    kind: str, one: str, other: str
) -> None:
    seen = [lab(linear(colour), BLINDNESS[kind]) for colour in (one, other)]
    distance = sum((a - b) ** 2 for a, b in zip(*seen, strict=True)) ** 0.5
    assert distance >= 25  # CIE76; about 2 is the least that is noticed


def test_marks_are_told_apart_in_grey() -> None:
    lightness = sorted(
        116 * luminance(colour) ** (1 / 3) - 16
        for colour in (palette.FUNDED_COLOUR, palette.DECLINED_COLOUR, palette.PAPER_COLOUR)
    )
    assert all(lighter - darker >= 15 for darker, lighter in itertools.pairwise(lightness))


def linear(colour: str) -> list[float]:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    return [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]


def lab(light: list[float], seen_as: Sequence[tuple[float, ...]]) -> tuple[float, float, float]:
    """CIE L*a*b* (D65) of linear light as somebody sees it."""
    red, green, blue = (
        min(1, max(0, sum(w * v for w, v in zip(row, light, strict=True)))) for row in seen_as
    )
    x = (0.4124564 * red + 0.3575761 * green + 0.1804375 * blue) / 0.95047
    y = 0.2126729 * red + 0.7151522 * green + 0.0721750 * blue
    z = (0.0193339 * red + 0.1191920 * green + 0.9503041 * blue) / 1.08883
    fx, fy, fz = (v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116 for v in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)
