"""The names in figures.json, which others read by, and the lists in it: nothing less or else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pandas as pd
import pytest

from helpers.funding.figures_json.scenario_json import scenario_figures
from helpers.funding.figures_json.statement_json import statement_figures
from helpers.funding.statement.round_statement import Statement
from helpers.funding.statement.statement_computation import compute_statement
from helpers.model.answer_register import Register
from helpers.model.funding_round import Round
from helpers.model.settings.published_figure import PublishedFigure

DAY = date(2016, 7, 31)
HEADING = "code,decided_on,received_on,decision,years,condition"
# Fees: Alm 100, Berg 200, Dal 300, Ek 400, Fors 900, for 2017 and 2018.
HISTORY = [
    "0001,2016-06-15,2016-06-20,yes,2017,",
    "0002,2016-06-15,2016-06-20,yes,,",
    "0002,2016-07-05,2016-07-10,no,,",
    "0003,2016-07-05,2016-07-10,yes,,",
    "0004,2016-07-05,2016-07-10,yes,,om alla är med",
]
REPLY_BY = {"kind": "deadline", "known_from": date(2016, 6, 10), "on": date(2016, 6, 30)}
FEE = {
    "figure": "fee:0004", "kind": "rounded", "rounded_to": 100, "value": 500, "state_on": DAY,
    "known_from": DAY, "wording": "", "source": "", "why": {"sv": ""},
}  # fmt: skip
COUNTED = """
    members answered yes no conditional unanswered outside answered_share yes_share no_share
    conditional_share unanswered_share yes_of_answered_share no_of_answered_share population
    yes_population no_population conditional_population unanswered_population yes_population_share
    no_population_share conditional_population_share unanswered_population_share
"""
OF_FEES = """
    requested funded gap declined possible unanswered_fees conditional_fees uncovered funded_share
    declined_share possible_share unanswered_fees_share conditional_fees_share uncovered_share
    mean_fee_yes mean_fee_others per_inhabitant funded_if_all_unanswered_yes
    funded_if_all_unanswered_yes_share
"""
COUNT = [*COUNTED.split(), *OF_FEES.split()]
OWN = """
    round as_of known_on currency reconstructed by_year gap_by_year requested_all_years
    funded_all_years gap_all_years equal_members_differ by_county by_group milestones periods
    largest_outside_share largest largest_shares largest_secured_shares thresholds over_time
    member_list reconciliation
    funded_peak funded_peak_on rows answers_by_kind withdrawn conditional_codes partial
    population_year
"""
MEMBER = """
    code name county group population fee decision decided_on received_on first_received_on years
    condition case_number withdrawn secured
"""


@pytest.fixture(scope="module")
def statement(
    five_round: Round, five_members: pd.DataFrame, register_of: Callable[..., Register]
) -> Statement:
    events = [{**REPLY_BY, "text": {"sv": "Svara"}}]
    round_ = Round.model_validate(five_round.model_dump() | {"events": events})
    register = register_of(*HISTORY, heading=HEADING)
    published = [PublishedFigure.model_validate(FEE)]
    return compute_statement(round_, five_members, register, published, DAY, DAY)


@pytest.fixture(scope="module")
def found(statement: Statement) -> dict[str, Any]:
    return statement_figures(statement)


def test_the_names_are_these_and_no_others(found: dict[str, Any]) -> None:
    assert set(found) == {*COUNT, *OWN.split()}
    assert all(set(row) == set(MEMBER.split()) for row in found["member_list"])
    for part in ("by_county", "by_group", "milestones"):
        for count in found[part].values():
            assert list(count) == COUNT


def test_who_withdrew_who_set_a_condition_and_who_pays_for_some_years(
    found: dict[str, Any],
) -> None:
    assert (found["withdrawn"], found["conditional_codes"]) == (["0002"], ["0004"])
    assert found["partial"] == ["0001"]
    assert found["answers_by_kind"] == {"new": 4, "changed": 1, "repeated": 0}


def test_the_most_that_was_funded_and_when(found: dict[str, Any]) -> None:
    # Alm 100 and Berg 200 in 2017, Berg alone in 2018; then Dal 300 for Berg in both.
    moved = [(row["day"], row["funded"]) for row in found["over_time"]]
    assert moved == [
        ("2016-06-10", 0),
        ("2016-06-20", 200),
        ("2016-07-10", 300),
        ("2016-07-31", 300),
    ]
    assert (found["funded_peak"], found["funded_peak_on"]) == (300, "2016-07-10")
    assert (found["by_year"], found["gap_by_year"]) == (
        {"2017": 400, "2018": 300},
        {"2017": 1_500, "2018": 1_600},
    )
    assert found["equal_members_differ"] is False


def test_the_periods_run_from_reply_date_to_reply_date(found: dict[str, Any]) -> None:
    # Alm and Berg in time, of whom Berg is a no now; Dal and Ek late; Fors silent.
    periods = [(p["after"], p["until"], p["answered"]) for p in found["periods"]]
    assert periods == [
        (None, "2016-06-30", True),
        ("2016-06-30", None, True),
        (None, None, False),
    ]
    counts = [[p["tally"][name] for name in ("yes", "no", "conditional")] for p in found["periods"]]
    assert counts == [[1, 1, 0], [1, 0, 1], [0, 0, 0]]


def test_the_largest_add_up_and_a_shares_denominator_is_its_own(found: dict[str, Any]) -> None:
    # 900, the four largest 1 800, of 1 900; fewer than ten members have no ten largest. Of the fees
    # outside, those of Berg, Ek and Fors, all three are among the ten largest.
    assert found["largest_shares"] == {"1": 900 / 1_900, "4": 1_800 / 1_900}
    assert found["largest_outside_share"] == 1
    # In 2018, which has least, Dal alone is secured.
    assert found["largest_secured_shares"] == {"1": 1}


def test_a_published_fee_by_the_names_of_its_line(found: dict[str, Any]) -> None:
    # Ek's 400 against 500: 100 less, and 500 / 400 is a quarter more. Rounded to hundreds, 500 was
    # from 450 to less than 550: 4/19 of a total from 2 138 (2 137.5) to 2 612 (2 612.5).
    assert found["reconciliation"] == [
        {
            "figure": "fee:0004",
            "state_on": "2016-07-31",
            "published": 500,
            "computed": 400,
            "difference": -100,
            "relative": 0.25,
            "agrees": False,
            "rounded_to": 100,
            "by_construction": False,
            "fits_totals": [2_138, 2_612],
        }
    ]


def test_what_may_still_come_and_sharing_the_gap_by_name(statement: Statement) -> None:
    # 300 is funded: Fors, silent, would make it 1 200. Dal alone is a yes for both years: it would
    # carry 1 900 instead of 300, on 3 000 inhabitants. 400 and 300 are 700 of 1 900 for no year.
    assert scenario_figures(statement) == {
        "after_more_answers": [
            {
                "answers": 1,
                "funded_least": 300,
                "funded_most": 1_200,
                "most_if_they_say_no": 300,
                "least_if_they_say_yes": 1_200,
            },
        ],
        "replies": [
            {
                "code": "0005",
                "name": "Fors",
                "fee": 900,
                "funded": 1_200,
                "funded_share": 1_200 / 1_900,
            },
        ],
        "smallest_sets": [],
        "sharing": {
            "shared": 1_600,
            "increase": 16 / 3,
            "per_inhabitant_before": 0.1,
            "per_inhabitant_after": 1_900 / 3_000,
            "beyond_limit": [],
            "members": [
                {
                    "code": "0003",
                    "before": 300,
                    "after": 1_900,
                    "increase": 1_600,
                    "increase_share": 16 / 3,
                    "per_inhabitant_before": 0.1,
                    "per_inhabitant_after": 1_900 / 3_000,
                },
            ],
        },
        "smaller_budget": 300,
        "smaller_budget_share": 300 / 1_900,
        "fewer_years": {"years": 0, "left": 700},
        "reserve": {"per_year": 1_600, "all_years": 3_100},
    }


def step(joining: int, members: int, inhabitants: int, rate: float, funded: int) -> dict[str, Any]:
    return {
        "joining": joining, "members": members, "inhabitants": inhabitants,
        "share": inhabitants / 20_000, "rate": rate, "funded": funded,
    }  # fmt: skip


def test_the_price_of_a_shared_cost_by_name(
    five_round: Round, five_members: pd.DataFrame, register_of: Callable[..., Register]
) -> None:
    # 20 000 at 2 an inhabitant takes 10 000 of the 20 000 inhabitants; Alm and Ek have 5 000. Fors
    # has 10 000 and Dal 3 000, both silent; Berg's 2 000 are a no.
    pricing = {"rule": "shared-cost", "population_year": 2015, "cost": 20_000, "highest_rate": "2"}
    values = five_round.model_dump() | {"requested": 0, "pricing": pricing}
    said = {"0001": "yes", "0002": "no", "0004": "yes"}
    register = register_of(*(f"{code},2016-06-15,2016-06-20,,{said[code]}" for code in said))
    now = compute_statement(Round.model_validate(values), five_members, register, [], DAY, DAY)
    assert scenario_figures(now) == {
        "smallest_sets": [],
        "price": {
            "cost": 20_000,
            "estimated": False,
            "highest_rate": 2.0,
            "highest_rate_binds": True,
            "break_even_inhabitants": 10_000,
            "break_even_share": 0.5,
            "now": step(0, 2, 5_000, 2.0, 10_000),
            "as_more_join": [
                step(1, 3, 15_000, 20 / 15, 20_000),
                step(2, 4, 18_000, 20 / 18, 20_000),
            ],
            "if_all_join": step(3, 5, 20_000, 1.0, 20_000),
            "largest": {
                "0005": {"inhabitants": 10_000, "share": 0.5},
                "0004": {"inhabitants": 4_000, "share": 0.2},
                "0003": {"inhabitants": 3_000, "share": 0.15},
                "0002": {"inhabitants": 2_000, "share": 0.1},
                "0001": {"inhabitants": 1_000, "share": 0.05},
            },
            "largest_share": 1.0,
            "if_one_leaves": {
                "0004": step(-1, 1, 1_000, 2.0, 2_000),
                "0001": step(-1, 1, 4_000, 2.0, 8_000),
            },
        },
    }
