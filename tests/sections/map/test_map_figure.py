"""The map's figure: it is that of the page until an analyst changes it."""

from __future__ import annotations

from collections import Counter
from math import pi

import pytest
from matplotlib.colors import to_hex, to_rgba
from matplotlib.patches import Circle

from helpers import BoardReport
from helpers.sections.components import palette

REPORT = BoardReport.load(round="skl-2016", as_of="2017-02-22", language="sv")


def test_the_figure_has_a_circle_for_each_member_and_a_change_goes_into_the_document() -> None:
    section = REPORT.on_map()
    stored = section.as_json()
    [axes] = section.figure.axes
    circles = {str(patch.get_label()): patch for patch in axes.patches if isinstance(patch, Circle)}
    answers = REPORT.statement.answers.set_index("name")
    assert set(circles) == set(answers.index)
    colours = Counter(to_hex(circle.get_facecolor()) for circle in circles.values())
    # SKL's letter: 209 yes, 44 no; 37 have not answered.
    assert colours == {
        palette.FUNDED_COLOUR: 209,
        palette.DECLINED_COLOUR: 44,
        palette.PAPER_COLOUR: 37,
    }
    # As in the page's drawing: members' names are heavier than counties', and a yes is muted where
    # others are named.
    weights = {text.get_text(): text.get_fontweight() for text in axes.texts}
    assert (weights["Malmö"], weights["Skåne"]) == ("semibold", "normal")
    strengths = {to_hex(c.get_facecolor()): to_rgba(c.get_facecolor())[3] for c in circles.values()}
    assert strengths == {
        palette.FUNDED_COLOUR: 0.5,
        palette.DECLINED_COLOUR: 1,
        palette.PAPER_COLOUR: 1,
    }
    # The area of a circle is the fee: the same for each krona in the two largest.
    areas = [
        pi * circles[name].radius ** 2 / answers.loc[name, "fee"] for name in ("Stockholm", "Malmö")
    ]
    assert areas[0] == pytest.approx(areas[1])
    assert section.as_json() == stored  # looking changes nothing

    circles["Malmö"].set_facecolor("#123456")
    with pytest.warns(UserWarning, match="no room for its texts in the width of a phone"):
        changed = section.describe_figure("Malmö är markerad.").as_json()["parts"][0]
    assert "#123456" in changed["broad"]
    assert 'aria-label="Malmö är markerad."' in changed["broad"]
    assert "#123456" not in stored["parts"][0]["broad"]
    assert "EXEMPEL: rekonstruerade svar." in changed["broad"]
