from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pandas as pd
import pytest
from pydantic import ValidationError

from helpers.funding.statement.statement_computation import compute_statement
from helpers.funding.totals.inhabitant_tally import tally_in_inhabitants
from helpers.funding.totals.tally import Tally
from helpers.funding.totals.thresholds import threshold_outcome
from helpers.model.answer_register import Register
from helpers.model.funding_round import Round
from helpers.model.settings.published_figure import PublishedFigure
from helpers.model.settings.threshold_settings import Threshold

Parts = tuple[Round, pd.DataFrame, Register, list[PublishedFigure]]

# Of 10 members 4 have said yes, 3 no; of 1 000 kr 450 are funded, 300 declined; of 10 000
# inhabitants 5 000 live where the answer is yes, 2 000 where it is no.
TOTAL = Tally(
    members=10,
    yes=4,
    no=3,
    population=10_000,
    yes_population=5_000,
    no_population=2_000,
    requested=1_000,
    funded=450,
    declined=300,
)


def threshold(measure: str, **least: int) -> Threshold:
    return Threshold(measure=measure, known_from=date(2016, 6, 10), **least)


@pytest.mark.parametrize(
    ("measure", "least", "needed", "short", "possible"),
    [
        ("amount", {"at_least": 450}, 450, 0, 700),
        ("amount", {"at_least": 451}, 451, 1, 700),
        ("amount", {"percent": 70}, 700, 250, 700),
        ("members", {"at_least": 8}, 8, 4, 7),
        ("members", {"percent": 41}, 5, 1, 7),  # 4.1 members are five
        ("inhabitants", {"percent": 50}, 5_000, 0, 8_000),
        ("inhabitants", {"at_least": 9_000}, 9_000, 4_000, 8_000),
    ],
)
def test_what_is_needed_missing_and_possible(
    measure: str, least: dict[str, int], needed: int, short: int, possible: int
) -> None:
    outcome = threshold_outcome(threshold(measure, **least), TOTAL)
    assert (outcome.needed, outcome.shortfall, outcome.possible) == (needed, short, possible)
    assert outcome.met is (short == 0)
    assert outcome.attainable is (possible >= needed)


def test_more_than_is_needed_is_never_a_negative_shortfall() -> None:
    outcome = threshold_outcome(threshold("amount", at_least=10), TOTAL)
    assert (outcome.shortfall, outcome.met) == (0, True)
    assert outcome.needed_share == Fraction(1, 100)
    assert outcome.reached_share == Fraction(45, 100)


@pytest.mark.parametrize("least", [{}, {"at_least": 1, "percent": 1}])
def test_a_threshold_is_a_number_or_a_share(least: dict[str, int]) -> None:
    with pytest.raises(ValidationError, match="either at_least or percent"):
        threshold("amount", **least)


def test_listed_fees_have_no_inhabitants_to_require(five_round: Round) -> None:
    values = {**five_round.model_dump(), "requested": 0, "pricing": {"rule": "annex"}}
    values["thresholds"] = [threshold("inhabitants", percent=50).model_dump()]
    with pytest.raises(ValidationError, match='does not fit the rule "annex", which counts none'):
        Round.model_validate(values)


def test_a_report_knows_only_the_thresholds_of_its_day(
    register_of: Callable[..., Register], five_members: pd.DataFrame, five_round: Round
) -> None:
    later = threshold("members", at_least=3).model_copy(update={"known_from": date(2016, 7, 1)})
    round_ = five_round.model_copy(update={"thresholds": [threshold("amount", percent=50), later]})
    parts: Parts = (round_, five_members, register_of("0005,2016-06-15,2016-06-20,,yes"), [])
    early, late = date(2016, 6, 30), date(2016, 7, 1)
    assert [o.reached for o in compute_statement(*parts, early, early).thresholds] == [900]
    assert [o.reached for o in compute_statement(*parts, late, late).thresholds] == [900, 1]


def test_a_count_in_inhabitants_has_them_in_place_of_money() -> None:
    found = tally_in_inhabitants(TOTAL)
    assert (found.requested, found.funded, found.declined) == (10_000, 5_000, 2_000)
    assert (found.gap, found.funded_share) == (5_000, Fraction(1, 2))
    assert (found.members, found.yes, found.no) == (10, 4, 3)


def test_in_inhabitants_a_condition_counts_and_a_year_left_out_does_not() -> None:
    # One of the three without an answer above has set a condition: 800 of their 3 000 inhabitants.
    some = replace(TOTAL, conditional=1, conditional_population=800, conditional_fees=70)
    found = tally_in_inhabitants(replace(some, uncovered=50))
    assert (found.conditional_fees, found.uncovered, found.possible) == (800, 0, 3_000)
    assert found.unanswered_fees == found.unanswered_population == 2_200


def test_a_mean_fee_is_of_whole_fees_also_where_a_yes_leaves_a_year_out() -> None:
    # The 4 that said yes have fees of 500, of which the smallest year has 450; the 6 others 500.
    found = replace(TOTAL, uncovered=50)
    assert (found.mean_fee_yes, found.mean_fee_others) == (125, Fraction(500, 6))


# One of the three silent has said yes on a condition instead: 100 kr, 1 000 inhabitants.
CONDITIONAL = replace(TOTAL, conditional=1, conditional_population=1_000, conditional_fees=100)


@pytest.mark.parametrize(
    ("measure", "unanswered", "met"),
    [("amount", 600, 700), ("members", 6, 7), ("inhabitants", 7_000, 8_000)],
)
def test_conditions_that_are_met_reach_further_than_the_silent(
    measure: str, unanswered: int, met: int
) -> None:
    steps = [unanswered, unanswered + 1, met, met + 1]
    found = [threshold_outcome(threshold(measure, at_least=n), CONDITIONAL) for n in steps]
    assert [outcome.attainable for outcome in found] == [True, False, False, False]
    assert [outcome.attainable_on_conditions for outcome in found] == [True, True, True, False]
