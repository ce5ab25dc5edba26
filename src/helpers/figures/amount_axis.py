"""An axis of amounts, in millions, thousands or single units by what the round requests."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axis import Axis
from matplotlib.ticker import Formatter, MaxNLocator

from helpers.formats import Speech


class _Amounts(Formatter):
    """The labels of an axis all together, since one that needs a decimal gives it to all."""

    def __init__(self, say: Speech) -> None:
        self._say = say

    def __call__(self, value: float, pos: int | None = None) -> str:
        del pos
        return self.format_ticks([value])[0]

    def format_ticks(self, values: Sequence[float]) -> list[str]:
        units = self._say.axis.units
        return self._say.on_axis([round(value * units) for value in values])


def amount_axis(axis: Axis, most: int, say: Speech) -> None:
    """At most so many intervals of amounts a year; what is drawn is amounts / `say.axis.units`."""
    whole = say.axis.units == 1
    axis.set_major_locator(MaxNLocator(most, steps=[1, 2, 5, 10], integer=whole))
    axis.set_major_formatter(_Amounts(say))
    axis.set_label_text(say.axis_unit())
