from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from itertools import pairwise
from typing import Any

import pytest

from helpers.errors import ReportError
from helpers.funding.figures_json.statement_json import statement_figures
from helpers.funding.statement.round_statement import Statement

REPORTED_ON = date(2017, 2, 22)
BEGAN_ON = date(2016, 6, 10)

# Figures that have to be there, whatever is added. Source: docs/reference/figures.md.
AT_LEAST = """
    as_of known_on currency requested funded gap by_year funded_share members answered yes no
    unanswered answered_share yes_share no_share yes_population_share
    funded_if_all_unanswered_yes reconstructed
"""


@pytest.fixture(scope="session")
def reported(shipped_on: Callable[[date, date], Statement]) -> dict[str, Any]:
    return statement_figures(shipped_on(REPORTED_ON, REPORTED_ON))


def test_figures_hold_at_least_those_of_the_contract(reported: dict[str, Any]) -> None:
    assert set(AT_LEAST.split()) <= set(reported)


def test_the_published_totals_are_met(reported: dict[str, Any]) -> None:
    # SKL's letter of 22 February 2017; 37 is 290 − 253.
    names = ("members", "answered", "yes", "no", "unanswered", "requested")
    assert [reported[name] for name in names] == [290, 253, 209, 44, 37, 3_400_000]
    assert 2_600_000 < reported["funded"] < 2_650_000


def test_the_figures_name_their_day_round_and_nature(reported: dict[str, Any]) -> None:
    assert (reported["as_of"], reported["known_on"]) == ("2017-02-22", "2017-02-22")
    assert (reported["round"], reported["currency"]) == ("skl-2016", "SEK")
    assert reported["reconstructed"] is True


def test_the_amounts_follow_from_one_another(reported: dict[str, Any]) -> None:
    assert reported["gap"] == 3_400_000 - reported["funded"]
    assert reported["funded_share"] == reported["funded"] / 3_400_000
    all_yes = 3_400_000 - reported["declined"]
    assert reported["funded_if_all_unanswered_yes"] == all_yes


def test_a_year_and_all_years_are_both_there(reported: dict[str, Any]) -> None:
    assert reported["by_year"] == {"2017": reported["funded"], "2018": reported["funded"]}
    assert reported["requested_all_years"] == 6_800_000
    assert reported["funded_all_years"] == 2 * reported["funded"]


def test_funded_possible_and_declined_are_the_requested_amount_everywhere(
    reported: dict[str, Any],
) -> None:
    parts = [reported, *reported["by_county"].values(), *reported["by_group"].values()]
    assert len(parts) == 1 + 21 + 9
    for part in parts:
        assert part["funded"] + part["possible"] + part["declined"] == part["requested"]
        assert part["yes"] + part["no"] + part["unanswered"] == part["members"]


@pytest.mark.parametrize("division", ["by_county", "by_group"])
@pytest.mark.parametrize("name", ["members", "yes", "no", "population", "requested", "funded"])
def test_counties_and_groups_add_up_to_the_total(
    reported: dict[str, Any], division: str, name: str
) -> None:
    assert sum(part[name] for part in reported[division].values()) == reported[name]


def test_the_member_list_adds_up_to_the_total(reported: dict[str, Any]) -> None:
    members = reported["member_list"]
    assert len(members) == 290
    assert sum(row["fee"] for row in members) == 3_400_000
    assert sum(row["fee"] for row in members if row["decision"] == "yes") == reported["funded"]
    [stockholm] = [row for row in members if row["code"] == "0180"]
    assert (stockholm["name"], stockholm["fee"]) == ("Stockholm", 292_828)
    assert stockholm["decision"] == "yes"


def test_over_time_runs_from_the_first_day_to_the_day_asked_about(reported: dict[str, Any]) -> None:
    days = [row["day"] for row in reported["over_time"]]
    assert (days[0], days[-1]) == ("2016-06-10", "2017-02-22")
    assert all(earlier < later for earlier, later in pairwise(days))
    last = reported["over_time"][-1]
    assert (last["yes"], last["no"], last["funded"]) == (209, 44, reported["funded"])


def test_milestones_are_first_day_deadlines_and_the_day_itself(
    reported: dict[str, Any], shipped_on: Callable[[date, date], Statement]
) -> None:
    # round.toml: 30 September 2016, extended to 31 October.
    milestones = reported["milestones"]
    assert list(milestones) == ["2016-06-10", "2016-09-30", "2016-10-31", "2017-02-22"]
    assert milestones["2016-06-10"]["answered"] == 0
    assert milestones["2017-02-22"]["answered"] == 253
    extended = statement_figures(shipped_on(date(2016, 10, 31), REPORTED_ON))
    assert milestones["2016-10-31"]["funded"] == extended["funded"]


@pytest.mark.parametrize("as_of", [date(2016, 9, 29), date(2016, 9, 30)])
def test_a_deadline_that_has_not_passed_is_no_milestone(
    shipped_on: Callable[[date, date], Statement], as_of: date
) -> None:
    assert list(shipped_on(as_of, as_of).milestones) == [BEGAN_ON, as_of]


def test_figures_are_the_json_that_they_become(reported: dict[str, Any]) -> None:
    assert json.loads(json.dumps(reported, allow_nan=False)) == reported


def test_every_published_line_but_stockholms_fee_agrees(reported: dict[str, Any]) -> None:
    lines = reported["reconciliation"]
    assert len(lines) == 9
    assert [line["figure"] for line in lines if not line["agrees"]] == ["fee:0180"]
    independent = [line["figure"] for line in lines if not line["by_construction"]]
    assert independent == ["requested", "fee:0180"]


def test_every_row_is_accounted_for(reported: dict[str, Any]) -> None:
    assert reported["rows"] == {
        "read": 253,
        "counting": 253,
        "superseded": 0,
        "duplicate": 0,
        "replaced": 0,
        "not_yet_known": 0,
        "corrections": 0,
        "corrections_counting": 0,
    }


def test_the_first_day_has_no_answers_and_knows_nothing_published(
    shipped_on: Callable[[date, date], Statement],
) -> None:
    first = statement_figures(shipped_on(BEGAN_ON, BEGAN_ON))
    assert (first["answered"], first["unanswered"], first["funded"]) == (0, 290, 0)
    assert (first["gap"], first["possible"]) == (3_400_000, 3_400_000)
    assert (first["yes_share"], first["yes_of_answered_share"]) == (0, None)
    assert first["over_time"] == [
        {"day": "2016-06-10", "yes": 0, "no": 0, "funded": 0, "declined": 0}
    ]
    assert first["reconciliation"] == []
    assert {row["decided_on"] for row in first["member_list"]} == {None}
    json.dumps(first, allow_nan=False)


@pytest.mark.parametrize(
    ("as_of", "known_on", "name"),
    [
        (date(2016, 6, 9), date(2017, 2, 22), "as_of"),
        (date(2017, 2, 22), date(2016, 6, 9), "known_on"),
    ],
)
def test_a_day_before_the_round_is_refused(
    shipped_on: Callable[[date, date], Statement], as_of: date, known_on: date, name: str
) -> None:
    with pytest.raises(ReportError, match=f"{name} is 2016-06-09.*2016-06-10"):
        shipped_on(as_of, known_on)
