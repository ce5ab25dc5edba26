"""A slider over what-if reports."""

from typing import Any

import pytest

from helpers import BoardReport, explore_scenarios
from helpers.errors import ReportError
from helpers.sections.components.parts.section_parts import SECTION_MIME

REPORT = BoardReport.load(round="skl-2016", as_of="2017-02-22")
REBATES = {f"{n} %": REPORT.with_pricing(rebate_percent=n) for n in (0, 20)}


def test_a_front_end_gets_a_slider_and_a_document_the_first_report() -> None:
    bundle = explore_scenarios(REBATES)._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in bundle
    shown = bundle[SECTION_MIME]["parts"]
    now, then = (REBATES[name].answer().as_json()["parts"] for name in ("0 %", "20 %"))
    assert shown[: len(now)] == now != then


def test_the_slider_redraws_what_is_below_it() -> None:
    slider, shown = explore_scenarios(REBATES).widget().children
    assert [label for label, _ in slider.options] == ["0 %", "20 %"]
    report = REBATES["20 %"]
    secured = report.context.loc.count(report.statement.total.funded)
    assert secured not in shown.value
    slider.value = "20 %"
    assert secured in shown.value


def test_a_label_that_no_report_has_is_refused_with_the_nearest() -> None:
    with pytest.raises(ReportError, match=r"label is '20%'\. Did you mean '20 %'\?"):
        explore_scenarios(REBATES).on("20%")


@pytest.mark.parametrize("reports", [{}, {"now": REPORT}, [REPORT, REPORT]])
def test_fewer_than_two_labelled_reports_are_refused(reports: Any) -> None:
    with pytest.raises(ReportError, match="Give at least two reports with their labels"):
        explore_scenarios(reports)
