"""Bars, and the finding above them."""

from fractions import Fraction

import numpy as np
from matplotlib.figure import Figure

from helpers.i18n.localizer import Localizer
from helpers.sections.board.members.breakdown_section import share_holder_names
from helpers.sections.charts.row_labels import BarRows
from helpers.sections.charts.share_bars import label_shares
from helpers.sections.charts.stacked_bars import draw_stacked_bars


def test_what_is_nothing_is_not_drawn_as_a_line() -> None:
    axes = Figure().subplots()
    draw_stacked_bars(
        axes, {"funded": [0.0, 2.0], "possible": [1.0, 0.0], "declined": [0.0, 1.0]}, 0.5
    )
    # Each part has both bars: nothing, 2; 1, nothing; nothing, 1.
    drawn = [np.asarray(part.get_linewidth()).astype(bool).tolist() for part in axes.collections]
    assert drawn == [[False, True], [True, False], [False, True]]


def test_a_bars_label_is_short_and_tells_a_little_from_nothing() -> None:
    axes = Figure().subplots()
    shares = [Fraction(0), Fraction(1, 500), Fraction(1, 2), Fraction(499, 500), None]
    label_shares(axes, shares, BarRows(["Alm"], slim=False), Localizer("en"))
    assert [label.get_text() for label in axes.texts] == ["0%", "<1%", "50%", ">99%"]


def test_no_part_stands_for_others_that_are_as_large() -> None:
    half, third = Fraction(1, 2), Fraction(1, 3)
    shares = {"Alm": half, "Berg": third, "Dal": half, "Ek": Fraction(1), "Fors": half}
    swedish, english = Localizer("sv"), Localizer("en")
    assert share_holder_names(shares, third, swedish) == "Berg"
    assert share_holder_names(shares | {"Fors": third}, half, swedish) == "Alm och Dal"
    assert share_holder_names(shares, half, swedish) == "Alm och två till"
    assert share_holder_names(shares, half, english) == "Alm and two others"
