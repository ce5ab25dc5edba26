"""Tables to slice and compare: five members worked out by hand; the notice is never lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pandas as pd
import pytest

from helpers import BoardReport, Table, compare
from helpers.errors import ReportError
from helpers.funding.statement.statement_computation import compute_statement
from helpers.model.answer_register import Register
from helpers.model.funding_round import Round
from helpers.report.analysis.analysis_table import units_text
from helpers.report.analysis.round_tables import Tables
from support.five_member_round import DAY, HISTORY


@pytest.fixture(scope="module")
def five(
    register_of: Callable[..., Register], five_members: pd.DataFrame, five_round: Round
) -> Tables:
    return Tables(compute_statement(five_round, five_members, register_of(*HISTORY), [], DAY, DAY))


@pytest.fixture(scope="module")
def report() -> BoardReport:
    return BoardReport.load(round="skl-2016", as_of="2017-02-22")


def test_members_are_narrowed_by_each_name_given(five: Tables) -> None:
    assert list(five.members(county="Södra län")["code"]) == ["0004", "0005"]
    assert list(five.members(group=["A1", "B3"], decision="yes")["code"]) == ["0001", "0004"]
    # 2 000 is on the bound and counts, 4 000 is on the other and does not.
    assert list(five.members(at_least=2_000, below=4_000)["code"]) == ["0002", "0003"]
    assert len(five.members(county="Södra län", decision="no")) == 0


def test_a_name_that_no_member_has_is_said_with_those_there_are(five: Tables) -> None:
    said = r"county 'Sodra'\. Did you mean 'Södra län'\? There are: Norra län, Södra län\."
    with pytest.raises(ReportError, match=said):
        five.members(county="Sodra")


def test_parts_are_counted_from_the_slice(five: Tables) -> None:
    north, south = five.by_county().to_dict("records")
    # Alm yes 100, Berg no 200, Dal silent 300; of 600 requested of the county 500 are missing.
    assert (north["funded"], north["requested"], north["gap"]) == (100, 600, 500)
    assert (north["yes"], north["no"], north["unanswered"]) == (1, 1, 1)
    assert south["funded_share"] == 400 / 1_300
    [small, large] = five.by_size(bounds=[5_000], county="Södra län").to_dict("records")
    assert (small["size"], small["funded"]) == ("from 0 to 5000", 400)
    assert (large["size"], large["funded"]) == ("from 5000", 0)


def test_amounts_are_whole_numbers_with_units(five: Tables) -> None:
    members = five.members()
    assert members["fee"].dtype.kind == "i"
    assert members.attrs["units"]["fee"] == "SEK a year"
    assert "inhabitants: population" in units_text(members)
    key = five.key_figures().set_index("figure")["value"]
    assert (key["requested"], key["funded"], key["gap"]) == (1_900, 500, 1_400)
    assert key["funded_share"] == 500 / 1_900


def test_every_column_of_every_table_has_a_unit(report: BoardReport) -> None:
    tables, scenarios = report.tables, report.scenarios
    made = [
        tables.members(), tables.by_county(), tables.by_group(), tables.by_size(),
        tables.over_time(), tables.key_figures(), compare(report.on("2016-11-30"), report),
        scenarios.bounds(), scenarios.replies(), scenarios.shared_gap(), scenarios.alternatives(),
        scenarios.joins("0114", "2017-07-01"), scenarios.leaves("0180"), scenarios.profile(),
        scenarios.forecast(), scenarios.smallest_set("members", 210),
    ]  # fmt: skip
    for table in made:
        assert set(table.columns) == set(table.attrs["units"]), table.attrs["title"]
        assert "Reconstructed answers" in table.attrs["notice"], table.attrs["title"]
        assert table.attrs["title"]


def test_the_notice_survives_what_an_analyst_does_to_a_table(report: BoardReport) -> None:
    members = report.tables.members()
    other = pd.DataFrame({"code": ["0180"], "mine": [1]})
    done = [
        members[members["fee"] > 10_000].sort_values("fee").head(3),
        members.merge(other, on="code"),
        members.merge(report.scenarios.replies()[["code", "funded"]], on="code"),
        pd.concat([members, other]),
        members.groupby("county")[["fee"]].sum(),
        members.assign(double=members["fee"] * 2).reset_index(),
    ]
    for table in done:
        assert "Reconstructed answers" in table.attrs["notice"]
        assert isinstance(table, Table)
        assert "Reconstructed answers" in table._repr_html_()


def test_a_table_is_shown_with_numbers_without_end_and_columns_of_one_name(
    report: BoardReport,
) -> None:
    without_end = report.tables.members().assign(x=lambda table: table["fee"] / 0)
    assert '<td class="right">inf</td>' in without_end._repr_html_()
    by_code = report.tables.members().set_index("code", drop=False)
    assert "0180" in by_code._repr_html_()


def test_two_notices_are_both_said() -> None:
    first = Table({"a": [1]}).with_description("One", {"a": "SEK"}, "Estimated.")
    second = Table({"b": [2]}).with_description("Two", {"b": "members"}, "Drawn.")
    both = pd.concat([first, second], axis=1)
    assert both.attrs["notice"] == "Estimated. Drawn."
    assert both.attrs["units"] == {"a": "SEK", "b": "members"}


def test_dates_and_rounds_stand_side_by_side(report: BoardReport) -> None:
    other = BoardReport.load(round="yrkesresan", as_of="2021-04-13")
    found = compare(report.on("2017-02-21"), report, other).set_index("figure")
    assert list(found.columns) == [
        "skl-2016 2017-02-21",
        "skl-2016 2017-02-22",
        "yrkesresan 2021-04-13",
        "unit",
    ]
    # Who has declined to join Yrkesresan is not known.
    assert found.loc["no", "yrkesresan 2021-04-13"] is None
    two = compare(report.on("2016-06-10"), report).set_index("figure")
    # Published: 209 yes; on the day that the round began there was none.
    assert two.loc["yes", "difference"] == 209
    with pytest.raises(ReportError, match="at least two reports that differ"):
        compare(report, report)


def test_another_day_is_as_it_was_known_then(report: BoardReport) -> None:
    then = report.on("2016-10-31")
    assert then.params.knowledge_day == date(2016, 10, 31)
    assert then.inputs is report.inputs
    with pytest.raises(ReportError, match="Write the date as YYYY-MM-DD"):
        report.on("31 oktober")
