"""A cost shared by those that join, from the register to the figures, worked out by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from helpers.errors import DataError
from helpers.funding.figures_json.scenario_json import scenario_figures
from helpers.funding.figures_json.statement_json import statement_figures
from helpers.funding.statement.round_statement import HeadlineShare, Statement
from helpers.funding.statement.statement_computation import compute_statement
from helpers.funding.totals.members.member_prices import make_prices_if_joined
from helpers.funding.totals.shared_price import compute_shared_price, unanswered_by_population
from helpers.model.answer_register import Register
from helpers.model.funding_round import Round
from helpers.model.settings.round_settings import AnswerRules
from support.five_member_round import DAY, FORS_JOINS, HISTORY, SHARED_COST
from support.loaded_register import load_register
from support.optional_values import present

Shared = Callable[..., Statement]


@pytest.fixture(scope="module")
def shared_round(five_round: Round) -> Round:
    return Round.model_validate({**five_round.model_dump(), "requested": 0, "pricing": SHARED_COST})


@pytest.fixture(scope="module")
def on(
    register_of: Callable[..., Register], five_members: pd.DataFrame, shared_round: Round
) -> Shared:
    def ask(*lines: str, day: date = DAY) -> Statement:
        return compute_statement(shared_round, five_members, register_of(*lines), [], day, day)

    return ask


def fees(statement: Statement) -> list[int]:
    return statement.answers["fee"].tolist()


def test_the_highest_price_applies_until_the_cost_is_covered(on: Shared) -> None:
    # 5 000 inhabitants × 2 = 10 000. Dal would make it 8 000, still 2 each; Fors 15 000, and
    # 20 000 / 15 000 × 10 000 = 13 333.33.
    statement = on(*HISTORY)
    assert fees(statement) == [2_000, 4_000, 6_000, 8_000, 13_333]
    total = statement.total
    assert (total.requested, total.funded, total.gap) == (20_000, 10_000, 10_000)
    # If Dal and Fors join, 18 000 inhabitants cover the 20 000 and more: Berg's no costs nothing.
    assert (total.possible, total.declined) == (10_000, 0)
    assert total.funded_if_all_unanswered_yes == 20_000


def test_the_share_that_sums_the_round_up_is_of_inhabitants(
    on: Shared, register_of: Callable[..., Register], five_members: pd.DataFrame, five_round: Round
) -> None:
    # Alm and Ek have 5 000 of 20 000 inhabitants; their fees are 500 of 1 900.
    shared_cost = on(*HISTORY)
    assert not shared_cost.fees_are_additive
    assert shared_cost.headline_share == HeadlineShare(Fraction(1, 4), "inhabitants")
    fees_add_up = compute_statement(five_round, five_members, register_of(*HISTORY), [], DAY, DAY)
    assert fees_add_up.fees_are_additive
    assert fees_add_up.headline_share == HeadlineShare(Fraction(500, 1_900), "amount")


def test_the_highest_price_decides_no_more_when_the_cost_is_just_covered(on: Shared) -> None:
    # Fors alone is 10 000 inhabitants × 2 kr.
    statement = on(FORS_JOINS)
    assert (
        present(statement.price).now.inhabitants,
        present(statement.price).break_even_inhabitants,
    ) == (
        10_000,
        10_000,
    )
    assert not present(statement.price).highest_rate_binds
    assert statement.total.gap == 0


def test_where_nobody_is_silent_the_price_stays_as_it_is(on: Shared) -> None:
    said = [f"000{digit},2016-07-15,2016-07-20,,no" for digit in (3, 5)]
    price = present(on(*HISTORY, *said).price)
    assert price.steps == ()
    assert price.if_all_unanswered_join == price.now


def test_all_that_are_silent_are_more_than_the_first_few(on: Shared) -> None:
    # Fors is in with 10 000; the other four have 4 000, 3 000, 2 000 and 1 000 inhabitants.
    price = present(on(FORS_JOINS).price)
    assert [step.inhabitants for step in price.steps][:2] == [14_000, 17_000]
    assert price.if_all_unanswered_join.inhabitants == 20_000
    assert price.if_all_unanswered_join.rate == 1  # 20 000 kr / 20 000


def test_there_is_no_gap_to_share_where_fees_do_not_add_up(on: Shared) -> None:
    statement = on(*HISTORY)
    assert statement.gap_sharing is None
    assert statement.after_more_answers == []


def test_a_no_costs_what_only_a_yes_could_cover(on: Shared) -> None:
    # Fors has said no: all others are 10 000 inhabitants, less Berg 8 000: 16 000 at the most.
    statement = on(*HISTORY, "0005,2016-07-15,2016-07-20,,no")
    total = statement.total
    assert (total.funded, total.possible, total.declined) == (10_000, 6_000, 4_000)


def test_once_covered_the_fees_add_up_to_the_cost_and_fall_for_all(on: Shared) -> None:
    # 20 000 / 15 000 each: 1 333.33, 5 333.33 and 13 333.33; the krona over goes to the lowest
    # code. Dal would make it 18 000: 3 333.33; Berg 17 000: 2 352.94.
    statement = on(*HISTORY, FORS_JOINS)
    assert fees(statement) == [1_334, 2_353, 3_333, 5_333, 13_333]
    assert (statement.total.funded, statement.total.gap) == (20_000, 0)


def test_the_price_now_and_as_more_join(on: Shared) -> None:
    price = on(*HISTORY).price
    assert price is not None
    assert price.highest_rate_binds
    assert (price.break_even_inhabitants, price.break_even_share) == (10_000, Fraction(1, 2))
    steps = [(s.joining, s.members, s.inhabitants, s.rate, s.funded) for s in price.steps]
    assert steps == [
        (1, 3, 15_000, Fraction(4, 3), 20_000),  # Fors, the largest
        (2, 4, 18_000, Fraction(10, 9), 20_000),  # and Dal
    ]
    assert price.if_all_unanswered_join == price.steps[-1]
    # Berg too: 20 000 / 20 000.
    assert (price.if_all_join.rate, price.if_all_join.share) == (1, 1)
    assert (price.now.share, price.now.rate) == (Fraction(1, 4), 2)


def test_price_steps_are_ten_twenty_and_all_by_code(
    shared_round: Round,
) -> None:
    # Member 1 has joined; 22 others are silent. All have 1 000 inhabitants.
    members = pd.DataFrame({"code": [f"{n:04}" for n in range(23, 0, -1)], "population": 1_000})
    answers = members.assign(decision=[*["unanswered"] * 22, "yes"])
    assert unanswered_by_population(answers) == [f"{n:04}" for n in range(2, 24)]
    price = compute_shared_price(
        shared_round, answers, make_prices_if_joined(shared_round, members)
    )
    assert price is not None
    assert list(price.largest) == [f"{n:04}" for n in range(1, 11)]
    assert [step.joining for step in price.steps] == [*range(1, 11), 20, 22]


def test_the_price_if_one_leaves(on: Shared) -> None:
    price = on(*HISTORY, FORS_JOINS).price
    assert price is not None
    # Without Alm 20 000 / 14 000; without Ek 20 000 / 11 000; without Fors 5 000 are too few.
    left = {code: (step.rate, step.joining) for code, step in price.if_one_leaves.items()}
    assert left == {
        "0001": (Fraction(10, 7), -1),
        "0004": (Fraction(20, 11), -1),
        "0005": (2, -1),
    }


def test_each_day_has_the_price_of_that_day(on: Shared) -> None:
    over_time = on(*HISTORY, FORS_JOINS).over_time
    rows = zip(over_time["day"].dt.date, over_time["funded"], strict=True)
    # All could join and cover the cost, without Berg too: only a no of Fors would cost something.
    assert over_time["declined"].tolist() == [0] * 6
    # 1 000 × 2; the no moves no money; 5 000 × 2; covered.
    assert [(day.isoformat(), funded) for day, funded in rows] == [
        ("2016-06-10", 0),
        ("2016-06-20", 2_000),
        ("2016-06-25", 2_000),
        ("2016-07-10", 10_000),
        ("2016-07-20", 20_000),
        ("2016-07-31", 20_000),
    ]


def test_with_nobody_in_nothing_is_paid_and_all_is_possible(on: Shared) -> None:
    statement = on(day=date(2016, 6, 10))
    assert (statement.total.funded, statement.total.possible) == (0, 20_000)
    assert statement.price is not None
    assert statement.price.now.members == 0


def test_the_figures_hold_the_price_and_no_sum_that_is_none(on: Shared) -> None:
    statement = on(*HISTORY)
    found = {**statement_figures(statement), **scenario_figures(statement)}
    assert found["price"]["now"]["rate"] == 2.0
    assert found["price"]["highest_rate_binds"] is True
    assert found["price"]["as_more_join"][0]["inhabitants"] == 15_000
    assert "largest" not in found
    assert "sharing" not in found
    assert set(found["by_county"]["Norra län"]) & {"requested", "gap", "funded_share"} == set()
    assert found["by_county"]["Norra län"]["yes_population"] == 1_000


def test_an_amount_is_no_threshold_of_a_shared_cost(five_round: Round) -> None:
    threshold = {"measure": "amount", "known_from": DAY, "percent": 70}
    values = {**five_round.model_dump(), "requested": 0, "pricing": SHARED_COST}
    with pytest.raises(ValidationError, match='write it in "inhabitants"'):
        Round.model_validate({**values, "thresholds": [threshold]})


def read(folder: Path, members: pd.DataFrame, round_: Round, row: str) -> Register:
    path = folder / "decisions.csv"
    path.write_text(f"code,decided_on,received_on,decision,years\n{row}\n", encoding="utf-8")
    return load_register(path, members, round_)


def test_a_yes_for_some_years_has_no_price(
    tmp_path: Path, five_members: pd.DataFrame, shared_round: Round
) -> None:
    row = "0001,2016-06-15,2016-06-20,yes,2017"
    with pytest.raises(DataError, match=r"row 2, column years: .* the price depends on who joins"):
        read(tmp_path, five_members, shared_round, row)


def test_a_no_is_refused_where_it_is_not_known_who_has_declined(
    tmp_path: Path, five_members: pd.DataFrame, shared_round: Round
) -> None:
    unknown = AnswerRules(declined_known=False)
    round_ = shared_round.model_copy(update={"answers": unknown})
    assert len(read(tmp_path, five_members, round_, "0001,2016-06-15,2016-06-20,yes,").rows) == 1
    with pytest.raises(DataError, match=r"row 2, column decision: .* not known who has declined"):
        read(tmp_path, five_members, round_, "0001,2016-06-15,2016-06-20,no,")


said = st.lists(
    st.tuples(st.integers(1, 5), st.integers(0, 40), st.sampled_from(["yes", "no"])),
    max_size=12,
    unique_by=lambda answer: answer[:2],
)


@settings(max_examples=60)
@given(said)
def test_the_parts_add_up_and_the_last_day_is_today(
    on: Shared, as_line: Callable[..., str], answers: list[tuple[int, int, str]]
) -> None:
    statement = on(*(as_line(digit, day, 0, 0, decision) for digit, day, decision in answers))
    total = statement.total
    assert total.funded + total.possible + total.declined == total.requested == 20_000
    assert min(total.funded, total.possible, total.declined) >= 0
    last = statement.over_time.iloc[-1]
    assert (last["funded"], last["declined"]) == (total.funded, total.declined)
    price = statement.price
    assert price is not None
    assert (total.gap > 0) == price.highest_rate_binds
    assert price.if_all_unanswered_join.funded == total.funded_if_all_unanswered_yes
