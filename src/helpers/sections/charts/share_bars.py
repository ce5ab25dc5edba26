"""Bars of 100 percent by part of the members: what is funded, what may still come, what is not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from matplotlib.axes import Axes

from helpers.funding.totals.shares import share
from helpers.funding.totals.tally import Tally
from helpers.i18n.localizer import Localizer
from helpers.sections.charts import style
from helpers.sections.charts.row_labels import SLIM_NAME_SIZE, BarRows, write_at_rows
from helpers.sections.charts.stacked_bars import draw_bar_legend, draw_stacked_bars
from helpers.sections.components import palette
from helpers.sections.components.bar_unit import BarUnit

_NAME_SIZE = 9  # points
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
    rows = BarRows.named(tallies, loc, slim)
    row_height = _LOW_ROW_HEIGHT if len(tallies) > _MANY_ROWS and not slim else _ROW_HEIGHT
    height = 0.55 + len(tallies) * row_height * rows.lines
    with style.styled_figure(height, slim=slim) as (figure, (axes,)):
        widths = {part: _shares(part, tallies.values()) for part in unit.part_names}
        longest = draw_stacked_bars(axes, widths, rows.bar_height)
        axes.set_xlim(0, max(1.0, longest))
        rows.set_up(axes, _NAME_SIZE, _SHARE_ROOM, linespacing=0.95)
        label_shares(axes, [tally.funded_share for tally in tallies.values()], rows, loc)
        draw_bar_legend(figure, unit, slim)
        return style.ChartDrawing(figure, f"{name}-slim" if slim else name, alternative)


def _shares(part: str, tallies: Iterable[Tally]) -> list[float]:
    """A part's share of each bar; 0 where nothing is requested."""
    return [float(share(getattr(t, part), t.requested) or 0) for t in tallies]


def label_shares(
    axes: Axes, shares: Sequence[Fraction | None], rows: BarRows, loc: Localizer
) -> None:
    """Write the share that is funded: in front of the bar, or above its end."""
    look: dict[str, Any] = {"color": palette.FUNDED_COLOUR, "weight": "bold", "ha": "right"}
    known = [
        (row, loc.percent(found, short=True))
        for row, found in enumerate(shares)
        if found is not None
    ]
    if rows.slim:
        above = [(1, row - rows.name_rise, text) for row, text in known]
        write_at_rows(axes, above, fontsize=SLIM_NAME_SIZE, **look)
    else:
        look |= {"va": "center", "fontsize": _NAME_SIZE}
        write_at_rows(axes, [(0, row, text) for row, text in known], -_SHARE_GAP, **look)
