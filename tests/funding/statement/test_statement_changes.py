from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pandas as pd

from helpers.funding.figures_json.changes_json import corrected_figures
from helpers.funding.statement.statement_changes import as_earlier_statement, compare_statements
from helpers.funding.statement.statement_computation import compute_statement
from helpers.model.answer_register import Register
from helpers.model.funding_round import Round
from helpers.model.previous_release import PreviousRelease
from helpers.model.settings.published_figure import PublishedFigure

BEFORE, NOW = date(2016, 6, 30), date(2016, 7, 31)
Parts = tuple[Round, pd.DataFrame, Register, list[PublishedFigure]]
HISTORY = [
    "0001,2016-06-15,2016-06-20,,yes",  # the same on both days
    "0002,2016-06-15,2016-06-20,,yes",
    "0002,2016-07-05,2016-07-10,,no",  # 200 kr fewer
    "0004,2016-07-05,2016-07-10,,yes",  # 400 kr more
    "0005,2016-06-15,2016-06-20,,no",
    "0005,2016-07-05,2016-07-10,,yes",  # 900 kr more
]


def test_what_has_changed_is_listed_and_adds_up(
    register_of: Callable[..., Register], five_members: pd.DataFrame, five_round: Round
) -> None:
    parts: Parts = (five_round, five_members, register_of(*HISTORY), [])
    found = compare_statements(
        compute_statement(*parts, BEFORE, BEFORE), compute_statement(*parts, NOW, NOW)
    )
    assert (found.since, found.answered, found.yes, found.no) == (BEFORE, 1, 1, 0)
    assert found.funded == 1_100
    assert not found.is_empty
    rows = found.members[["name", "fee", "before", "after", "funded"]].to_numpy().tolist()
    assert rows == [
        ["Berg", 200, "yes", "no", -200],
        ["Ek", 400, "unanswered", "yes", 400],
        ["Fors", 900, "no", "yes", 900],
    ]


def test_nothing_has_changed_between_a_day_and_itself(
    register_of: Callable[..., Register], five_members: pd.DataFrame, five_round: Round
) -> None:
    now = compute_statement(five_round, five_members, register_of(*HISTORY), [], NOW, NOW)
    found = compare_statements(now, now)
    assert found.members.empty
    assert found.is_empty
    assert (found.answered, found.yes, found.no, found.funded) == (0, 0, 0, 0)


def test_a_yes_that_covers_another_year_is_a_change(
    register_of: Callable[..., Register], five_members: pd.DataFrame, five_round: Round
) -> None:
    heading = "code,decided_on,received_on,registered_on,decision,years"
    lines = ["0005,2016-06-15,2016-06-20,,yes,2017", "0005,2016-07-05,2016-07-10,,yes,"]
    parts: Parts = (five_round, five_members, register_of(*lines, heading=heading), [])
    found = compare_statements(
        compute_statement(*parts, BEFORE, BEFORE), compute_statement(*parts, NOW, NOW)
    )
    assert found.members["funded"].tolist() == [900]
    assert (found.yes, found.funded) == (0, 900)


def correction(digit: int, day: date) -> dict[str, object]:
    return {
        "recorded_on": day, "why": "Misread", "match": {"code": f"000{digit}"},
        "column": "decision", "expected": "yes", "corrected": "no",
    }  # fmt: skip


LINES = ["0001,2016-06-15,2016-06-20,,yes", "0002,2016-06-15,2016-06-20,,yes"]


def test_a_record_corrected_in_between_is_told_and_an_earlier_one_is_not(
    register_of: Callable[..., Register], five_members: pd.DataFrame, five_round: Round
) -> None:
    corrections = [correction(1, BEFORE), correction(2, NOW)]
    parts: Parts = (five_round, five_members, register_of(*LINES, corrections=corrections), [])
    found = compare_statements(
        compute_statement(*parts, BEFORE, BEFORE), compute_statement(*parts, NOW, NOW)
    )
    # Berg, row 3, 200 kr, which its yes had secured.
    assert corrected_figures(found.corrected) == [
        {
            "row": 3,
            "code": "0002",
            "recorded_on": "2016-07-31",
            "why": "Misread",
            "column": "decision",
            "expected": "yes",
            "corrected": "no",
            "removed": False,
        }
    ]
    assert (found.yes, found.no, found.answered, found.funded) == (-1, 1, 0, -200)
    assert found.new_answers.empty
    assert found.changed_answers["code"].tolist() == ["0002"]
    assert not found.is_empty


def test_a_corrected_record_is_a_change_where_no_answer_counts_otherwise(
    register_of: Callable[..., Register], five_members: pd.DataFrame, five_round: Round
) -> None:
    corrected = {
        "recorded_on": NOW,
        "why": "Misread",
        "match": {"code": "0001"},
        "column": "case_number",
        "expected": "A 1",
        "corrected": "A 7",
    }
    heading = "code,decided_on,received_on,decision,case_number"
    line = "0001,2016-06-15,2016-06-20,yes,A 1"
    parts = (five_round, five_members, register_of(line, heading=heading, corrections=[corrected]))
    found = compare_statements(
        compute_statement(*parts, [], BEFORE, BEFORE), compute_statement(*parts, [], NOW, NOW)
    )
    assert found.members.empty
    assert found.corrected["corrected"].tolist() == ["A 7"]
    assert not found.is_empty


def said(corrected: list[dict[str, object]] | None) -> PreviousRelease:
    """A release that knew Alm and Berg to have said yes, and nothing of Dal, Ek and Fors."""
    secured = {"0001": 100, "0002": 200}
    answers = [{"code": code, "decision": "yes", "secured": fee} for code, fee in secured.items()]
    return PreviousRelease.model_validate(
        {
            "release": "2016-07-31",
            "as_of": NOW,
            "known_on": NOW,
            "answered": 2,
            "yes": 2,
            "no": 0,
            "funded": 300,
            "answers": answers,
            "corrected": corrected,
        }
    )


def test_a_record_corrected_on_the_very_day_of_the_release_is_told(
    register_of: Callable[..., Register], five_members: pd.DataFrame, five_round: Round
) -> None:
    corrections = [correction(1, NOW), correction(2, NOW)]
    parts: Parts = (five_round, five_members, register_of(*LINES, corrections=corrections), [])
    now = compute_statement(*parts, NOW, NOW)
    known = {
        "row": 2,
        "code": "0001",
        "recorded_on": NOW,
        "why": "Misread",
        "column": "decision",
        "expected": "yes",
        "corrected": "no",
        "removed": False,
    }
    found = compare_statements(as_earlier_statement(said([known])), now)
    assert found.corrected["code"].tolist() == ["0002"]
    # Both yes, 100 and 200 kr, are a no now.
    assert (found.yes, found.no, found.funded) == (-2, 2, -300)
    assert compare_statements(as_earlier_statement(said([])), now).corrected["code"].tolist() == [
        "0001",
        "0002",
    ]


def test_unknown_corrections_of_an_old_release_are_not_guessed(
    register_of: Callable[..., Register], five_members: pd.DataFrame, five_round: Round
) -> None:
    parts: Parts = (
        five_round,
        five_members,
        register_of(*LINES, corrections=[correction(1, NOW)]),
        [],
    )
    assert compare_statements(
        as_earlier_statement(said(None)), compute_statement(*parts, NOW, NOW)
    ).corrected.empty


def test_one_that_an_old_release_did_not_list_had_not_answered(
    register_of: Callable[..., Register], five_members: pd.DataFrame, five_round: Round
) -> None:
    parts: Parts = (
        five_round,
        five_members,
        register_of(*LINES, "0004,2016-07-05,2016-07-10,,yes"),
        [],
    )
    found = compare_statements(
        as_earlier_statement(said(None)), compute_statement(*parts, NOW, NOW)
    ).members
    # Ek secured nothing then, and 400 kr now; Dal and Fors are as silent as before.
    assert found[["code", "before", "after", "funded"]].to_numpy().tolist() == [
        ["0004", "unanswered", "yes", 400]
    ]
