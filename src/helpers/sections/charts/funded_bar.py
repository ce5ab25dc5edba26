"""The bar of the first page: secured, possible and missing."""

from __future__ import annotations

from matplotlib.patches import Patch

from helpers.funding.totals.tally import Tally
from helpers.i18n.localizer import Localizer
from helpers.sections.charts import style
from helpers.sections.charts.rendering.text_measurer import POINTS_PER_INCH
from helpers.sections.charts.stacked_bars import PART_STYLES, draw_stacked_bars
from helpers.sections.components.bar_unit import BarUnit
from helpers.system.typefaces.letter_widths import text_width

_BAR_LABEL_SIZE = 10.5  # points
_LABEL_LINE = 0.17  # inches
_SLIM_LABEL_WIDTH = POINTS_PER_INCH * style.SLIM_WIDTH - 30  # points next to the part's colour


def format_amount_and_share(total: Tally, part: str, unit: BarUnit, loc: Localizer) -> str:
    """Format a part of the requested amount in its unit and as a share: 2 618 626 kr (77 %)."""
    amount, share = getattr(total, part), getattr(total, f"{part}_share")
    return f"{unit.format_amount(amount)} ({loc.percent(share)})"


def draw_funded_bar(
    total: Tally, unit: BarUnit, loc: Localizer, alternative: str, slim: bool
) -> style.ChartDrawing:
    """Draw the requested amount as one bar: funded, may still come, declined."""
    labels = [
        _label(name, format_amount_and_share(total, part, unit, loc), slim)
        for part, name in unit.part_names.items()
    ]
    more_lines = sum(label.count("\n") for label in labels) if slim else 0
    height = (1.25 if slim else 1.05) + more_lines * _LABEL_LINE
    with style.styled_figure(height, slim=slim) as (figure, (axes,)):
        whole = max(total.requested, 1)
        amounts = {part: [getattr(total, part) / whole] for part in unit.part_names}
        draw_stacked_bars(axes, amounts, 0.9)
        axes.set(xlim=(0, 1), ylim=(-0.495, 0.495))
        axes.axis("off")
        figure.legend(
            [Patch(**PART_STYLES[part]) for part in unit.part_names],
            labels,
            loc="outside lower left",
            ncols=1 if slim else len(labels),
            mode=None if slim else "expand",
            frameon=False,
            handlelength=1.1,
            handleheight=1.0,
            borderaxespad=0,
            fontsize=_BAR_LABEL_SIZE,
        )
        return style.ChartDrawing(figure, "bar-slim" if slim else "bar", alternative)


def _label(name: str, amount: str, slim: bool) -> str:
    """A part's name and amount: below each other, or on a phone on one line if it is not cut."""
    line = f"{name}: {amount}"
    fits = slim and text_width(line, _BAR_LABEL_SIZE) <= _SLIM_LABEL_WIDTH
    return line if fits else f"{name}\n{amount}"
