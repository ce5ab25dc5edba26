"""The look of every chart, in one place: colours, typeface, and SVG that is the same every time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from io import StringIO
from pathlib import Path
from typing import Any, cast

import font_source_sans_pro
import matplotlib as mpl
from markupsafe import escape
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.figure import Figure

FONT = "Source Sans Pro"
FONT_FOLDER = Path(font_source_sans_pro.__file__).parent / "files"
# Inches; a chart is scaled to the column it stands in. Each is drawn twice for the page, broad and
# slim: on a phone the broad one's letters would be too small to read.
BROAD, SLIM = 6.0, 3.6

INK = "#1d2429"
MUTED = "#5c666e"
RULE = "#c9d0d5"
LAND = "#e6eaed"

# Each answer has a colour of its own, told apart in grey by lightness and by hatching, and at
# least 3:1 against white.
FUNDED = "#0b4f7d"
DECLINED = "#c4571b"
POSSIBLE = "#707b84"
PAPER = "#ffffff"
HATCH = "////"

# What the page calls each colour, so that its style sheet can give it another value in the dark.
_VARIABLES = {
    INK: "ink",
    MUTED: "muted",
    RULE: "rule",
    LAND: "land",
    FUNDED: "funded",
    DECLINED: "declined",
    POSSIBLE: "possible",
    PAPER: "paper",
}

_STYLE: dict[str, Any] = {
    "font.family": FONT,
    "font.size": 10,
    "text.color": INK,
    "axes.labelcolor": INK,
    "axes.edgecolor": MUTED,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.linewidth": 0.8,
    "xtick.color": MUTED,
    "ytick.color": MUTED,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "hatch.linewidth": 0.9,
    "figure.facecolor": "none",
    "axes.facecolor": "none",
    "svg.fonttype": "none",  # text stays text: selectable, searchable, small
    "svg.hashsalt": "funding-report",
}


Chart = tuple[Figure, list[Axes]]


@contextmanager
def chart(height: float, *, slim: bool = False, panels: int = 1) -> Iterator[Chart]:
    """A figure of a height in inches and its panels, side by side, drawn and saved in our style.

    It never touches pyplot, a user's matplotlibrc or the figures that a notebook has open.
    """
    _register_font()
    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update(cast(Any, _STYLE))
        figure = Figure(figsize=(SLIM if slim else BROAD, height), layout="constrained")
        yield figure, list(figure.subplots(1, panels, sharey=True, squeeze=False)[0])


def to_svg(figure: Figure, name: str, alternative: str) -> str:
    """The figure as one `<svg>` element; call it inside `chart`.

    `name` keeps its ids apart from those of the other charts on a page; `alternative` is what a
    reader without sight is told.
    """
    text = StringIO()
    nothing = {"Date": None, "Creator": None, "Format": None, "Type": None}
    figure.savefig(text, format="svg", metadata=nothing)
    # matplotlib's style sheet would hold for the whole page: what it says stands on our own tag.
    drawn = r"\s*<metadata>.*?</metadata>|\s*<defs>\s*<style.*?</style>\s*</defs>"
    svg = re.sub(drawn, "", text.getvalue(), flags=re.DOTALL)
    # matplotlib's own opening tag fixes a size in points; ours scales, and says what it shows.
    _, opening, rest = re.split(r"(<svg [^>]*>)", svg, maxsplit=1)
    view = re.search(r'viewBox="[^"]*"', opening)
    label = f'role="img" aria-label="{escape(alternative)}"'
    lines = 'stroke-linejoin="round" stroke-linecap="butt"'
    names = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    return _own_ids(f"<svg {names} {view and view[0]} {lines} {label}>{rest.strip()}", name)


def _own_ids(svg: str, name: str) -> str:
    """Drop the ids that nothing refers to and prefix the rest."""
    used = set(re.findall(r'(?:url\(#|href="#)([^)"]+)', svg))

    def rename(match: re.Match[str]) -> str:
        return f' id="{name}-{match[1]}"' if match[1] in used else ""

    svg = re.sub(r' id="([^"]+)"', rename, svg)
    return re.sub(r'(url\(#|href="#)', rf"\g<1>{name}-", svg)


def themed(svg: str) -> str:
    """A drawing whose colours are the page's, with our own where it names none.

    A notebook has not our typeface: another without serifs stands in for it.
    """
    svg = svg.replace(f"'{FONT}'", f"'{FONT}', sans-serif")
    return re.sub(
        "|".join(_VARIABLES), lambda colour: f"var(--{_VARIABLES[colour[0]]}, {colour[0]})", svg
    )


@lru_cache
def _register_font() -> None:
    for weight in ("Regular", "Semibold", "Bold"):
        font_manager.fontManager.addfont(FONT_FOLDER / f"SourceSansPro-{weight}.ttf")
