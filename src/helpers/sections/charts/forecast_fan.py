"""The chart of a forecast: the curve of the funded amount, and from today a fan to its interval."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from helpers.funding.forecast.funding_forecast import Forecast
from helpers.i18n.localizer import Localizer
from helpers.sections.charts import style
from helpers.sections.charts.amount_axis import set_amount_axis
from helpers.sections.charts.funding_over_time import axis_day, draw_requested_line, set_month_axis
from helpers.sections.components import palette

_AXIS_TOP_OF_LARGEST = 1.16  # of the largest amount: where the axis ends
_LEAST_GAP = 0.08  # of the axis, between two amounts that both have a label
_LABEL_ROOM, _SLIM_LABEL_ROOM = 0.22, 0.4  # of the days drawn, for the labels at the right


def draw_forecast_fan(
    points: pd.DataFrame, forecast: Forecast, loc: Localizer, alternative: str, slim: bool
) -> style.ChartDrawing:
    """Draw the funded amount day by day, and from the last day the interval and the median.

    `points` has day and funded (see counting.answers_over_time).
    """
    units = loc.axis_scale.units
    first = points["day"].iloc[0].date()
    top = max(forecast.requested, forecast.high, 1) / units * _AXIS_TOP_OF_LARGEST
    with style.styled_figure(2.8 if slim else 2.6, slim=slim) as (figure, (axes,)):
        drawn = (forecast.horizon - first).days
        room = (_SLIM_LABEL_ROOM if slim else _LABEL_ROOM) * drawn
        axes.set_xlim(axis_day(first), axis_day(forecast.horizon) + room)
        axes.set_ylim(0, top)
        draw_requested_line(axes, first, forecast.requested, loc)
        _draw_fan(axes, points, forecast, units)
        _label_interval(axes, forecast, top, loc)
        set_month_axis(axes, first, forecast.horizon, 3 if slim else 6, loc)
        set_amount_axis(axes.yaxis, 5, loc)
        return style.ChartDrawing(figure, "forecast-slim" if slim else "forecast", alternative)


def _draw_fan(axes: Axes, points: pd.DataFrame, forecast: Forecast, units: int) -> None:
    """Draw what is known as a line, and what is computed in a colour that nothing else has."""
    days = [axis_day(day.date()) for day in points["day"]]
    known = [amount / units for amount in points["funded"].tolist()]
    axes.step(days, known, where="post", color=palette.FUNDED_COLOUR, linewidth=2.4)
    start, end = days[-1], axis_day(forecast.horizon)
    low, median, high = (
        amount / units for amount in (forecast.low, forecast.median, forecast.high)
    )
    look: dict[str, Any] = {"color": palette.FORECAST_COLOUR}
    axes.fill([start, end, end], [known[-1], high, low], alpha=0.25, linewidth=0, **look)
    for amount in (low, high):
        axes.plot([start, end], [known[-1], amount], linewidth=1.2, **look)
    axes.plot([start, end], [known[-1], median], linewidth=1.6, linestyle=(0, (4, 3)), **look)


def _label_interval(axes: Axes, forecast: Forecast, top: float, loc: Localizer) -> None:
    """Write the ends of the interval at the fan's end, and the median where there is room."""
    units, end = loc.axis_scale.units, axis_day(forecast.horizon)
    level = loc("Prognos, {level}", level=loc.percent(forecast.level))
    labels = [(forecast.high, f"{level}\n{loc.millions(forecast.high)}", "bottom")]
    labels.append((forecast.low, loc.millions(forecast.low), "top"))
    gap = min(forecast.high - forecast.median, forecast.median - forecast.low) / units / top
    if gap > _LEAST_GAP:
        labels.append((forecast.median, loc.millions(forecast.median), "center"))
    look: dict[str, Any] = {"textcoords": "offset points", "color": palette.FORECAST_COLOUR}
    for amount, text, side in labels:
        axes.annotate(text, (end, amount / units), (6, 0), va=side, fontsize=9, **look)
