"""Several what-if reports behind one slider, each with its key figures and its chart."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from helpers.errors import ReportError
from helpers.report.analysis.choice_slider import slider_over, with_slider
from helpers.report.analysis.report_comparison import checked_report
from helpers.sections.components.block import Block, stack
from helpers.sections.components.tables.known_names import one_choice

if TYPE_CHECKING:
    from ipywidgets import VBox

    from helpers.report.board_report import BoardReport


class ScenarioExplorer:
    """The result of `explore_scenarios`: a slider in JupyterLab, elsewhere the first report."""

    def __init__(self, reports: Mapping[str, BoardReport]) -> None:
        self.reports = dict(reports)

    def on(self, label: str) -> Block:
        """Return the key figures and the chart by county of a report.

        Raises ReportError, with the nearest label, if no report has the label.
        """
        report = self.reports[one_choice("label", label, self.reports)]
        return stack(report.answer(), report.by_county())

    def widget(self) -> VBox:
        """Return the slider with its output below."""
        labels = [(label, label) for label in self.reports]
        return slider_over(labels, labels[0][0], "", self.on)

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return with_slider(self.widget, self.on(next(iter(self.reports))))


def explore_scenarios(reports: Mapping[str, BoardReport]) -> ScenarioExplorer:
    """Show what-if reports with a slider, by their labels; make it the last line of a cell.

    Without a front end it is a picture of the first. Raises ReportError for fewer than two reports.

    >>> from helpers import BoardReport, explore_scenarios
    >>> report = BoardReport.load(round="skl-2016", as_of="2017-02-22")
    >>> rebates = {f"{n} %": report.with_pricing(rebate_percent=n) for n in (0, 20)}
    >>> list(explore_scenarios(rebates).reports)
    ['0 %', '20 %']
    """
    if not isinstance(reports, Mapping) or len(reports) < 2:
        raise ReportError(
            "Give at least two reports with their labels, for instance explore_scenarios("
            '{"now": report, "rebate 20 %": report.with_pricing(rebate_percent=20)}).'
        )
    for report in reports.values():
        checked_report(report)
    return ScenarioExplorer(reports)
