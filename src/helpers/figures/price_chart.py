"""The price per inhabitant as a curve over how many inhabitants have joined."""

from __future__ import annotations

from fractions import Fraction

from matplotlib.axes import Axes

from helpers.figures import style
from helpers.formats import Speech
from helpers.funding.shared_cost import SharedPrice, Step
from helpers.funding.tally import share

_ROOM = 1.3  # times the highest price, for the labels above the curve


def price_curve(price: SharedPrice, say: Speech, alternative: str, slim: bool) -> str:
    """The price by the share of all inhabitants that have joined, with where it is now."""
    with style.chart(3.0, slim=slim) as (figure, (axes,)):
        points = [
            (float(100 * (share(number, price.population) or 0)), float(rate))
            for number, rate in price.curve
        ]
        axes.plot(*zip(*points, strict=True), color=style.FUNDED, linewidth=2.4)
        axes.set_xlim(0, 112)
        axes.set_ylim(0, float(price.highest_rate) * _ROOM)
        _break_even(axes, price, say)
        _mark(axes, price.now, say("Nu: {rate}", rate=say.kr_per(price.now.rate)), above=True)
        if price.now != price.everyone:
            label = say("Alla: {rate}", rate=say.kr_per(price.everyone.rate))
            _mark(axes, price.everyone, label, above=False)
        axes.set_xticks(range(0, 101, 20), [say.percent(share(n, 100)) for n in range(0, 101, 20)])
        axes.set_xlabel(say("andel av invånarna som är med"))
        axes.set_ylabel(say("kr per invånare"))
        axes.yaxis.set_major_formatter(lambda at, _: say.decimals(Fraction(round(10 * at), 10), 1))
        return style.to_svg(figure, "price-slim" if slim else "price", alternative)


def _break_even(axes: Axes, price: SharedPrice, say: Speech) -> None:
    """A line where the highest price stops deciding, labelled to its left, above the curve."""
    at = float(100 * (price.break_even_share or 0))
    if at > 100:
        return
    axes.axvline(at, ymax=1 / _ROOM, color=style.MUTED, lw=0.9)
    axes.annotate(
        say("Högsta pris {rate}", rate=say.kr_per(price.highest_rate)),
        (0, float(price.highest_rate)), (4, 5), textcoords="offset points", color=style.MUTED,
        fontsize=9,
    )  # fmt: skip
    axes.annotate(
        say("Kostnaden täckt: {share}", share=say.percent(price.break_even_share)),
        (at, 0), (-5, 5), textcoords="offset points", color=style.MUTED, fontsize=9, ha="right",
    )  # fmt: skip


def _mark(axes: Axes, step: Step, label: str, *, above: bool) -> None:
    at = (float(100 * (step.share or 0)), float(step.rate))
    axes.plot(*at, "o", color=style.FUNDED, markersize=6)
    axes.annotate(
        label, at, (4, 8) if above else (2, -16), textcoords="offset points", weight="bold",
        color=style.FUNDED, ha="left" if above else "center",
    )  # fmt: skip
