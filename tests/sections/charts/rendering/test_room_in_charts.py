"""In every chart of the shipped rounds nothing is cut, and no two texts overlap."""

from __future__ import annotations

import pytest

from helpers import BoardReport
from helpers.i18n.localizer import Localizer
from helpers.model.localized_text import Language
from helpers.sections.charts import style
from helpers.sections.charts.missing_bars import draw_missing_bars
from helpers.sections.charts.rendering.figure_room import count_overlaps, fits
from helpers.sections.charts.share_bars import draw_share_bars
from helpers.sections.components import figure as chart_figure
from helpers.sections.components.parts.live_chart import DrawnChart
from helpers.system.typefaces.drawing_typeface import drawn_in
from helpers.system.typefaces.typeface_chain import typeface_named
from support.scripts_of_the_world import ARABIC, GREEK

SHOWN = BoardReport.load(round="skl-2016", as_of="2017-02-22", language="sv")
DAYS = [
    ("skl-2016", "2016-06-30"),
    ("skl-2016", "2016-10-15"),
    ("skl-2016", "2017-02-22"),
    ("yrkesresan", "2021-06-30"),
]
SECTIONS = ("answer", "price", "over_time", "missing", "by_county", "by_group", "forecast")


def drawn_charts(
    report: BoardReport, monkeypatch: pytest.MonkeyPatch
) -> dict[str, style.ChartDrawing]:
    """Every chart of the report as it is drawn for a page, by its name: broad, and for phones."""
    charts: dict[str, style.ChartDrawing] = {}
    as_svg = chart_figure._svg_of

    def noted(drawing: DrawnChart | str) -> str:
        if isinstance(drawing, style.ChartDrawing):
            charts[drawing.name] = drawing
        return as_svg(drawing)

    monkeypatch.setattr(chart_figure, "_svg_of", noted)
    for section in SECTIONS:
        getattr(report, section)()
    return charts


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize(("name", "day"), DAYS)
def test_nothing_is_cut_and_nothing_overlaps(
    name: str, day: str, language: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = BoardReport.load(round=name, as_of=day, language=language)
    charts = drawn_charts(report, monkeypatch)
    assert {"bar", "time", "missing", "county", "group"} <= set(charts)
    assert {f"{chart}-slim" for chart in charts if not chart.endswith("-slim")} <= set(charts)
    found = {
        chart: (fits(drawing.figure), count_overlaps(drawing.figure))
        for chart, drawing in charts.items()
    }
    assert found == dict.fromkeys(charts, (True, 0))


@pytest.mark.parametrize("slim", [False, True])
@pytest.mark.parametrize("brand", [None, "DejaVu Sans"])
def test_long_names_and_other_scripts_have_their_room(brand: str | None, slim: bool) -> None:
    loc, unit = Localizer("sv"), SHOWN.context.wording.bars.unit()
    names = [
        "Kommunalförbundet för gemensam räddningstjänst i mellersta Norrland",
        "Å",
        GREEK,
        ARABIC,
    ]
    tallies = dict.fromkeys(names, unit.measure(SHOWN.statement.total))
    with drawn_in(typeface_named(brand)):
        drawings = [
            draw_share_bars(tallies, unit, loc, "x", "ord", slim),
            draw_missing_bars(tallies, unit, loc, "ord", slim),
        ]
        for drawing in drawings:
            drawing.add_foot("EXEMPEL: rekonstruerade svar. " * 4)
            drawing.svg()
            assert (fits(drawing.figure), count_overlaps(drawing.figure)) == (True, 0)
