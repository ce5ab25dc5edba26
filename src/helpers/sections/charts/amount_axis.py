"""An axis of amounts, in millions, thousands or single units by what the round requests."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axis import Axis
from matplotlib.ticker import Formatter, MaxNLocator

from helpers.i18n.localizer import Localizer
from helpers.i18n.money_units import BILLION, MILLION, AmountScale


class _AmountFormatter(Formatter):
    """The labels of an axis together: if one needs a decimal, all have one."""

    def __init__(self, loc: Localizer, scale: AmountScale) -> None:
        self._say, self._scale = loc, scale

    def __call__(self, value: float, pos: int | None = None) -> str:
        del pos
        return self.format_ticks([value])[0]

    def format_ticks(self, values: Sequence[float]) -> list[str]:
        units = self._scale.units
        return self._say.axis_labels([round(value * units) for value in values], self._scale)


def set_amount_axis(
    axis: Axis, max_intervals: int, loc: Localizer, label: str | None = None
) -> None:
    """Set up an axis of amounts with at most `max_intervals` intervals; without a label, a year's.

    Data are amounts divided by `loc.axis_scale.units`.
    """
    scale = loc.axis_scale
    axis.set_major_locator(
        MaxNLocator(max_intervals, steps=[1, 2, 5, 10], integer=scale.units == 1)
    )
    axis.set_major_formatter(_AmountFormatter(loc, scale))
    axis.set_label_text(label or loc.axis_unit())


def least_year_label(loc: Localizer) -> str:
    """What amounts along an axis are that are those of the year with the least secured."""
    labels = {
        BILLION: loc("mdkr det år som har minst"),
        MILLION: loc("mnkr det år som har minst"),
        1: loc("kr det år som har minst"),
    }
    return labels.get(loc.axis_scale.units) or loc("tkr det år som har minst")
