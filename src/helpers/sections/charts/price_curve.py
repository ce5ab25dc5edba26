"""The chart of the price per inhabitant by the inhabitants that have joined."""

from __future__ import annotations

from fractions import Fraction

from matplotlib.axes import Axes

from helpers.funding.totals.shared_price import PriceStep, SharedPrice
from helpers.funding.totals.shares import share
from helpers.i18n.localizer import Localizer
from helpers.sections.charts import style
from helpers.sections.components import palette

_AXIS_HEADROOM = 1.3  # times the highest price, for the labels above the curve


def draw_price_curve(
    price: SharedPrice, loc: Localizer, alternative: str, slim: bool
) -> style.ChartDrawing:
    """Draw the price by the share of inhabitants that have joined, with the present price."""
    with style.styled_figure(3.0, slim=slim) as (figure, (axes,)):
        points = [
            (float(100 * (share(number, price.population) or 0)), float(rate))
            for number, rate in price.rate_curve
        ]
        axes.plot(*zip(*points, strict=True), color=palette.FUNDED_COLOUR, linewidth=2.4)
        axes.set_xlim(0, 112)
        axes.set_ylim(0, float(price.highest_rate) * _AXIS_HEADROOM)
        _draw_break_even_line(axes, price, loc)
        _mark_price(
            axes, price.now, loc("Nu: {rate}", rate=loc.unit_price(price.now.rate)), above=True
        )
        if price.now != price.if_all_join:
            label = loc("Alla: {rate}", rate=loc.unit_price(price.if_all_join.rate))
            _mark_price(axes, price.if_all_join, label, above=False)
        axes.set_xticks(range(0, 101, 20), [loc.percent(share(n, 100)) for n in range(0, 101, 20)])
        axes.set_xlabel(loc("andel av invånarna som är med"))
        axes.set_ylabel(loc("kr per invånare"))
        axes.yaxis.set_major_formatter(lambda at, _: loc.decimals(Fraction(round(10 * at), 10), 1))
        return style.ChartDrawing(figure, "price-slim" if slim else "price", alternative)


def _draw_break_even_line(axes: Axes, price: SharedPrice, loc: Localizer) -> None:
    """Draw a line where the highest price stops applying, with a label above the curve."""
    at = float(100 * (price.break_even_share or 0))
    if at > 100:
        return
    axes.axvline(at, ymax=1 / _AXIS_HEADROOM, color=palette.MUTED_COLOUR, lw=0.9)
    axes.annotate(
        loc("Högsta pris {rate}", rate=loc.unit_price(price.highest_rate)),
        (0, float(price.highest_rate)),
        (4, 5),
        textcoords="offset points",
        color=palette.MUTED_COLOUR,
        fontsize=9,
    )
    axes.annotate(
        loc("Kostnaden täckt: {share}", share=loc.percent(price.break_even_share)),
        (at, 0),
        (-5, 5),
        textcoords="offset points",
        color=palette.MUTED_COLOUR,
        fontsize=9,
        ha="right",
    )


def _mark_price(axes: Axes, step: PriceStep, label: str, *, above: bool) -> None:
    at = (float(100 * (step.share or 0)), float(step.rate))
    axes.plot(*at, "o", color=palette.FUNDED_COLOUR, markersize=6)
    axes.annotate(
        label,
        at,
        (4, 8) if above else (2, -16),
        textcoords="offset points",
        weight="bold",
        color=palette.FUNDED_COLOUR,
        ha="left" if above else "center",
    )
