from __future__ import annotations

import pytest

from helpers.i18n.localizer import Localizer
from helpers.sections.charts import style
from helpers.sections.charts.amount_axis import set_amount_axis


@pytest.mark.parametrize(
    ("requested", "most", "labels", "unit"),
    [
        (3_400_000, 3.4, ["0", "1,0", "2,0", "3,0"], "mnkr per år"),
        (85_000, 85, ["0", "20", "40", "60", "80"], "tkr per år"),
        # In thousands these parts are too small for whole ones.
        (85_000, 1, ["0", "0,2", "0,4", "0,6", "0,8", "1,0"], "tkr per år"),
        (9_000, 9_000, ["0", "2\u00a0000", "4\u00a0000", "6\u00a0000", "8\u00a0000"], "kr per år"),
        (3, 3, ["0", "1", "2", "3"], "kr per år"),
    ],
)
def test_an_axis_is_labelled_in_the_unit_of_the_round(
    requested: int, most: float, labels: list[str], unit: str
) -> None:
    loc = Localizer("sv", requested=requested)
    with style.styled_figure(3.0) as (figure, (axes,)):
        axes.set_ylim(0, most)
        set_amount_axis(axes.yaxis, 5, loc)
        figure.canvas.draw()
        within = [t.get_text() for t in axes.get_yticklabels() if 0 <= t.get_position()[1] <= most]
        assert axes.get_ylabel() == unit
    assert within == labels
