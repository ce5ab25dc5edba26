"""The examples in docstrings are true, and everything an analyst needs is in `helpers`."""

from __future__ import annotations

import doctest
import inspect
from importlib import import_module

import pandas as pd
import pytest
from IPython.core.completer import provisionalcompleter
from IPython.core.interactiveshell import InteractiveShell

import helpers
from helpers import BoardReport
from helpers.report.analysis.round_tables import Tables
from helpers.report.analysis.scenarios.scenario_tables import Scenarios

REPORT = BoardReport.load(round="skl-2016", as_of="2017-02-22")
GIVEN = {
    "BoardReport": BoardReport,
    "Table": helpers.Table,
    "pd": pd,
    "report": REPORT,
    "scenarios": REPORT.scenarios,
    "tables": REPORT.tables,
}
MODULES = [
    "report.analysis.report_comparison",
    "report.analysis.described_figure",
    "report.analysis.export.table_export",
    "report.analysis.round_list",
    "report.analysis.day_explorer",
    "report.analysis.analysis_table",
    "report.analysis.round_tables",
    "report.analysis.scenarios.member_scenarios",
    "report.analysis.scenarios.scenario_tables",
    "report.analysis.answer_curves",
    "report.what_if_report",
    "report.report_data",
    "report.board_report",
]


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_hold(name: str) -> None:
    module = import_module(f"helpers.{name}")
    found = doctest.testmod(module, extraglobs=GIVEN)
    assert found.attempted > 0
    assert found.failed == 0


@pytest.mark.parametrize("kind", [Tables, Scenarios, BoardReport], ids=lambda kind: kind.__name__)
def test_every_method_has_an_example(kind: type) -> None:
    """Those of the modules above are run."""
    methods = [n for n in dir(kind) if not n.startswith("_") and callable(getattr(kind, n))]
    assert len(methods) > 5
    without = [n for n in methods if ">>> " not in (inspect.getdoc(getattr(kind, n)) or "")]
    assert without == []


def test_objects_complete_by_tab_and_show_what_can_be_asked() -> None:
    report = BoardReport.load(round="skl-2016", as_of="2017-02-22", language="en")
    shell = InteractiveShell()  # type: ignore[no-untyped-call]
    shell.user_ns["report"] = report
    text = "report.tables.by_"
    with provisionalcompleter():
        found = [one.text for one in shell.Completer.completions(text, len(text))]
    assert {name.rpartition(".")[2] for name in found} == {"by_county", "by_group", "by_size"}
    assert "by_county(): The count of each county." in shown(report.tables._repr_html_())
    assert "bounds(): The least and the most" in shown(report.scenarios._repr_html_())
    html = report._repr_mimebundle_()["text/html"]
    assert "Reconstructed answers" in html
    assert "2.6 of 3.4 million" in html.replace("\u00a0", " ")


def shown(html: str) -> str:
    return html.replace("<code>", "").replace("</code>", "")
