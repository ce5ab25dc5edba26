"""The chart of a forecast: the computed interval as a band on the line between the bounds."""

from __future__ import annotations

from typing import Any

from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from helpers.funding.forecast.funding_forecast import Forecast
from helpers.i18n.localizer import Localizer
from helpers.sections.charts import style
from helpers.sections.components import palette

_BAND_HEIGHT = 0.45  # of the height
_BOUNDS_LINE: dict[str, Any] = {
    "color": palette.POSSIBLE_COLOUR,
    "linewidth": 1.6,
    "marker": "|",
    "markersize": 20,
}
_MEDIAN_DOT: dict[str, Any] = {
    "color": palette.PAPER_COLOUR,
    "marker": "o",
    "markersize": 8,
    "markeredgecolor": palette.FUNDED_COLOUR,
    "markeredgewidth": 1.6,
    "linestyle": "none",
}


def draw_forecast_interval(
    forecast: Forecast, loc: Localizer, alternative: str, slim: bool
) -> style.ChartDrawing:
    """Draw the band from low to high, with a dot at the median, between funded and ceiling."""
    with style.styled_figure(1.75 if slim else 1.35, slim=slim) as (figure, (axes,)):
        axes.plot([forecast.funded, forecast.ceiling], [0, 0], **_BOUNDS_LINE)
        axes.barh(
            0,
            forecast.high - forecast.low,
            _BAND_HEIGHT,
            forecast.low,
            color=palette.FUNDED_COLOUR,
            zorder=3,
        )
        axes.plot([forecast.median], [0], zorder=4, **_MEDIAN_DOT)
        _set_interval_axis(axes, forecast, slim, loc)
        figure.legend(
            [
                Line2D([], [], **{**_BOUNDS_LINE, "markersize": 12}),
                Patch(color=palette.FUNDED_COLOUR),
                Line2D([], [], **_MEDIAN_DOT),
            ],
            [
                loc("Gränserna: nu och om alla säger ja"),
                loc("Prognos, {level}", level=loc.percent(forecast.level)),
                loc("I mitten"),
            ],
            loc="outside upper left",
            ncols=1 if slim else 3,
            frameon=False,
            borderaxespad=0,
            fontsize=9.5,
            columnspacing=1.6,
            handlelength=1.6,
        )
        return style.ChartDrawing(figure, "forecast-slim" if slim else "forecast", alternative)


def _set_interval_axis(axes: Axes, forecast: Forecast, slim: bool, loc: Localizer) -> None:
    """Set up the axis of amounts; it need not begin at 0, because no lengths are compared."""
    margin = 0.05 * (forecast.ceiling - forecast.funded)
    axes.set_xlim(forecast.funded - margin, forecast.ceiling + margin)
    axes.set_ylim(-0.5, 0.5)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    axes.xaxis.set_major_locator(MaxNLocator(3 if slim else 5, steps=[1, 2, 5, 10], integer=True))
    axes.xaxis.set_major_formatter(lambda value, _: loc.count(round(value)))
    axes.set_xlabel(loc("kr per år"))
