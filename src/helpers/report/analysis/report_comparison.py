"""Compare the key figures of several days or of several rounds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import pandas as pd

from helpers.errors import ReportError
from helpers.model.what_if import Member, WhatIf
from helpers.report.analysis.analysis_table import Table
from helpers.report.analysis.arguments.call_arguments import text_list, with_checked_call
from helpers.report.analysis.round_tables import KEY_FIGURES, key_figure_values
from helpers.report.report_data import ReportData
from helpers.sections.components.notices import page_notice
from helpers.sections.pricing.wording_choice import section_context


@with_checked_call
def compare(*reports: ReportData, labels: Sequence[str] | None = None) -> Table:
    """Return the key figures of two or more reports, a column each; of two, also the difference.

    The difference is the second less the first, blank if the currencies differ. `labels` are the
    headings of the columns; without them a column is headed by round and day. Raises ReportError
    for fewer than two reports, for the same report twice, and for anything else than a report.

    >>> from helpers import BoardReport, compare
    >>> now = BoardReport.load(round="skl-2016", as_of="2017-02-22")
    >>> compared = compare(now.on("2016-11-30"), now).set_index("figure")
    >>> int(compared.loc["yes", "skl-2016 2017-02-22"])
    209
    """
    labels = column_labels(reports, labels)
    if len(reports) < 2 or len(set(labels)) < len(labels):
        raise ReportError(
            "Give at least two reports that differ, for instance "
            'compare(report.on("2016-11-30"), report).'
        )
    found = {
        label: key_figure_values(report.statement)
        for label, report in zip(labels, reports, strict=True)
    }
    currencies = list(dict.fromkeys(r.statement.round.currency for r in reports))
    rows = [_comparison_row(name, found, currencies) for name in KEY_FIGURES]
    compared = Table(pd.DataFrame(rows, dtype=object))
    return compared.with_description(
        f"Compared: {', '.join(labels)}", _comparison_units(labels), joint_notice(reports)
    )


def column_labels(reports: Sequence[object], labels: Sequence[str] | None) -> list[str]:
    """Return a label for each report, by default round and day.

    Raises ReportError for anything else than a report, and for labels that do not fit.
    """
    named = [_report_label(checked_report(report)) for report in reports]
    if labels is None:
        return named
    texts = text_list("labels", labels, "Now")
    if len(texts) != len(reports) or not all(texts):
        raise ReportError(
            f"labels has {len(texts)} texts for {len(reports)} reports. Give one for each."
        )
    twice = [text for at, text in enumerate(texts) if text in texts[:at]]
    if twice:
        raise ReportError(f"labels has {twice[0]!r} twice. Give each report another label.")
    if set(texts) & {"figure", "difference", "unit"}:
        raise ReportError("figure, difference and unit head other columns. Give other labels.")
    return texts


def checked_report(value: object) -> ReportData:
    """Return a report; raises ReportError, with what to write, for anything else."""
    if isinstance(value, ReportData):
        return value
    day = f"report.on({str(value)!r})" if isinstance(value, str | date) else "a report"
    raise ReportError(
        f"{value!r} is not a report. Write {day}, where report is what BoardReport.load(…) returns."
    )


def _report_label(report: ReportData) -> str:
    known = report.params.known_on
    known_on = f" known on {known}" if known and known != report.params.as_of else ""
    supposed = f", {what_if_label(report.inputs.what_if)}" if report.inputs.what_if else ""
    return f"{report.params.round} {report.params.as_of}{known_on}{supposed}"


def what_if_label(what_if: WhatIf) -> str:
    """Return what is supposed in a few English words, for the heading of a column."""
    parts = [f"{name}={value}" for name, value in what_if.pricing]
    parts += [f"{name} {answer}" for (_, name), answer in what_if.answers]
    parts += [f"without {_names(what_if.withdrawn)}"] if what_if.withdrawn else []
    parts += [f"not asking {_names(what_if.not_asked)}"] if what_if.not_asked else []
    return f"what if {', '.join(parts)}"


def _names(members: Iterable[Member]) -> str:
    return ", ".join(name for _, name in members)


def _comparison_row(
    name: str, found: dict[str, dict[str, Any]], currencies: list[str]
) -> dict[str, Any]:
    unit = KEY_FIGURES[name]
    values = [figures[name] for figures in found.values()]
    row = {"figure": name, **dict(zip(found, values, strict=True))}
    if len(values) == 2:
        alike = len(currencies) == 1 or "{currency}" not in unit
        known = alike and None not in values
        row["difference"] = values[1] - values[0] if known else None
    return {**row, "unit": unit.format(currency=" or ".join(currencies))}


def _comparison_units(labels: list[str]) -> dict[str, str]:
    units = dict.fromkeys([*labels, "difference"], "as the column unit says")
    return {"figure": "text", **units, "unit": "text"}


def joint_notice(reports: Sequence[ReportData]) -> str:
    """Return the notices of the reports, each once."""
    units = (page_notice(section_context(r.statement, "en")) for r in reports)
    return " ".join(dict.fromkeys(filter(None, units)))
