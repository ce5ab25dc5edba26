"""The names in figures.json, which others read by, and the lists in it: nothing less or else."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from helpers.funding.figures import AMOUNT_FIGURES, COUNT_FIGURES, figures
from helpers.funding.statement import state
from helpers.rounds import Published, Round

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
OWN = """
    round as_of known_on currency reconstructed by_year gap_by_year requested_all_years
    funded_all_years gap_all_years equal_members_differ by_county by_group milestones periods
    largest_outside_share largest largest_shares thresholds over_time member_list reconciliation
    funded_peak funded_peak_on rows answers_by_kind withdrawn conditional_codes partial
"""
MEMBER = """
    code name county group population fee decision decided_on received_on first_received_on years
    condition case_number withdrawn secured
"""


@pytest.fixture(scope="module")
def found(five_round: Round, five_members, register_of) -> dict[str, Any]:
    events = [{**REPLY_BY, "text": {"sv": "Svara"}}]
    round_ = Round.model_validate(five_round.model_dump() | {"events": events})
    register = register_of(*HISTORY, heading=HEADING)
    published = [Published.model_validate(FEE)]
    return figures(state(round_, five_members, register, published, DAY, DAY))


def test_the_names_are_these_and_no_others(found):
    assert set(found) == {*COUNT_FIGURES, *AMOUNT_FIGURES, *OWN.split()}
    assert all(set(row) == set(MEMBER.split()) for row in found["member_list"])
    for part in ("by_county", "by_group", "milestones"):
        for count in found[part].values():
            assert set(count) == {*COUNT_FIGURES, *AMOUNT_FIGURES}


def test_who_withdrew_who_set_a_condition_and_who_pays_for_some_years(found):
    assert (found["withdrawn"], found["conditional_codes"]) == (["0002"], ["0004"])
    assert found["partial"] == ["0001"]
    assert found["answers_by_kind"] == {"new": 4, "changed": 1, "repeated": 0}


def test_the_most_that_was_funded_and_when(found):
    # Alm 100 and Berg 200 in 2017, Berg alone in 2018; then Dal 300 for Berg in both.
    moved = [(row["day"], row["funded"]) for row in found["over_time"]]
    assert moved == [
        ("2016-06-10", 0), ("2016-06-20", 200), ("2016-07-10", 300), ("2016-07-31", 300),
    ]  # fmt: skip
    assert (found["funded_peak"], found["funded_peak_on"]) == (300, "2016-07-10")
    assert (found["by_year"], found["gap_by_year"]) == (
        {"2017": 400, "2018": 300},
        {"2017": 1_500, "2018": 1_600},
    )
    assert found["equal_members_differ"] is False


def test_the_periods_run_from_reply_date_to_reply_date(found):
    # Alm and Berg in time, of whom Berg is a no now; Dal and Ek late; Fors silent.
    periods = [(p["after"], p["until"], p["answered"]) for p in found["periods"]]
    assert periods == [
        (None, "2016-06-30", True), ("2016-06-30", None, True), (None, None, False),
    ]  # fmt: skip
    counts = [[p["tally"][name] for name in ("yes", "no", "conditional")] for p in found["periods"]]
    assert counts == [[1, 1, 0], [1, 0, 1], [0, 0, 0]]


def test_the_largest_add_up_and_a_shares_denominator_is_its_own(found):
    # 900, the four largest 1 800, of 1 900; fewer than ten members have no ten largest. Of the fees
    # outside, those of Berg, Ek and Fors, all three are among the ten largest.
    assert found["largest_shares"] == {"1": 900 / 1_900, "4": 1_800 / 1_900}
    assert found["largest_outside_share"] == 1


def test_a_published_fee_by_the_names_of_its_line(found):
    # Ek's 400 against 500: 100 less, and 500 / 400 is a quarter more. Rounded to hundreds, 500 was
    # from 450 to less than 550: 4/19 of a total from 2 138 (2 137.5) to 2 612 (2 612.5).
    assert found["reconciliation"] == [
        {
            "figure": "fee:0004", "state_on": "2016-07-31", "published": 500, "computed": 400,
            "difference": -100, "relative": 0.25, "agrees": False, "rounded_to": 100,
            "by_construction": False, "fits_totals": [2_138, 2_612],
        }
    ]  # fmt: skip
