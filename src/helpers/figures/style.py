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
WIDTH = 6.0  # inches; a chart is scaled to the column it stands in

INK = "#1d2429"
MUTED = "#5c666e"
RULE = "#c9d0d5"

# Each answer has a colour of its own, told apart in grey by lightness and by hatching, and at
# least 3:1 against white.
FUNDED = "#0b4f7d"
DECLINED = "#c4571b"
POSSIBLE = "#707b84"
POSSIBLE_FILL = "#ffffff"
HATCH = "////"

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
    "svg.fonttype": "none",  # text stays text: selectable, searchable, small
    "svg.hashsalt": "funding-report",
}


@contextmanager
def chart(height: float) -> Iterator[tuple[Figure, Axes]]:
    """A figure of our width and a height in inches, drawn and saved in our style.

    It never touches pyplot, a user's matplotlibrc or the figures that a notebook has open.
    """
    _register_font()
    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update(cast(Any, _STYLE))
        figure = Figure(figsize=(WIDTH, height), layout="constrained")
        yield figure, figure.subplots()


def to_svg(figure: Figure, name: str, alternative: str) -> str:
    """The figure as one `<svg>` element; call it inside `chart`.

    `name` keeps its ids apart from those of the other charts on a page; `alternative` is what a
    reader without sight is told.
    """
    text = StringIO()
    nothing = {"Date": None, "Creator": None, "Format": None, "Type": None}
    figure.savefig(text, format="svg", metadata=nothing)
    svg = re.sub(r"\s*<metadata>.*?</metadata>", "", text.getvalue(), flags=re.DOTALL)
    # matplotlib's own opening tag fixes a size in points; ours scales, and says what it shows.
    _, opening, rest = re.split(r"(<svg [^>]*>)", svg, maxsplit=1)
    view = re.search(r'viewBox="[^"]*"', opening)
    label = f'role="img" aria-label="{escape(alternative)}"'
    names = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    return _own_ids(f"<svg {names} {view and view[0]} {label}>{rest.strip()}", name)


def _own_ids(svg: str, name: str) -> str:
    """Drop the ids that nothing refers to and prefix the rest."""
    used = set(re.findall(r'(?:url\(#|href="#)([^)"]+)', svg))

    def rename(match: re.Match[str]) -> str:
        return f' id="{name}-{match[1]}"' if match[1] in used else ""

    svg = re.sub(r' id="([^"]+)"', rename, svg)
    return re.sub(r'(url\(#|href="#)', rf"\g<1>{name}-", svg)


@lru_cache
def _register_font() -> None:
    for weight in ("Regular", "Semibold", "Bold"):
        font_manager.fontManager.addfont(FONT_FOLDER / f"SourceSansPro-{weight}.ttf")
