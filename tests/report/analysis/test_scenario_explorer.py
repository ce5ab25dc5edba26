"""A slider over what-if reports."""

from typing import Any

import pytest

from helpers import BoardReport, explore_scenarios
from helpers.errors import ReportError
from helpers.sections.components.parts.section_parts import SECTION_MIME

REPORT = BoardReport.load(round="skl-2016", as_of="2017-02-22")
REBATES = {f"{n} %": REPORT.with_pricing(rebate_percent=n) for n in (0, 20)}


def lead_of(stored: dict[str, Any]) -> str:
    """The sentence below the headline, which has the amounts."""
    return next(str(part["lead"]) for part in stored["parts"] if part["kind"] == "headline")


def test_a_front_end_gets_a_slider_and_a_document_the_first_report() -> None:
    bundle = explore_scenarios(REBATES)._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in bundle
    leads = {label: lead_of(report.answer().as_json()) for label, report in REBATES.items()}
    assert lead_of(bundle[SECTION_MIME]) == leads["0 %"] != leads["20 %"]


def test_the_slider_redraws_what_is_below_it() -> None:
    slider, shown = explore_scenarios(REBATES).widget().children
    assert [label for label, _ in slider.options] == ["0 %", "20 %"]
    before = shown.value
    slider.value = "20 %"
    assert shown.value != before
    assert lead_of(REBATES["20 %"].answer().as_json()) in shown.value


@pytest.mark.parametrize("reports", [{}, {"now": REPORT}, [REPORT, REPORT]])
def test_fewer_than_two_labelled_reports_are_refused(reports: Any) -> None:
    with pytest.raises(ReportError, match="Give at least two reports with their labels"):
        explore_scenarios(reports)
