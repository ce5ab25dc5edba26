"""The chart of a forecast: the computed interval as a band on the line between the bounds."""

from __future__ import annotations

from typing import Any

from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from helpers.figures import style
from helpers.formats import Speech
from helpers.funding.forecast import Forecast

_BAND = 0.45  # of the height
_LINE: dict[str, Any] = {"color": style.POSSIBLE, "linewidth": 1.6, "marker": "|", "markersize": 20}
_DOT: dict[str, Any] = {
    "color": style.PAPER, "marker": "o", "markersize": 8, "markeredgecolor": style.FUNDED,
    "markeredgewidth": 1.6, "linestyle": "none",
}  # fmt: skip


def interval(found: Forecast, say: Speech, alternative: str, slim: bool) -> str:
    """The band from low to high with a dot in the middle, on the line from funded to ceiling."""
    with style.chart(1.75 if slim else 1.35, slim=slim) as (figure, (axes,)):
        axes.plot([found.funded, found.ceiling], [0, 0], **_LINE)
        axes.barh(0, found.high - found.low, _BAND, found.low, color=style.FUNDED, zorder=3)
        axes.plot([found.median], [0], zorder=4, **_DOT)
        _amounts(axes, found, slim, say)
        figure.legend(
            [
                Line2D([], [], **{**_LINE, "markersize": 12}),
                Patch(color=style.FUNDED),
                Line2D([], [], **_DOT),
            ],
            [
                say("Gränserna: nu och om alla säger ja"),
                say("Beräknat, {level}", level=say.percent(found.level)),
                say("I mitten"),
            ],
            loc="outside upper left", ncols=1 if slim else 3, frameon=False, borderaxespad=0,
            fontsize=9.5, columnspacing=1.6, handlelength=1.6,
        )  # fmt: skip
        return style.to_svg(figure, "forecast-slim" if slim else "forecast", alternative)


def _amounts(axes: Axes, found: Forecast, slim: bool, say: Speech) -> None:
    """Amounts along the line alone: it need not begin at nothing, as no length is compared."""
    room = 0.05 * (found.ceiling - found.funded)
    axes.set_xlim(found.funded - room, found.ceiling + room)
    axes.set_ylim(-0.5, 0.5)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    axes.xaxis.set_major_locator(MaxNLocator(3 if slim else 5, steps=[1, 2, 5, 10], integer=True))
    axes.xaxis.set_major_formatter(lambda value, _: say.count(round(value)))
    axes.set_xlabel(say("kr per år"))
