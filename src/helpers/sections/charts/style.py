"""The style of every chart: colours, typeface, and SVG with reproducible bytes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from io import StringIO
from textwrap import wrap
from typing import Any, cast
from warnings import catch_warnings, simplefilter

import matplotlib as mpl
from markupsafe import escape
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from helpers.sections.charts.rendering.chart_typefaces import drawn_families
from helpers.sections.charts.rendering.figure_room import count_overlaps, fits
from helpers.sections.charts.rendering.measured_layout import MeasuredLayout
from helpers.sections.charts.rendering.shown_figure import ShownFigure
from helpers.sections.charts.rendering.svg_canvas import write_svg
from helpers.sections.charts.rendering.text_measurer import POINTS_PER_INCH
from helpers.sections.components.palette import INK_COLOUR, MUTED_COLOUR
from helpers.system.typefaces.letter_widths import text_width
from helpers.system.typefaces.report_typeface import FONT_FAMILY, WEIGHTS

# Inches; a chart is scaled to the width of its column. Each is drawn twice for the page, broad and
# slim: on a phone the broad one's letters would be too small to read.
BROAD_WIDTH, SLIM_WIDTH = 6.0, 3.6
_FOOT_CHARACTERS_PER_INCH = 19
_FOOT_LINE_HEIGHT = 0.15  # inches
_FOOT_SIZE = 8  # points


_RC_PARAMS: dict[str, Any] = {
    "font.size": 10,
    "text.color": INK_COLOUR,
    "axes.labelcolor": INK_COLOUR,
    "axes.edgecolor": MUTED_COLOUR,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.linewidth": 0.8,
    "xtick.color": MUTED_COLOUR,
    "ytick.color": MUTED_COLOUR,
    "xtick.labelcolor": INK_COLOUR,
    "ytick.labelcolor": INK_COLOUR,
    "hatch.linewidth": 0.9,
    "figure.facecolor": "none",
    "axes.facecolor": "none",
    "svg.fonttype": "none",  # text stays text: selectable, searchable, small
    "svg.hashsalt": "funding-report",
}


FigureAndAxes = tuple[Figure, list[Axes]]


@dataclass(frozen=True)
class ChartDrawing:
    """A chart that is drawn: its figure, the name that its ids begin with, its text alternative."""

    figure: Figure
    name: str
    alternative: str

    def add_foot(self, text: str) -> None:
        """Write a line below everything else in the figure, broken where it is too long."""
        in_an_inch = (
            POINTS_PER_INCH * len(text) / max(text_width(text, _FOOT_SIZE), 1)
        )  # less in a wide brand
        width = self.figure.get_figwidth() * min(_FOOT_CHARACTERS_PER_INCH, in_an_inch)
        lines = wrap(text, max(1, int(width)))
        self.figure.set_figheight(self.figure.get_figheight() + len(lines) * _FOOT_LINE_HEIGHT)
        with _our_style():
            self.figure.supxlabel(
                "\n".join(lines),
                x=0,
                ha="left",
                fontsize=_FOOT_SIZE,
                color=MUTED_COLOUR,
                linespacing=1.25,
            )

    def svg(self, alternative: str = "", suffix: str = "") -> str:
        """The figure as it is now, as one `<svg>` element."""
        with _our_style():
            return to_svg(self.figure, self.name + suffix, alternative or self.alternative)

    def phone_svg(self, alternative: str, suffix: str) -> str | None:
        """The figure as it is now, in the width of a phone; None where its texts do not fit."""
        width, height = map(float, self.figure.get_size_inches())
        with _our_style(), catch_warnings():
            simplefilter("ignore")  # matplotlib warns of panels without room, which are counted
            beside = count_overlaps(self.figure)
            self.figure.set_size_inches(SLIM_WIDTH, height)
            try:
                fit = fits(self.figure) and count_overlaps(self.figure) <= beside
                return to_svg(self.figure, self.name + suffix, alternative) if fit else None
            finally:
                self.figure.set_size_inches(width, height)


@contextmanager
def _our_style() -> Iterator[None]:
    known: dict[str, Any] = cast(Any, mpl.rcParams)
    before = dict(dict.items(known))  # rc_context reads and checks them one by one
    before.pop("backend", None)
    dict.update(known, _our_parameters(tuple(drawn_families())))  # they were checked
    try:
        yield
    finally:
        dict.update(known, before)


@lru_cache
def _our_parameters(families: tuple[str, ...]) -> dict[str, Any]:
    """All of matplotlib's parameters in the project's style; to check them takes milliseconds.

    Not the backend's, which matplotlib chooses when it is read.
    """
    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update(cast(Any, _RC_PARAMS | {"font.family": list(families)}))
        names = [name for name in mpl.rcParams if not name.startswith("backend")]
        return {name: mpl.rcParams[name] for name in names}


@contextmanager
def styled_figure(height: float, *, slim: bool = False, panels: int = 1) -> Iterator[FigureAndAxes]:
    """Create a figure of a height in inches, with panels side by side, in the project's style.

    It does not use pyplot, a user's matplotlibrc or the figures that a notebook has open.
    """
    with _our_style():
        size = (SLIM_WIDTH if slim else BROAD_WIDTH, height)
        figure = ShownFigure(figsize=size, layout=MeasuredLayout())
        yield figure, list(figure.subplots(1, panels, sharey=True, squeeze=False)[0])


def draw_first_chart() -> None:
    """Draw a chart for nobody: what a first one loads is there for all that are forked from here.

    The typefaces and matplotlib's parameters take longer than most charts.
    """
    with styled_figure(1) as (figure, (axes,)):
        axes.barh([str(text_width("0", weight=weight)) for weight in WEIGHTS.values()], 1)
        to_svg(figure, "first", "first")


def to_svg(figure: Figure, name: str, alternative: str, *, whole: bool = False) -> str:
    """Return the figure as one `<svg>` element; call it inside `styled_figure`.

    `name` makes its ids unique on a page; `alternative` is its text alternative. If
    `whole`, what is drawn beyond the figure's edge widens the element, so that no label is cut.
    """
    text = StringIO()
    write_svg(figure, text, widened=whole and not fits(figure))
    # matplotlib writes a text that it draws as a path once more, in a comment, which no document
    # takes. Its style sheet would apply to the whole page: our own tag has its rules.
    left_out = r"<!--.*?-->|\s*<metadata>.*?</metadata>|\s*<defs>\s*<style.*?</style>\s*</defs>"
    svg = re.sub(left_out, "", text.getvalue(), flags=re.DOTALL)
    names = "|".join(map(re.escape, drawn_families()))
    svg = re.sub(rf"'(?:{names})'(?:, '[^']*')*", f"'{FONT_FAMILY}'", svg)  # as it is stored
    # matplotlib's opening tag has a fixed size; ours scales, and has the text alternative.
    _, opening, rest = re.split(r"(<svg [^>]*>)", svg, maxsplit=1)
    view = re.search(r'viewBox="[^"]*"', opening)
    label = f'role="img" aria-label="{escape(alternative)}"'
    lines = 'stroke-linejoin="round" stroke-linecap="butt"'
    names = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    return _prefix_ids(f"<svg {names} {view and view[0]} {lines} {label}>{rest.strip()}", name)


def _prefix_ids(svg: str, name: str) -> str:
    """Remove ids without references, and prefix the others."""
    used = set(re.findall(r'(?:url\(#|href="#)([^)"]+)', svg))

    def rename(match: re.Match[str]) -> str:
        return f' id="{name}-{match[1]}"' if match[1] in used else ""

    svg = re.sub(r' id="([^"]+)"', rename, svg)
    return re.sub(r'(url\(#|href="#)', rf"\g<1>{name}-", svg)
