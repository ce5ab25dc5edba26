"""How the answers came, of several reports in one chart, in days from each round's start."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, TypeAlias, get_args

import pandas as pd
from matplotlib.figure import Figure

from helpers.errors import ReportError
from helpers.report.analysis.analysis_table import Table
from helpers.report.analysis.arguments.call_arguments import with_checked_call
from helpers.report.analysis.described_figure import described
from helpers.report.analysis.report_comparison import checked_report, column_labels, joint_notice
from helpers.report.report_data import ReportData
from helpers.sections.charts.rendering.measured_layout import MeasuredLayout
from helpers.sections.components.block import Block, stack
from helpers.sections.components.tables.known_names import one_choice
from helpers.sections.components.text import callout

CurveMeasure: TypeAlias = Literal["answered", "yes"]
_CURVE_UNITS = {
    "report": "text",
    "day": "date (YYYY-MM-DD)",
    "days": "days from the start of the round",
    "share": "share of the members asked",
}
_STYLES = ("solid", "dashed", "dotted", "dashdot")  # the curves differ in print without colours


@with_checked_call
def answer_curves(
    *reports: ReportData,
    measure: CurveMeasure = "answered",
    labels: Sequence[str] | None = None,
) -> Block:
    """Return one chart with a curve for each report: the share of members that had answered.

    The days are counted from the start of each round, so that rounds of different years lie upon
    each other. `measure` is "answered" or "yes"; `.data` has the points of the curves. Raises
    ReportError for "answered" of a round whose members that declined are not known.

    >>> from helpers import BoardReport, answer_curves
    >>> first = BoardReport.load(round="skl-2016", as_of="2017-02-22")
    >>> second = BoardReport.load(round="yrkesresan", as_of="2021-06-30")
    >>> curves = answer_curves(first, second, measure="yes", labels=["2016", "2021"])
    >>> curves.data.groupby("report")["share"].last().round(2).to_dict()
    {'2016': 0.72, '2021': 0.82}
    """
    one_choice("measure", measure, get_args(CurveMeasure))
    names = column_labels(reports, labels)
    if not reports or len(set(names)) < len(names):
        raise ReportError("Give reports that differ, for instance answer_curves(report, other).")
    curves = [
        _curve(checked_report(r), name, measure) for r, name in zip(reports, names, strict=True)
    ]
    notice = joint_notice(reports)
    table = Table(pd.concat(curves, ignore_index=True))
    words = "answered" if measure == "answered" else "said yes"
    title = f"Members that had {words}, by days from the start"
    table = table.with_description(title, _CURVE_UNITS, notice)
    shares = [
        f"{name} {100 * curve['share'].iloc[-1]:.0f}%"
        for name, curve in zip(names, curves, strict=True)
    ]
    alternative = f"A curve for each report. The last point: {', '.join(shares)}."
    chart = described(_figure(curves, names), alternative, finding=title)
    shown = stack(callout(notice), chart) if notice else chart
    return shown.with_drawn(table)


def _curve(report: ReportData, name: str, measure: CurveMeasure) -> pd.DataFrame:
    """The points of a curve; the last one is on the report's day."""
    statement = report.statement
    if measure == "answered" and not statement.round.answers.declined_known:
        raise ReportError(
            f"Which members declined is not known in {statement.round.name}, so neither is how "
            'many answered. Write measure="yes".'
        )
    over_time = statement.over_time
    count = over_time[measure]
    days = pd.to_datetime(over_time["day"])
    last = pd.Timestamp(statement.as_of)
    if days.iloc[-1] < last:
        days = pd.concat([days, pd.Series([last])], ignore_index=True)
        count = pd.concat([count, count.tail(1)], ignore_index=True)
    start = pd.Timestamp(statement.round.recommended_on)
    return pd.DataFrame(
        {
            "report": name,
            "day": days.dt.date,
            "days": (days - start).dt.days,
            "share": count / statement.total.members,
        }
    )


def _figure(curves: Sequence[pd.DataFrame], names: Sequence[str]) -> Figure:
    figure = Figure(figsize=(7, 3.5), layout=MeasuredLayout())
    axes = figure.subplots()
    for style, curve, name in zip(_STYLES * len(curves), curves, names, strict=False):
        axes.step(curve["days"], 100 * curve["share"], where="post", label=name, linestyle=style)
    axes.set(xlabel="Days from the start of the round", ylabel="% of the members", ylim=(0, 100))
    axes.legend(loc="lower right")
    return figure
