"""The figures by the names that figures.json has, of the round of five, worked out by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pandas as pd
import pytest

from helpers.funding.figures_json.changes_json import change_figures
from helpers.funding.figures_json.scenario_json import scenario_figures
from helpers.funding.figures_json.statement_json import statement_figures
from helpers.funding.statement.round_statement import Statement
from helpers.funding.statement.statement_changes import compare_statements
from helpers.funding.statement.statement_computation import compute_statement
from helpers.model.answer_register import Register
from helpers.model.funding_round import Round
from helpers.system.json_text import json_text

BEFORE, DAY = date(2016, 6, 30), date(2016, 7, 31)
# Fees: Alm 100, Berg 200, Dal 300, Ek 400, Fors 900.
HISTORY = [
    "0001,2016-06-15,2016-06-20,,yes",
    "0002,2016-06-15,2016-06-20,,no",
    "0004,2016-07-05,2016-07-10,,yes",
]
KNOWN_LATER = date(2016, 8, 1)
THRESHOLDS = [
    {"measure": "amount", "known_from": "2016-06-10", "at_least": 950},
    {"measure": "members", "known_from": "2016-06-10", "percent": 80},
]


@pytest.fixture(scope="module")
def on(
    five_round: Round, five_members: pd.DataFrame, register_of: Callable[..., Register]
) -> Callable[..., Statement]:
    texts = [(date(2016, 6, 10), "Antaget"), (KNOWN_LATER, "Senare")]
    assumed = [{"known_from": day, "text": {"sv": text}} for day, text in texts]
    more = {"thresholds": THRESHOLDS, "assumptions": assumed}
    round_ = Round.model_validate(five_round.model_dump() | more)

    def ask(day: date, *lines: str) -> Statement:
        return compute_statement(round_, five_members, register_of(*lines or HISTORY), [], day, day)

    return ask


def test_each_share_is_of_what_its_name_says(on: Callable[..., Statement]) -> None:
    found = statement_figures(on(DAY))
    # Two of five yes (500 of 1 900, 5 000 of 20 000 inhabitants), one no, two silent: Dal and Fors.
    assert [found[name] for name in ("requested", "funded", "gap")] == [1_900, 500, 1_400]
    assert [found[name] for name in ("declined", "possible")] == [200, 1_200]
    shares = {
        "answered_share": 3 / 5, "yes_share": 2 / 5, "no_share": 1 / 5, "unanswered_share": 2 / 5,
        "yes_of_answered_share": 2 / 3, "no_of_answered_share": 1 / 3,
        "funded_share": 500 / 1_900, "declined_share": 200 / 1_900, "possible_share": 1_200 / 1_900,
        "yes_population_share": 5_000 / 20_000, "no_population_share": 2_000 / 20_000,
        "unanswered_population_share": 13_000 / 20_000,
        "funded_if_all_unanswered_yes_share": 1_700 / 1_900,
        "per_inhabitant": 1_900 / 20_000, "mean_fee_yes": 250.0, "mean_fee_others": 1_400 / 3,
    }  # fmt: skip
    assert {name: found[name] for name in shares} == pytest.approx(shares)
    assert found["funded_if_all_unanswered_yes"] == 1_700
    assert found["by_year"] == {"2017": 500, "2018": 500}
    assert found["gap_by_year"] == {"2017": 1_400, "2018": 1_400}
    several = ("requested_all_years", "funded_all_years", "gap_all_years")
    assert [found[name] for name in several] == [3_800, 1_000, 2_800]


def test_a_threshold_says_what_is_needed_reached_and_possible(on: Callable[..., Statement]) -> None:
    amount, members = statement_figures(on(DAY))["thresholds"]
    assert amount == {
        "measure": "amount",
        "needed": 950,
        "needed_share": 0.5,
        "reached": 500,
        "reached_share": 500 / 1_900,
        "short": 450,
        "possible": 1_700,
        "met": False,
        "year": None,
    }
    assert members == {
        "measure": "members",
        "needed": 4,
        "needed_share": 0.8,
        "reached": 2,
        "reached_share": 0.4,
        "short": 2,
        "possible": 4,
        "met": False,
        "year": None,
    }


def test_the_fewest_that_reach_each_threshold_are_named(on: Callable[..., Statement]) -> None:
    # 450 short: Fors alone has it. Two members short: both of the silent, the largest first.
    amount, members = scenario_figures(on(DAY))["smallest_sets"]
    assert amount == {
        "measure": "amount",
        "needed": 950,
        "reached": 500,
        "possible": 1_700,
        "short": 0,
        "codes": ["0005"],
    }
    assert (members["reached"], members["codes"]) == (2, ["0005", "0003"])


def test_the_largest_payers_run_down_to_the_whole(on: Callable[..., Statement]) -> None:
    found = statement_figures(on(DAY))
    assert [one["name"] for one in found["largest"]] == ["Fors", "Ek", "Dal", "Berg", "Alm"]
    ek = found["largest"][1]
    # Ek 400 of 1 900, with Fors 1 300; without it 100 of the 500 is left; 400 kr on 4 000.
    assert ek == {
        "code": "0004",
        "name": "Ek",
        "decision": "yes",
        "fee": 400,
        "share": 400 / 1_900,
        "cumulative": 1_300,
        "cumulative_share": 1_300 / 1_900,
        "per_inhabitant": 0.1,
        "funded_without": 100,
        "funded_without_share": 100 / 1_900,
    }


def test_changes_are_by_name_and_none_without_a_requested_day(
    on: Callable[..., Statement],
) -> None:
    assert change_figures(None) is None
    found = change_figures(compare_statements(on(BEFORE), on(DAY)))
    assert found == {
        "since": "2016-06-30",
        "known_on": "2016-06-30",
        "answered": 1,
        "yes": 1,
        "no": 0,
        "funded": 400,
        "members": [
            {
                "code": "0004",
                "name": "Ek",
                "fee": 400,
                "before": "unanswered",
                "after": "yes",
                "funded": 400,
            },
        ],
        "corrected": [],
    }


def test_where_nobody_has_said_yes_nobody_shares_the_gap(on: Callable[..., Statement]) -> None:
    assert scenario_figures(on(DAY, HISTORY[1]))["sharing"] is None


def test_the_bounds_are_those_after_one_and_after_all_of_the_silent(
    on: Callable[..., Statement],
) -> None:
    # Dal 300 and Fors 900 are silent, 500 is funded: the largest can add 900, both 1 200.
    found = [(one.answers, one.funded.low, one.funded.high) for one in on(DAY).after_more_answers]
    assert found == [(1, 500, 1_400), (2, 500, 1_700)]


@pytest.mark.parametrize(("percent", "beyond"), [(280, []), (279, ["0001", "0004"])])
def test_the_rounds_own_limit_says_whom_sharing_the_gap_asks_too_much(
    five_round: Round,
    five_members: pd.DataFrame,
    register_of: Callable[..., Register],
    percent: int,
    beyond: list[str],
) -> None:
    # Alm and Ek, 100 and 400, carry 1 900 by 1 000 to 4 000: 380 and 1 520, 280 % more for both.
    limit = {"sharing": {"highest_increase_percent": percent}}
    round_ = Round.model_validate(five_round.model_dump() | limit)
    now = compute_statement(round_, five_members, register_of(*HISTORY), [], DAY, DAY)
    assert scenario_figures(now)["sharing"]["beyond_limit"] == beyond


def test_a_report_takes_for_granted_what_could_be_said_on_its_day(
    on: Callable[..., Statement],
) -> None:
    assert [a.text["sv"] for a in on(DAY).assumptions] == ["Antaget"]
    assert [a.text["sv"] for a in on(KNOWN_LATER).assumptions] == ["Antaget", "Senare"]


def test_a_member_is_called_by_its_name(on: Callable[..., Statement]) -> None:
    assert on(DAY).member_name("0004") == "Ek"


def test_json_is_readable_as_it_is_and_ends_in_a_newline() -> None:
    assert json_text({"namn": "Åmål", "andel": 0.5}) == '{\n "namn": "Åmål",\n "andel": 0.5\n}\n'
    with pytest.raises(ValueError, match="JSON"):
        json_text({"andel": float("nan")})
