"""A round of pledges as its readers see it: report, letters, invoice basis, figures.json."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import nbformat
import pytest

from helpers import BoardReport, MunicipalityLetter
from helpers.data.register.register_writer import NewAnswer
from helpers.documents.invoice_files import invoice_files
from helpers.documents.translation import translate_notebook
from helpers.errors import DataError, ReportError
from helpers.funding.billing.letter_occasion import check_letter_kind
from helpers.funding.forecast.funding_forecast import NoForecast
from helpers.report.recording.answer_recorder import propose_answer
from support.appeal_round import DAY, PLEDGED, write_appeal

NBSP = "\N{NO-BREAK SPACE}"
NOT_APPLICABLE = ["by_county", "by_group", "missing", "on_map", "price", "sharing", "largest"]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return write_appeal(tmp_path, monkeypatch)


def report(language: str = "en") -> BoardReport:
    return BoardReport.load(round="appeal", as_of=DAY, language=language, future=True)


def total_row(text: str) -> list[str]:
    [row] = [line for line in text.splitlines() if line.startswith("Total |")]
    return row.split("|")


def plain(text: object) -> str:
    return str(text).replace(NBSP, " ")


def test_the_headline_and_the_lead(folder: Path) -> None:
    wording = report().context.wording
    assert plain(wording.headline()) == "44% secured: SEK 440,845 of 1,000,000"
    lead = plain(wording.lead())
    assert "SEK 556,054 is pledged, of which SEK 440,845 is confirmed." in lead
    assert "SEK 50,000 of it is pledged on a condition." in lead
    assert lead.endswith("SEK 559,155 is missing.")
    assert "SEK 556,054" in plain(wording.bounds())


def test_a_row_a_contributor_in_alphabetical_order(folder: Path) -> None:
    frame = report().members().data
    assert frame["name"].tolist() == ["Alm", "Berg", "Ceder", "Dal", "Ek", "Fonden"]
    assert frame["pledged"].fillna(0).tolist() == list(PLEDGED.values())
    text = plain(report().members().plain)
    assert "EUR 10,000.50" in text
    assert [cell.strip() for cell in total_row(text)][-2:] == ["556,054", "440,845"]
    assert "EUR 1 = SEK 11.2345 (Sveriges riksbank, 2 March 2026)" in text
    assert "JPY 100 = SEK 7.1234 (Sveriges riksbank, 2 March 2026)" in text
    assert "not in the number asked: Fonden." in text


def test_what_is_paid_stands_beside_what_is_pledged(folder: Path) -> None:
    rows = (
        "code,year,invoiced_on,amount,paid_on,paid\nB,2026,2026-03-10,112351,2026-03-12,100000.25\n"
    )
    (folder / "payments.csv").write_text(rows, encoding="utf-8")
    section = report().members()
    paid = section.data.set_index("name")["paid"]
    assert (paid["Berg"], paid["Alm"]) == (100_000.25, 0)
    assert total_row(plain(section.plain))[-1].strip() == "100,000.25"
    assert "Paid | 100,000.25 | 10%" in plain(report().answer().plain)


@pytest.mark.parametrize("section", NOT_APPLICABLE)
def test_a_section_on_fees_does_not_apply(folder: Path, section: str) -> None:
    assert getattr(report(), section)().parts == ()


def test_there_is_no_forecast_and_no_sharing(folder: Path) -> None:
    statement = report().statement
    assert isinstance(
        BoardReport.load(round="appeal", as_of=DAY, forecast=True, future=True).forecast_result,
        NoForecast,
    )
    assert statement.gap_sharing is None
    assert statement.after_more_answers == []


def test_figures_json_leaves_out_what_is_not_known(folder: Path) -> None:
    figures = report().figures
    assert figures["pledges"]["pledged"] == 556_054
    assert figures["pledges"]["rates"]["EUR"]["rate"] == "11.2345"
    assert (figures["requested"], figures["funded"], figures["gap"]) == (
        1_000_000,
        440_845,
        559_155,
    )
    unknown = {"declined", "possible", "unanswered_fees", "mean_fee_others", "sharing", "replies"}
    assert not unknown & set(figures)


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("A", "You have pledged SEK 300,000 for 2026. You have confirmed the whole amount."),
        ("C", "It counts as SEK 71,234, at the rate JPY 100 = SEK 7.1234"),
        ("C", "You have confirmed JPY 400,000. The rest counts as secured once"),
        ("D", "You have not pledged an amount."),
        ("F", "You have pledged EUR 2,000 for 2026."),
    ],
)
def test_a_letter_states_the_pledge(folder: Path, code: str, said: str) -> None:
    letter = MunicipalityLetter.of(report(), code)
    assert said in plain(letter.fee().plain)


def test_a_letter_asks_for_what_is_not_confirmed(folder: Path) -> None:
    letter = MunicipalityLetter.of(report(), "C")
    assert "Confirm JPY 600,000 in writing" in plain(letter.next_steps().plain)


def test_only_contributors_that_have_answered_get_a_letter(folder: Path) -> None:
    addressed = report().statement.on_day.addressed
    assert addressed["code"].tolist() == list("ABCDEF")
    with pytest.raises(
        ReportError,
        match=r"^Givaren \(G\) is a contributor outside the members that has pledged nothing by "
        r"2026-03-31, and gets no letter\.$",
    ):
        MunicipalityLetter.of(report(), "G")


def test_the_invoice_basis_has_what_is_secured(folder: Path) -> None:
    basis = report().invoice_basis
    assert {row.code: row.amount for row in basis.rows} == {"A": 300_000, "B": 112_351, "C": 28_494}
    lines = invoice_files(report(), "en")["invoices.csv"].decode("utf-8-sig")
    assert "SEK 28,494 for the year is JPY 400,000, at the rate JPY 100 = SEK 7.1234" in plain(
        lines
    )


def test_what_nobody_knows_is_refused_and_not_computed(folder: Path) -> None:
    scenarios = report().scenarios
    for ask in (scenarios.bounds, scenarios.replies, scenarios.shared_gap, scenarios.forecast):
        with pytest.raises(ReportError, match="decides on its own amount"):
            ask()
    with pytest.raises(ReportError, match="states an amount"):
        report().with_answers({"D": "yes"})


def test_what_if_a_contributor_withdraws(folder: Path) -> None:
    # 440 845 without Berg's 112 351
    assert report().without(["B"]).statement.total.funded == 328_494


def test_a_pledge_is_recorded_with_its_amount(folder: Path) -> None:
    new = NewAnswer("D", "yes", "2026-03-09", "2026-03-10", amount="100", currency="EUR")
    change = propose_answer("appeal", new, date(2026, 3, 31))
    assert change.after.decode().splitlines()[-1] == "D,2026-03-09,2026-03-10,yes,100,EUR,,"
    with pytest.raises(DataError, match="no reference rate"):
        propose_answer("appeal", replace(new, currency="GBP"), date(2026, 3, 31))


def test_the_headings_of_a_notebook_speak_of_pledges(folder: Path) -> None:
    letter = MunicipalityLetter.of(report("sv"), "A").hand_over().content
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("## Er avgift")])
    translate_notebook(notebook, "sv", letter["words"])
    assert notebook.cells[0].source == "## Er utfästelse"


def test_a_letter_that_states_a_fee_is_refused(folder: Path) -> None:
    statement = report().statement
    for kind in ("request", "paper"):
        with pytest.raises(ReportError, match="in a round of pledges there is none"):
            check_letter_kind(statement, kind)
    check_letter_kind(statement, "status")
