"""In every chart of the shipped rounds nothing is cut, and no two texts overlap."""

from __future__ import annotations

import pytest

from helpers import BoardReport
from helpers.model.localized_text import Language
from helpers.sections.charts import style
from helpers.sections.charts.rendering.figure_room import count_overlaps, fits
from helpers.sections.components import figure as chart_figure
from helpers.sections.components.parts.live_chart import DrawnChart

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
