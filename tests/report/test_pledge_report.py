"""A round of pledges as its readers see it: report, letters, invoice basis, figures.json."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date
from pathlib import Path

import nbformat
import pandas as pd
import pytest

from helpers import BoardReport, MunicipalityLetter
from helpers.data.register.register_writer import NewAnswer
from helpers.documents.invoice_files import invoice_files
from helpers.documents.member_list_file import member_list_files
from helpers.documents.translation import translate_notebook
from helpers.errors import DataError, ReportError
from helpers.funding.billing.letter_occasion import check_letter_kind
from helpers.funding.forecast.funding_forecast import NoForecast
from helpers.report.recording.answer_recorder import propose_answer
from support.appeal_round import DAY, PLEDGED, write_answers, write_appeal

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
    assert "SEK 50,000 of what is pledged is on a condition." in lead
    assert lead.endswith("SEK 559,155 is missing.")
    assert "SEK 556,054" in plain(wording.bounds())


def test_the_method_speaks_of_conversion_only_where_there_are_rates(folder: Path) -> None:
    assert ", after the conversion. " in report().context.wording.rounding_remark()
    rounds = folder / "round.toml"
    lines = rounds.read_text(encoding="utf-8").splitlines()
    one_currency = [line for line in lines if not line.startswith("rates.")]
    rounds.write_text("\n".join(one_currency), encoding="utf-8")
    write_answers(folder, "A,2026-03-03,2026-03-04,yes,300 000,,yes,")
    assert report().context.wording.rounding_remark() == (
        "Each amount is rounded separately to whole SEK. The sums are sums of the rounded amounts."
    )


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


def test_the_data_of_contributors_are_plain_values(folder: Path) -> None:
    frame = report().members().data
    assert frame["stated"].fillna(0).tolist() == [300_000, 10_000.5, 1_000_000, 0, 50_000, 2_000]
    assert frame["currency"].tolist() == ["SEK", "EUR", "JPY", "", "SEK", "EUR"]
    kinds = {type(value) for value in frame.to_numpy().ravel()}
    assert kinds <= {str, int, float, type(None), pd.Timestamp, type(pd.NaT)}
    by_amount = report().members(sort="stated", columns=["stated", "code"])
    assert by_amount.data["code"].tolist() == ["C", "A", "E", "B", "F", "D"]
    assert plain(by_amount.plain).splitlines()[2] == "Ceder | JPY 1,000,000 | C"


def test_members_of_the_same_name_are_told_apart(folder: Path) -> None:
    (folder / "members.csv").write_text("code,name\nA,Alm\nX,Ek\nE,Ek\nB,Ek\n", encoding="utf-8")
    (folder / "contributors.csv").unlink()
    write_answers(folder, "A,2026-03-03,2026-03-04,yes,300 000,,yes,")
    frame = report().possible().data
    assert frame["name"].tolist() == ["Ek", "Ek", "Ek"]
    assert frame["code"].tolist() == ["B", "E", "X"]


@pytest.fixture
def large(folder: Path) -> BoardReport:
    """A report of 1,200 members: M0001 to M0600 pledge their number in kronor, the others wait."""
    codes = [f"M{number:04}" for number in range(1, 1201)]
    (folder / "members.csv").write_text(
        "\n".join(["code,name", *(f"{code},Medlem {code}" for code in codes)]), encoding="utf-8"
    )
    (folder / "contributors.csv").unlink()
    answers = [f"{code},2026-03-03,2026-03-04,yes,{int(code[1:])},,no," for code in codes[:600]]
    write_answers(folder, *answers)
    return report("sv")


def test_a_large_round_of_pledges_lists_the_largest_and_counts_the_others(
    large: BoardReport,
) -> None:
    section = large.members()
    assert section.data["pledged"].tolist() == list(range(600, 500, -1))
    said = plain(section.plain)
    # 1 + 2 + … + 500 = 500 · 501 / 2, and with the hundred listed ones 600 · 601 / 2.
    assert "Tabellen visar 100 av 1 200 bidragsgivare. De övriga 1 100 har tillsammans" in said
    assert "utfäst 125 250 kr. Alla finns i filen members.sv.csv" in said
    assert total_row(said.replace("Summa", "Total"))[-2].strip() == "180 300"
    assert large.members(top=600).data["pledged"].sum() == 180_300


def test_a_large_round_of_pledges_lists_the_first_that_have_not_answered(
    large: BoardReport,
) -> None:
    section = large.possible()
    assert section.data["code"].tolist() == [f"M{number:04}" for number in range(601, 701)]
    assert "Tabellen visar 100 av 600 kommuner. Alla finns i filen" in plain(section.plain)


def test_the_file_of_a_large_round_has_what_each_has_pledged(large: BoardReport) -> None:
    content = member_list_files(large.context)["members.sv.csv"].decode("utf-8-sig")
    rows = list(csv.DictReader(content.splitlines(), delimiter=";"))
    assert len(rows) == 1_200
    [last] = [row for row in rows if row["Kod"] == "M0600"]
    assert (last["Utfäst i egen valuta"], last["Valuta"]) == ("600", "SEK")
    assert last["Bekräftat, kr"] == "0"
