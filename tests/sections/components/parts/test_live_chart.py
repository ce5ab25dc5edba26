"""A figure that an analyst has changed reaches the page, phones and the PDF."""

import re
import warnings

import pytest

from helpers.documents.outputs.stored_section import read_stored_section
from helpers.documents.typst.section_typst import section_as_typst
from helpers.errors import ReportError
from helpers.report.board_report import BoardReport
from helpers.sections.components.parts.section_parts import SECTION_MIME, ChartPart

REPORT = BoardReport.load(round="skl-2016", as_of="2017-02-22")
CHARTS = ["answer", "over_time", "by_county", "by_group", "missing", "on_map"]


@pytest.mark.parametrize("name", CHARTS)
def test_a_figure_that_is_looked_at_but_not_changed_changes_nothing(name: str) -> None:
    section = getattr(REPORT, name)()
    before = section._repr_mimebundle_()
    assert section.figure.axes
    assert section._repr_mimebundle_() == before


def test_a_change_is_on_the_page_on_phones_and_on_paper() -> None:
    section = REPORT.over_time()
    alternative = next(part for part in section.parts if isinstance(part, ChartPart)).alternative
    section.figure.axes[0].set_title("Min rubrik < alla andras")
    with pytest.warns(UserWarning, match="Its text alternative has not"):
        bundle = section._repr_mimebundle_()
    [chart] = [p for p in bundle[SECTION_MIME]["parts"] if p["kind"] == "chart"]
    title = "Min rubrik &lt; alla andras"
    stored = read_stored_section(bundle, "cell 1")
    assert stored is not None
    for form in (chart["broad"], chart["slim"], stored.html, section_as_typst(stored)):
        assert title in form
    assert chart["alternative"] == alternative
    assert bundle["text/html"].count(title) == 2
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # one warning for one change
        section._repr_mimebundle_()


def test_a_changed_figure_may_get_another_text_alternative() -> None:
    section = REPORT.over_time()
    section.figure.axes[0].set_title("Min rubrik")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        bundle = section.describe_figure("Kurvan stiger.")._repr_mimebundle_()
    [chart] = [p for p in bundle[SECTION_MIME]["parts"] if p["kind"] == "chart"]
    assert chart["alternative"] == "Kurvan stiger."
    assert 'aria-label="Kurvan stiger."' in chart["broad"]


def test_a_section_without_a_figure_says_so() -> None:
    with pytest.raises(ReportError, match="no matplotlib figure"):
        _ = REPORT.terms().figure


def test_the_text_is_what_is_said_in_words() -> None:
    text = REPORT.possible().text
    assert "Om de tio största kommuner som inte har svarat" in text
    assert "Jönköping" not in text  # whose name is in the table below


def width_of(svg: str) -> float:
    """The width of a drawing in points."""
    [view] = re.findall(r'viewBox="([^"]*)"', svg)
    return float(view.split()[2])


def test_a_changed_figure_is_laid_out_for_phones() -> None:
    section = REPORT.over_time()
    section.figure.axes[0].set_title("Min rubrik")
    [chart] = [p for p in section.describe_figure("Kurvan.").as_json()["parts"] if "slim" in p]
    assert width_of(chart["slim"]) == 3.6 * 72  # inches, as the section's own for phones
    assert width_of(chart["broad"]) == 6 * 72
    assert "Min rubrik" in chart["slim"]
    assert section.figure.get_figwidth() == 6  # the analyst's own is as it was


def test_a_changed_figure_without_room_on_a_phone_is_warned_of() -> None:
    section = REPORT.over_time()
    section.figure.axes[0].set_title("En rubrik som är bredare än vad en telefon har plats för")
    section.describe_figure("Kurvan.")
    with pytest.warns(UserWarning, match="no room for its texts in the width of a phone"):
        [chart] = [p for p in section.as_json()["parts"] if "slim" in p]
    assert width_of(chart["slim"]) == 6 * 72
