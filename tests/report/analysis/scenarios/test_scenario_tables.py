"""What an analyst asks of a round: five members worked out by hand, and the notebook."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from helpers.errors import ReportError
from helpers.funding.statement.statement_computation import compute_statement
from helpers.model.answer_register import Register
from helpers.model.funding_round import Round
from helpers.notebooks.execution import run_keeping_failure
from helpers.report.analysis.scenarios.scenario_tables import Scenarios
from helpers.report.board_report import BoardReport
from support.five_member_round import DAY, HISTORY


@pytest.fixture(scope="module")
def five(
    register_of: Callable[..., Register], five_members: pd.DataFrame, five_round: Round
) -> Scenarios:
    return Scenarios(
        compute_statement(five_round, five_members, register_of(*HISTORY), [], DAY, DAY)
    )


def rows(frame: pd.DataFrame, *columns: str) -> list[tuple[object, ...]]:
    return list(frame[list(columns)].itertuples(index=False, name=None))


def test_bounds_now_and_after_more_answers(five: Scenarios) -> None:
    # Fors adds 900, Dal 300 more.
    assert rows(five.bounds([1]), "answers", "low", "high") == [
        (0, 500, 1_700),
        (1, 500, 1_400),
        (2, 500, 1_700),
    ]


def test_replies_largest_first(five: Scenarios) -> None:
    assert rows(five.replies(), "name", "fee", "funded") == [
        ("Fors", 900, 1_400),
        ("Dal", 300, 1_700),
    ]


def test_the_smallest_set_and_what_cannot_be_reached(five: Scenarios) -> None:
    assert list(five.smallest_set("amount", 1_400)["name"]) == ["Fors"]
    assert list(five.smallest_set("members", 4)["name"]) == ["Fors", "Dal"]
    with pytest.raises(ReportError, match="amount comes to 1700, 100 short of 1800"):
        five.smallest_set("amount", 1_800)


def test_sharing_the_gap(five: Scenarios) -> None:
    # Alm and Ek share 1 900 as 1 : 4, four times what they pay now: 280 % more.
    shared = five.shared_gap(highest_increase_percent=280)
    assert rows(shared, "name", "before", "after", "beyond_limit") == [
        ("Alm", 100, 380, False),
        ("Ek", 400, 1_520, False),
    ]
    assert all(five.shared_gap(highest_increase_percent=279)["beyond_limit"])
    # 380 kr of 1 000 inhabitants, 1 520 of 4 000: 0.38 each.
    assert not any(five.shared_gap(highest_per_inhabitant="0.38")["beyond_limit"])
    assert all(five.shared_gap(highest_per_inhabitant="0.37")["beyond_limit"])


def test_alternatives(five: Scenarios) -> None:
    # 500 in each of two years; 1 000 in all is less than one year's 1 900.
    assert rows(five.alternatives(), "what", "value") == [
        ("a smaller budget, a year", 500),
        ("a smaller budget, all years", 1_000),
        ("whole years in full", 0),
        ("left over after them", 1_000),
        ("from another source, a year", 1_400),
        ("from another source, all years", 2_800),
    ]


def test_joining_late_and_leaving(five: Scenarios) -> None:
    # Six of twelve months of 900 in 2017, then the whole fee.
    joins = five.joins("0005", "2017-07-01", "months")
    assert rows(joins, "year", "price") == [(2017, 450), (2018, 900)]
    assert rows(five.leaves("0004"), "funded", "gap") == [(500, 1_400), (100, 1_800)]
    with pytest.raises(ReportError, match="no member with the code '9999'"):
        five.leaves("9999")


def test_the_profile_has_a_row_for_each_comparison(five: Scenarios) -> None:
    profile = five.profile()
    south = profile[(profile["class"] == "Södra län") & (profile["measure"] == "silent")]
    # Ek and Fors, of whom Fors is silent; of the other three Dal.
    assert rows(south, "members", "share", "rest") == [(2, 1 / 2, 1 / 3)]
    assert set(profile["class"]) >= {"to 10000", "from 10000 to 20000", "A1", "B3"}


def test_a_slip_in_an_argument_is_told_with_what_to_write(five: Scenarios) -> None:
    with pytest.raises(ReportError, match=r"'2017-2-3': it is not a day as YYYY-MM-DD\."):
        five.joins("0001", "2017-2-3")
    with pytest.raises(
        ReportError, match=r"'0,50' is not a number\. Write it as text, as \"0\.50\"\."
    ):
        five.shared_gap(highest_per_inhabitant="0,50")


def test_a_price_that_does_not_depend_on_who_joins(five: Scenarios) -> None:
    with pytest.raises(ReportError, match="does not depend on who joins"):
        five.price()


def test_fees_that_do_not_add_up_are_not_added() -> None:
    shared = BoardReport.load(round="yrkesresan", as_of="2021-04-13").scenarios
    price = shared.price(leaving=["0180"])
    # Stockholm's 974 073 inhabitants leave.
    now, then = price["inhabitants"]
    assert now - then == 974_073
    assert price["rate"].iloc[1] == 14_128_142 / then
    for ask in (shared.bounds, shared.replies, shared.shared_gap):
        with pytest.raises(ReportError, match=r"Ask for price\(\) instead"):
            ask()


def test_the_forecast_is_the_reports_and_declines_in_words(five: Scenarios) -> None:
    asked = {"round": "skl-2016", "as_of": "2017-02-22"}
    report = BoardReport.load(**asked, forecast=True)
    found = report.scenarios.forecast()
    assert list(found["what"]) == ["low", "median", "high"]
    shown = report.figures["forecast"]
    assert list(found["funded"]) == [shown["low"], shown["median"], shown["high"]]
    with pytest.raises(ReportError, match=r"no forecast: .*Ask for bounds\(\) instead"):
        five.forecast()


def test_the_notebook_answers_every_question(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # it writes exports/ where it runs
    parameters = {"round_name": "skl-2016", "as_of": "2017-02-22"}
    notebook = project / "notebooks" / "explore.ipynb"
    executed = run_keeping_failure(notebook, parameters, "explore.ipynb", tmp_path)
    outputs = {cell.id: cell.outputs for cell in executed.cells if cell.cell_type == "code"}
    unanswered = {"parameters", "injected-parameters-2"}
    assert [name for name, shown in outputs.items() if not shown and name not in unanswered] == []
    [about] = outputs["load"]
    assert "Reconstructed answers" in about.data["text/plain"]
    [day] = outputs["day"]
    # A front end takes the slider, a document the picture of the report's own day.
    assert "application/vnd.jupyter.widget-view+json" in day.data
    assert "22\u00a0February\u00a02017" in day.data["text/html"]
    assert (tmp_path / "exports" / "members.xlsx").is_file()
