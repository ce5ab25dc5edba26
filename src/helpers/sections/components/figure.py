"""A chart as a block: its finding, its drawings, and a text alternative."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import cast

from helpers.i18n.localizer import Localizer
from helpers.sections.components.block import Block
from helpers.sections.components.parts.live_chart import DrawnChart, LiveChart
from helpers.sections.components.parts.section_parts import ChartPart, SkipLink

DrawChart = Callable[[bool], DrawnChart | str]


def chart_block(
    draw: DrawChart,
    finding: str,
    alternative: str,
    note: str = "",
    skip: SkipLink | None = None,
    *,
    foot: str = "",
) -> Block:
    """Return a chart below the sentence that it shows, with an optional note.

    `draw(slim)` gives the drawing: the broad one for paper and screens, the slim one for phones. It
    is a matplotlib figure, which an analyst may change, or the `<svg>` itself. `foot` is a line in
    the figure, below what it shows: its source, its day, and whether it is an example.
    """
    draw = partial(_draw_with_foot, draw, foot)
    broad, slim = draw(False), draw(True)
    part = ChartPart(
        finding=finding,
        alternative=alternative,
        note=note,
        broad=_svg_of(broad),
        slim=_svg_of(slim),
        skip=skip,
    )
    if isinstance(broad, str):
        return Block((part,))
    return Block((part,), (LiveChart(part, lambda: cast(DrawnChart, draw(False))),))


def _draw_with_foot(draw: DrawChart, foot: str, slim: bool) -> DrawnChart | str:
    drawing = draw(slim)
    if foot and not isinstance(drawing, str):
        drawing.add_foot(foot)
    return drawing


def _svg_of(drawing: DrawnChart | str) -> str:
    return drawing if isinstance(drawing, str) else drawing.svg()


def skip_link(name: str, loc: Localizer) -> SkipLink:
    """A link past a large picture, for readers who use a keyboard."""
    return SkipLink(name=name, text=loc("Hoppa över bilden"))
