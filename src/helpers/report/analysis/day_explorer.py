"""The state on any day: a slider that redraws key figures and chart, or a static picture."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from helpers.report.analysis.choice_slider import slider_over, with_slider
from helpers.report.analysis.report_comparison import checked_report
from helpers.sections.components.block import Block, stack

if TYPE_CHECKING:
    from ipywidgets import VBox

    from helpers.report.board_report import BoardReport


class DayExplorer:
    """The result of `explore_day`: a slider in JupyterLab, elsewhere the report's own day."""

    def __init__(self, report: BoardReport) -> None:
        self.report = report

    @property
    def days(self) -> list[date]:
        """The days to choose from: from the start of the round to the last day with a change."""
        inputs = self.report.inputs
        first, latest = inputs.round.recommended_on, inputs.register.latest
        last = max(latest or first, self.report.params.as_of)
        return [first + timedelta(days=n) for n in range((last - first).days + 1)]

    def on(self, day: date) -> Block:
        """Return the key figures and the chart of a day, with the knowledge of that day."""
        report = self.report if day == self.report.params.as_of else self.report.on(day)
        return stack(report.answer(), report.over_time())

    def widget(self) -> VBox:
        """Return the slider with its output below; the arrow keys move it by one day."""
        loc = self.report.context.loc
        days = [(loc.date(day), day) for day in self.days]
        return slider_over(days, self.report.params.as_of, loc("Per den"), self.on)

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        """Return both forms: a front end with widgets shows the slider, a document the picture.

        Without ipywidgets, which only JupyterLab needs, it is the picture alone.
        """
        return with_slider(self.widget, self.on(self.report.params.as_of))


def explore_day(report: BoardReport) -> DayExplorer:
    """Show the state of a round on any day with a slider; make it the last line of a cell.

    Without a front end (papermill, an exported document) it is a picture of the report's own day.

    >>> from helpers import BoardReport, explore_day
    >>> explorer = explore_day(BoardReport.load(round="skl-2016", as_of="2017-02-22"))
    >>> explorer.days[0].isoformat()
    '2016-06-10'
    """
    checked_report(report)
    return DayExplorer(report)
