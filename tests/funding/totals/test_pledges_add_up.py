"""A round of pledges: the page's round by hand, and parts that always add up."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.data.round.payments_file import PAYMENTS_COLUMNS, ROUNDING_COLUMNS
from helpers.funding.billing.invoice_basis import build_invoice_basis
from helpers.funding.billing.pledge_list import list_contributions, sum_pledges
from helpers.funding.billing.receivables_ledger import build_receivables_ledger
from helpers.funding.statement.round_statement import Statement
from helpers.funding.totals.year_account import account_of_years
from helpers.report.board_report import BoardReport
from support.appeal_round import ANSWERS, DAY, PLEDGED, SECURED, write_answers, write_appeal


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return write_appeal(tmp_path, monkeypatch)


def state(folder: Path, as_of: str = DAY) -> Statement:
    del folder  # it is in the working folder
    return BoardReport.load(round="appeal", as_of=as_of, future=True).statement


def amounts(statement: Statement, column: str) -> dict[str, int]:
    return {code: row[column] for code, row in statement.rows_by_code.items() if code != "G"}


def test_the_round_of_the_page(folder: Path) -> None:
    statement = state(folder)
    assert amounts(statement, "pledged") == PLEDGED
    assert amounts(statement, "secured") == SECURED
    sums, total = sum_pledges(statement), statement.total
    assert (sums.requested, sums.pledged, sums.confirmed) == (1_000_000, 556_054, 440_845)
    assert (sums.secured, sums.unconfirmed, sums.conditional) == (440_845, 65_209, 50_000)
    assert (sums.not_pledged, total.gap, sums.above) == (443_946, 559_155, 0)
    assert (total.members, total.yes, total.no, total.conditional) == (5, 3, 1, 1)
    assert (total.contributors, total.contributors_funded) == (1, 0)


def test_pledged_amounts_are_secured_at_once_by_default(folder: Path) -> None:
    path = folder / "round.toml"
    path.write_text(path.read_text("utf-8").replace('secured = "confirmed"\n', ""), "utf-8")
    statement = state(folder)
    assert statement.total.funded == 506_054
    assert (statement.total.unconfirmed, statement.total.contributors_funded) == (0, 22_469)


def test_the_curve_ends_where_the_report_is(folder: Path) -> None:
    curve = state(folder).over_time.set_index("day")
    assert curve["funded"].tolist() == [0, 300_000, 412_351, *[440_845] * 4]
    assert (curve["yes"].iloc[-1], curve["no"].iloc[-1]) == (3, 1)


def test_a_confirmation_is_a_later_row(folder: Path) -> None:
    write_answers(folder, *ANSWERS, "C,2026-03-20,2026-03-21,yes,1000000,JPY,yes,")
    assert amounts(state(folder, "2026-03-20"), "secured")["C"] == 28_494
    assert amounts(state(folder, "2026-03-21"), "secured")["C"] == 71_234


def test_more_than_requested_leaves_nothing_missing(folder: Path) -> None:
    write_answers(folder, "A,2026-03-03,2026-03-04,yes,1200000,,yes,")
    statement = state(folder)
    assert (statement.total.funded, statement.total.gap) == (1_200_000, 0)
    assert (statement.total.above_requested, statement.gap_all_years) == (200_000, 0)
    assert statement.total.unanswered_fees == 0


def test_a_pledge_for_one_year_is_missing_in_the_other(folder: Path) -> None:
    path = folder / "round.toml"
    path.write_text(path.read_text("utf-8").replace("[2026]", "[2026, 2027]"), "utf-8")
    heading = "code,decided_on,received_on,decision,amount,confirmed,years"
    rows = [
        "A,2026-03-03,2026-03-04,yes,300000,yes,2026",
        "B,2026-03-03,2026-03-04,yes,100000,yes,",
    ]
    write_answers(folder, *rows, heading=heading)
    statement = state(folder)
    assert statement.by_year == {2026: 400_000, 2027: 100_000}
    assert (statement.total.funded, statement.total.uncovered) == (100_000, 300_000)
    assert sum_pledges(statement).pledged == 400_000
    assert statement.gap_all_years == 600_000 + 900_000


def test_a_member_that_leaves_takes_back_what_it_pledged_on_a_condition_and_no_more(
    folder: Path,
) -> None:
    write_leaving(folder, "ACDE")
    statement = state(folder)
    sums, total = sum_pledges(statement), statement.total
    # A's 300 000 and C's 71 234 are a yes and stay; E's 50 000 had a condition.
    assert (sums.pledged, sums.secured, sums.unconfirmed) == (506_054, 440_845, 65_209)
    assert (sums.conditional, sums.uncovered, total.lost) == (0, 0, 0)
    assert sums.not_pledged == 1_000_000 - 506_054
    assert (total.left, total.left_funded, total.members) == (4, 328_494, 1)
    left = {
        row.code: (row.pledged, row.amount, row.currency) for row in list_contributions(statement)
    }
    assert (left["E"], left["C"]) == ((0, 0, ""), (71_234, 1_000_000, "JPY"))


def test_a_member_that_has_left_keeps_the_year_that_its_yes_leaves_out(folder: Path) -> None:
    path = folder / "round.toml"
    path.write_text(path.read_text("utf-8").replace("[2026]", "[2026, 2027]"), "utf-8")
    heading = "code,decided_on,received_on,decision,amount,confirmed,years"
    write_answers(folder, "A,2026-03-03,2026-03-04,yes,300000,200000,2026", heading=heading)
    write_leaving(folder, "A")
    statement = state(folder)
    of_2026, of_2027 = account_of_years(statement.on_day.tally_by_year)[0].values()
    assert (of_2026.funded, of_2026.unconfirmed, of_2026.uncovered) == (200_000, 100_000, 0)
    assert (of_2027.funded, of_2027.unconfirmed, of_2027.uncovered) == (0, 0, 300_000)
    assert (of_2026.lost, of_2027.lost) == (0, 0)


def test_what_a_member_that_has_left_pledged_is_invoiced_as_it_is_secured(folder: Path) -> None:
    path = folder / "round.toml"
    path.write_text(path.read_text("utf-8").replace("[2026]", "[2026, 2027]"), "utf-8")
    write_leaving(folder, "AC")
    statement = state(folder)
    secured = {2026: 440_845, 2027: 440_845}
    assert statement.by_year == secured
    details = pd.DataFrame(columns=["code", "organisation_number", "buyer_reference"], dtype=str)
    basis = build_invoice_basis(statement, details)
    assert {year: sums.amount for year, sums in basis.by_year.items()} == secured
    none = pd.DataFrame(columns=[*PAYMENTS_COLUMNS, *ROUNDING_COLUMNS])
    none = none.astype({"invoiced_on": "datetime64[s]", "paid_on": "datetime64[s]"})
    ledger = build_receivables_ledger(statement, none)
    not_invoiced = {year: sums.not_invoiced for year, sums in ledger.by_year.items()}
    assert not_invoiced == {year: amount * 1_000 for year, amount in secured.items()}


def test_each_year_of_the_account_has_its_own_requested_amount(folder: Path) -> None:
    request_by_year(folder)
    of_2026, of_2027 = account_of_years(state(folder).on_day.tally_by_year)[0].values()
    # Pledged are 556 054 in both years, 440 845 of them secured.
    assert (of_2026.requested, of_2026.unanswered, of_2026.above_requested) == (
        1_000_000,
        443_946,
        0,
    )
    assert (of_2027.requested, of_2027.unanswered, of_2027.above_requested) == (500_000, 0, 56_054)


def request_by_year(folder: Path) -> None:
    path = folder / "round.toml"
    text = path.read_text("utf-8").replace("[2026]", "[2026, 2027]")
    path.write_text(text.replace("1_000_000", "{ 2026 = 1_000_000, 2027 = 500_000 }"), "utf-8")


def write_leaving(folder: Path, codes: str) -> None:
    """Members of whom some leave after all answers, before the day of the report."""
    lines = [f"{code},M{code},{'2026-03-20' if code in codes else ''}" for code in "ABCDE"]
    (folder / "members.csv").write_text("\n".join(["code,name,valid_to", *lines]) + "\n", "utf-8")


PLEDGES = st.lists(
    st.tuples(
        st.sampled_from("ABCDEFG"),
        st.sampled_from(["yes", "no"]),
        st.integers(1, 10**8),  # hundredths
        st.sampled_from(["", "EUR"]),
        st.fractions(0, 1, max_denominator=4),
        st.sampled_from(["", "if the others do"]),
    ),
    unique_by=lambda pledge: pledge[0],
    max_size=7,
)


def written(pledge: tuple[str, str, int, str, Fraction, str]) -> str:
    code, decision, hundredths, currency, part, condition = pledge
    stated = f"{code},2026-03-03,2026-03-04,{decision}"
    if decision == "no":
        return f"{stated},,,,"
    confirmed = int(hundredths * part)
    cells = f"{hundredths / 100:.2f},{currency},{confirmed / 100:.2f}"
    return f"{stated},{cells},{condition}"


@given(
    pledges=PLEDGES,
    secured=st.sampled_from(["pledged", "confirmed"]),
    leaving=st.sampled_from(["", "", "A", "BCDE", "ABCDE"]),
    by_year=st.booleans(),
)
@settings(max_examples=25, deadline=None)
def test_the_parts_always_add_up(
    pledges: list[tuple[str, str, int, str, Fraction, str]],
    secured: str,
    leaving: str,
    by_year: bool,
) -> None:
    with TemporaryDirectory() as project, pytest.MonkeyPatch.context() as monkeypatch:
        folder = write_appeal(Path(project), monkeypatch, answers=list(map(written, pledges)))
        path = folder / "round.toml"
        text = path.read_text("utf-8").replace('secured = "confirmed"', f'secured = "{secured}"')
        path.write_text(text, "utf-8")
        if by_year:
            request_by_year(folder)
        if leaving:
            write_leaving(folder, leaving)
        statement = state(folder)
        monkeypatch.undo()  # before the folder goes
    sums, rows = sum_pledges(statement), list_contributions(statement)
    assert sums.pledged == sum(row.pledged for row in rows)
    assert sums.pledged == sums.secured + sums.unconfirmed + sums.conditional + sums.uncovered
    assert sums.requested == sums.pledged + sums.not_pledged - sums.above
    assert sums.not_pledged == 0 or sums.above == 0
    assert sums.secured == sum(row["secured"] for row in statement.rows_by_code.values())
    assert sums.secured == statement.over_time["funded"].iloc[-1]
    of_years, all_years = account_of_years(statement.on_day.tally_by_year)
    for account in (*of_years.values(), all_years):
        parts = (account.funded, account.unanswered, account.conditional, account.unconfirmed)
        assert min(*parts, account.above_requested) >= 0
        assert sum(parts) - account.above_requested == account.requested
    requested = {2026: 1_000_000, 2027: 500_000} if by_year else {2026: 1_000_000}
    assert {year: account.requested for year, account in of_years.items()} == requested
