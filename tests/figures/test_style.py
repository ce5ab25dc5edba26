import re
import xml.etree.ElementTree as ET

import matplotlib as mpl
import matplotlib.pyplot as plt
import pytest

from helpers.figures import style


def draw(alternative: str = "words", name: str = "x") -> str:
    with style.chart(1.0) as (figure, axes):
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


def test_no_figure_is_left_open() -> None:
    draw()
    assert plt.get_fignums() == []


@pytest.mark.parametrize("colour", [style.FUNDED, style.DECLINED, style.POSSIBLE])
def test_marks_stand_out_from_white_by_three_to_one(colour: str) -> None:
    assert contrast(colour, "#ffffff") >= 3


@pytest.mark.parametrize("colour", [style.INK, style.MUTED, style.FUNDED])
def test_text_stands_out_from_white_by_four_and_a_half_to_one(colour: str) -> None:
    assert contrast(colour, "#ffffff") >= 4.5


def contrast(one: str, other: str) -> float:
    """WCAG 2.2, contrast ratio."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_contrast_is_computed_as_wcag_does() -> None:
    # Black on white is 21 to 1 by definition.
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
