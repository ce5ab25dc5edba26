"""A requested amount that is raised by a percentage each year, worked out by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from pydantic import ValidationError

from helpers.data.new_round.round_options import RoundOptions
from helpers.data.new_round.round_scaffold import scaffold_round
from helpers.data.round.round_inputs import load_inputs
from helpers.errors import DataError
from helpers.funding.figures_json.statement_json import statement_figures
from helpers.funding.statement.statement_computation import compute_statement
from helpers.model.answer_register import Register
from helpers.model.funding_round import Round
from helpers.sections.board.account.method_section import method
from helpers.sections.pricing.wording_choice import section_context

DAY = date(2016, 8, 1)
YEARS = [2017, 2018, 2019, 2020]


def indexed(five_round: Round, percent: object, **changes: Any) -> Round:
    values = {**five_round.model_dump(), "years": YEARS, "requested": 100_000, **changes}
    return Round.model_validate({**values, "indexation": {"percent": percent}})


def test_each_year_is_computed_from_the_first_and_rounded_once(five_round: Round) -> None:
    # 100,000 × 1.025 = 102,500; × 1.050625 = 105,062.5; × 1.076890625 = 107,689.0625. From the
    # rounded 105,063 the last would be 107,689.575, and so 107,690.
    round_ = indexed(five_round, "2.5")
    assert round_.requested_of_years == {2017: 100_000, 2018: 102_500, 2019: 105_063, 2020: 107_689}
    assert round_.requested_as_stated == {}
    assert round_.requested_all_years == 415_252


def test_a_year_that_is_left_out_raises_the_next_one_too(five_round: Round) -> None:
    round_ = indexed(five_round, Decimal("2.5"), years=[2017, 2019])
    assert round_.requested_of_years == {2017: 100_000, 2019: 105_063}


def test_a_first_amount_with_decimals_is_rounded_once(five_round: Round) -> None:
    # 1,000.4 × 1.331 = 1,331.5324; from the rounded 1,000 it would be 1,331.
    round_ = indexed(five_round, 10, requested=Decimal("1000.4"))
    assert round_.requested_of_years == {2017: 1_000, 2018: 1_100, 2019: 1_210, 2020: 1_332}
    assert list(round_.requested_as_stated) == [2017]


@pytest.mark.parametrize("years", [[2027, 20272028], [17, 2027], [-1]])
def test_years_that_are_not_years_are_refused_at_once(five_round: Round, years: list[int]) -> None:
    with pytest.raises(ValidationError, match="is not a year: write it with four digits"):
        indexed(five_round, "2.5", years=years)


def test_an_increase_below_a_unit_is_one_amount(five_round: Round) -> None:
    round_ = indexed(five_round, "0.001", requested=1_900)
    assert (round_.requested, round_.requested_of_years) == (1_900, {})


def test_fees_and_figures_follow_the_amount_of_each_year(
    five_round: Round, five_members: pd.DataFrame, register_of: Callable[..., Register]
) -> None:
    # The weights are 1, 2, 3, 4 and 9 of 19: 100 for each unit in 2017, 110 in 2018.
    round_ = indexed(five_round, 10, years=[2017, 2018], requested=1_900)
    register = register_of("0001,2016-07-01,2016-07-02,2016-07-02,yes")
    statement = compute_statement(round_, five_members, register, [], DAY, DAY)
    figures = statement_figures(statement)
    assert figures["requested_by_year"] == {"2017": 1_900, "2018": 2_090}
    assert figures["by_year"] == {"2017": 100, "2018": 110}
    assert (figures["requested_all_years"], figures["funded_all_years"]) == (3_990, 210)
    said = method(section_context(statement, "en")).plain.replace("\u00a0", " ")
    assert "SEK 1,900 for 2017 and rises by 10% each year after that." in said
    said = method(section_context(statement, "sv")).plain.replace("\u00a0", " ")
    assert "1 900 kr för 2017 och räknas därefter upp med 10 procent varje år." in said


@pytest.mark.parametrize("percent", [0, -1, 101, "2,5", "x", None, 2.5])
def test_what_is_not_a_percentage_is_refused(five_round: Round, percent: object) -> None:
    with pytest.raises(ValidationError, match=r"indexation\.percent"):
        indexed(five_round, percent)


def test_an_amount_for_each_year_leaves_nothing_to_raise(five_round: Round) -> None:
    with pytest.raises(ValidationError, match=r"which \[indexation\] would compute: keep one"):
        indexed(five_round, 2, years=[2017, 2018], requested={2017: 1_900, 2018: 2_000})


def test_a_rule_that_sets_the_amount_has_none_to_raise(five_round: Round) -> None:
    with pytest.raises(ValidationError, match=r"\[indexation\] does not fit the rule \"annex\""):
        indexed(five_round, 2, pricing={"rule": "annex"}, requested=0)


def test_round_toml_states_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "data" / "rounds").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    options = RoundOptions("roof", "2026-01-15", own_members=True, years="2027-2029")
    path = scaffold_round(options) / "round.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(f"{text}\n[indexation]\npercent = 2.5\n", encoding="utf-8")
    amounts = load_inputs("roof").round.requested_of_years
    assert amounts == {2027: 100_000, 2028: 102_500, 2029: 105_063}
    path.write_text(f"{text}\n[indexation]\npercent = 200\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"indexation\.percent"):
        load_inputs("roof")
