"""Bars of 100 percent by part of the members: what is funded, what may still come, what is not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from textwrap import fill
from typing import Any

from matplotlib.axes import Axes

from helpers.funding.totals.shares import share
from helpers.funding.totals.tally import Tally
from helpers.i18n.localizer import Localizer
from helpers.sections.charts import style
from helpers.sections.charts.row_labels import hide_axes, name_rows, write_at_rows
from helpers.sections.charts.stacked_bars import draw_bar_legend, draw_stacked_bars
from helpers.sections.components import palette
from helpers.sections.components.bar_unit import BarUnit
from helpers.sections.components.parts.unset_texts import replace_unset
from helpers.system.typefaces.typeface_chain import can_draw

_LABEL_WIDTH = 46  # letters of a name on one line
_SHARE_ROOM = 36  # points between a name and its bar, for the share
_SHARE_GAP = 5  # points between the share and the bar
_ROW_HEIGHT, _LOW_ROW_HEIGHT = 0.17, 0.15  # inches, for each line of a name; of many rows
_MANY_ROWS = 15


def draw_share_bars(
    tallies: Mapping[str, Tally],
    unit: BarUnit,
    loc: Localizer,
    name: str,
    alternative: str,
    slim: bool,
) -> style.ChartDrawing:
    """Draw a bar of 100 percent for each part, with the share that is funded in front of it.

    The tallies' amounts are in the unit (see BarUnit.measure).
    """
    labels = [replace_unset(label, loc, can_draw) for label in tallies]
    labels = labels if slim else [fill(label, _LABEL_WIDTH) for label in labels]
    lines = 2 if slim else max(label.count("\n") + 1 for label in labels)
    row_height = _LOW_ROW_HEIGHT if len(labels) > _MANY_ROWS and not slim else _ROW_HEIGHT
    height = 0.55 + len(labels) * row_height * lines
    with style.styled_figure(height, slim=slim) as (figure, (axes,)):
        widths = {part: _shares(part, tallies.values()) for part in unit.part_names}
        longest = draw_stacked_bars(axes, widths, 0.4 if slim else 0.72)
        axes.set_xlim(0, max(1.0, longest))
        _set_axes(axes, len(labels), slim)
        _label_rows(axes, labels, slim)
        label_shares(axes, [tally.funded_share for tally in tallies.values()], slim, loc)
        draw_bar_legend(figure, unit, slim)
        return style.ChartDrawing(figure, f"{name}-slim" if slim else name, alternative)


def _shares(part: str, tallies: Iterable[Tally]) -> list[float]:
    """A part's share of each bar; 0 where nothing is requested."""
    return [float(share(getattr(t, part), t.requested) or 0) for t in tallies]


def _set_axes(axes: Axes, rows: int, slim: bool) -> None:
    axes.set_ylim(rows - 0.5, -0.85 if slim else -0.6)
    hide_axes(axes)


def _label_rows(axes: Axes, labels: Sequence[str], slim: bool) -> None:
    """Label the rows: left of the bars, or above them in the narrow drawing."""
    if slim:
        write_at_rows(axes, [(0, n - 0.3, name) for n, name in enumerate(labels)], fontsize=9.5)
    else:
        name_rows(axes, labels, _SHARE_ROOM, fontsize=9, linespacing=0.95)


def label_shares(axes: Axes, shares: Sequence[Fraction | None], slim: bool, loc: Localizer) -> None:
    """Write the share that is funded: in front of the bar, or above its end."""
    look: dict[str, Any] = {"color": palette.FUNDED_COLOUR, "weight": "bold", "ha": "right"}
    known = [
        (row, loc.percent(found, short=True))
        for row, found in enumerate(shares)
        if found is not None
    ]
    if slim:
        write_at_rows(axes, [(1, row - 0.3, text) for row, text in known], fontsize=9.5, **look)
    else:
        look |= {"va": "center", "fontsize": 9}
        write_at_rows(axes, [(0, row, text) for row, text in known], -_SHARE_GAP, **look)
