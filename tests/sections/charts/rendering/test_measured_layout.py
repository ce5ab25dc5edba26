"""Margins as wide as what stands in them, in the typefaces that a chart is drawn in."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from io import BytesIO

import pytest
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine

from helpers.sections.charts import style
from helpers.sections.charts.rendering.figure_room import count_overlaps, fits
from helpers.sections.charts.row_labels import NAME_GAP, hide_axes, name_rows
from helpers.system.typefaces.drawing_typeface import drawn_in
from helpers.system.typefaces.letter_widths import text_width
from helpers.system.typefaces.typeface_chain import typeface_named
from support.scripts_of_the_world import ARABIC, CYRILLIC, GREEK

PAD = 3  # points, constrained layout's default, between what is drawn and the figure's edge
WIDTH = 6 * 72  # points
# Points: the advances of the font's own table, of which the expected widths are sums, know no
# kerning, and the ink of the last letter ends a little before its advance does.
_KERNING = 1.5


def left_margin(*names: str) -> float:
    """The points left of the rows with these names, 9 points high."""
    with style.styled_figure(2.0) as (figure, (axes,)):
        axes.set_ylim(len(names), -1)
        hide_axes(axes)
        name_rows(axes, names, fontsize=9)
        style.to_svg(figure, "x", "words")
        assert fits(figure)
        return float(axes.get_position().x0 * WIDTH)


def test_without_labels_the_panel_is_as_large_as_the_figure() -> None:
    # A spine is 0.8 points wide, which half is beyond the panel; nothing else is.
    with style.styled_figure(2.0) as (figure, (axes,)):
        hide_axes(axes)
        style.to_svg(figure, "x", "words")
        x0, y0, x1, y1 = axes.get_position().extents
    assert (x0 * WIDTH, (1 - x1) * WIDTH) == pytest.approx((PAD, PAD), abs=0.5)
    assert (y0 * 144, (1 - y1) * 144) == pytest.approx((PAD, PAD), abs=0.5)


@pytest.mark.parametrize(
    "names", [("Alm",), ("Alm", "Upplands Väsby kommun"), (GREEK,), (CYRILLIC,)]
)
def test_a_margin_is_as_wide_as_its_longest_name(names: tuple[str, ...]) -> None:
    longest = max(text_width(name, 9) for name in names)
    assert left_margin(*names) == pytest.approx(PAD + longest + NAME_GAP, abs=_KERNING)


def test_a_brands_typeface_has_the_room_that_it_needs() -> None:
    plain = left_margin("Upplands Väsby kommun")
    with drawn_in(typeface_named("DejaVu Sans")):
        width = text_width("Upplands Väsby kommun", 9)
        branded = left_margin("Upplands Väsby kommun")
    assert branded == pytest.approx(PAD + width + NAME_GAP, abs=_KERNING)
    assert left_margin("Upplands Väsby kommun") == plain


def test_a_name_in_another_script_is_measured_in_the_typeface_that_has_it() -> None:
    name = "אביב"  # of which Source Sans Pro has nothing, and DejaVu Sans all, without shaping
    with drawn_in(typeface_named("DejaVu Sans")):
        width = text_width(name, 9)
    assert width < 4 * 9 * 0.8  # unlike the four letters that no typeface has
    assert left_margin(name) == pytest.approx(PAD + width + NAME_GAP, abs=_KERNING)
    assert left_margin(ARABIC) > PAD + NAME_GAP + text_width(" 12", 9)


def with_two_panels(figure: Figure, axes: Axes) -> None:
    del axes
    figure.add_subplot(1, 2, 2)


def with_a_colour_bar(figure: Figure, axes: Axes) -> None:
    figure.colorbar(ScalarMappable(), ax=axes, label="andel")


def with_a_title_of_all_panels(figure: Figure, axes: Axes) -> None:
    axes.set_title("panel")
    figure.suptitle("figur")


def with_a_legend_beside(figure: Figure, axes: Axes) -> None:
    axes.plot([0, 1], [0, 1], label="säkrat")
    figure.legend(loc="outside right center")


@pytest.mark.parametrize(
    "change",
    [with_two_panels, with_a_colour_bar, with_a_title_of_all_panels, with_a_legend_beside],
)
def test_a_figure_of_more_than_one_panel_is_laid_out_as_matplotlib_does(
    change: Callable[[Figure, Axes], None],
) -> None:
    boxes = []
    for engine in (None, ConstrainedLayoutEngine()):
        with style.styled_figure(2.5) as (figure, (axes,)):
            if engine is not None:
                figure.set_layout_engine(engine)
            change(figure, axes)
            style.to_svg(figure, "x", "words")
            boxes.append([list(one.get_position().extents) for one in figure.axes])
    assert boxes[0] == boxes[1]


def test_labels_at_every_side_and_a_foot_are_within_the_figure() -> None:
    with style.styled_figure(2.5) as (figure, (axes,)):
        axes.set(xlabel="dagar", ylabel="mnkr", title="Rubrik", xlim=(0, 100), ylim=(0, 5))
        axes.annotate("en text som är längre än rummet", (90, 2))
        figure.legend([axes.plot([0, 1])[0]], ["säkrat"], loc="outside upper left")
        drawing = style.ChartDrawing(figure, "x", "words")
        drawing.add_foot("Källa: SKL, den 22 februari 2017. " * 4)
        drawing.svg()
    assert fits(figure)
    assert count_overlaps(figure) == 0


def test_a_changed_figure_keeps_its_place_when_it_is_drawn_again() -> None:
    with style.styled_figure(2.5) as (figure, (axes,)):
        axes.set_xlim(0, 100)
        axes.annotate("en text som är längre än rummet", (90, 0.5))
        drawing = style.ChartDrawing(figure, "x", "words")
        assert drawing.svg() == drawing.svg()
        axes.set_title("Rubrik")
        assert drawing.svg() == drawing.svg()


@pytest.mark.parametrize("name", [ARABIC, "אביב"])
def test_a_picture_of_a_figure_has_the_characters_of_other_scripts(name: str) -> None:
    with style.styled_figure(2.0) as (figure, (axes,)), warnings.catch_warnings():
        warnings.simplefilter("error")  # matplotlib warns of a character that no font has
        axes.set_title(name)
        figure.savefig(BytesIO(), format="png")


def test_a_figure_whose_text_is_beyond_its_edge_is_widened_where_asked() -> None:
    with style.styled_figure(2.0) as (figure, (axes,)):
        axes.annotate("ett ord till " * 20, (0.5, 0.5), annotation_clip=False)
        canvas = figure.canvas
        whole = style.to_svg(figure, "x", "words", whole=True)
        as_it_is = style.to_svg(figure, "x", "words")
    assert view_width(as_it_is) == WIDTH
    assert view_width(whole) > text_width("ett ord till " * 20, 10) / 2
    assert figure.canvas is canvas


def view_width(svg: str) -> float:
    return float(svg.partition('viewBox="')[2].split()[2])
