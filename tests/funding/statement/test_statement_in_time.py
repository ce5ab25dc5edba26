from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import pandas as pd
import pytest

from helpers.funding.figures_json.statement_json import statement_figures
from helpers.funding.statement.round_statement import Statement
from helpers.funding.statement.statement_computation import compute_statement
from helpers.model.answer_register import Register
from helpers.model.funding_round import Round
from helpers.model.settings.published_figure import PublishedFigure

HISTORY = [
    "0001,2016-06-15,2016-06-20,,yes",
    "0002,2016-06-16,2016-06-20,,yes",
    "0002,2016-07-01,2016-07-05,,no",
]
# Received on a day that is asked about below, registered on 1 August.
LATER = ["0004,2016-06-16,2016-06-20,2016-08-01,yes", "0001,2016-06-18,2016-06-20,2016-08-01,no"]


@pytest.fixture
def five_on(
    five_round: Round, five_members: pd.DataFrame, register_of: Callable[..., Register]
) -> Callable[..., dict[str, Any]]:
    def ask(
        as_of: date,
        *lines: str,
        known_on: date | None = None,
        published: Sequence[PublishedFigure] = (),
        **more: Any,
    ) -> dict[str, Any]:
        register = register_of(*lines, **more)
        known = known_on or as_of
        return statement_figures(
            compute_statement(five_round, five_members, register, list(published), as_of, known)
        )

    return ask


def published(value: int, state_on: date, known_from: date) -> PublishedFigure:
    return PublishedFigure.model_validate(
        {
            "figure": "yes",
            "kind": "exact",
            "value": value,
            "state_on": state_on,
            "known_from": known_from,
            "wording": "",
            "source": "",
            "why": {"sv": ""},
        }
    )


# The memorandum is known from 8 September 2016, the letter from 22 February 2017, and the letter
# says nothing of an earlier day.
@pytest.mark.parametrize(
    ("as_of", "known_on", "lines"),
    [
        (date(2016, 9, 7), date(2016, 9, 7), 0),
        (date(2016, 9, 8), date(2016, 9, 8), 2),
        (date(2017, 2, 22), date(2017, 2, 21), 2),
        (date(2017, 2, 21), date(2017, 2, 22), 2),
        (date(2017, 2, 22), date(2017, 2, 22), 9),
    ],
)
def test_only_what_is_published_by_then_is_reconciled(
    shipped_on: Callable[[date, date], Statement], as_of: date, known_on: date, lines: int
) -> None:
    assert len(shipped_on(as_of, known_on).reconciliation) == lines


def test_a_published_figure_of_an_earlier_day_is_computed_for_that_day(
    five_on: Callable[..., dict[str, Any]],
) -> None:
    # On 20 June Alm and Berg have said yes; on 31 July Berg has changed to no.
    entry = published(2, state_on=date(2016, 6, 20), known_from=date(2016, 7, 1))
    report = five_on(date(2016, 7, 31), *HISTORY, published=[entry])
    [line] = report["reconciliation"]
    assert (report["yes"], line["computed"], line["agrees"]) == (1, 2, True)
    assert line["state_on"] == "2016-06-20"


def test_the_past_asked_again_after_later_rows_gives_the_same_figures(
    five_on: Callable[..., dict[str, Any]],
) -> None:
    # The five members' fees are 100, 200, 300, 400 and 900: see conftest.py.
    asked = date(2016, 6, 20)
    before = five_on(asked, *HISTORY)
    after = five_on(asked, *HISTORY, *LATER)
    assert (before["yes"], before["funded"]) == (2, 300)
    assert before.pop("rows")["not_yet_known"] == 1
    assert after.pop("rows")["not_yet_known"] == 3
    assert before == after


def test_that_day_as_known_today_is_another_question_with_another_answer(
    five_on: Callable[..., dict[str, Any]],
) -> None:
    # Known on 1 August: Alm had said no, Berg and Ek yes: 200 + 400.
    report = five_on(date(2016, 6, 20), *HISTORY, *LATER, known_on=date(2016, 8, 1))
    assert (report["yes"], report["no"], report["funded"]) == (2, 1, 600)
    assert report["known_on"] == "2016-08-01"


def test_a_reply_date_after_the_day_has_not_passed(
    shipped_on: Callable[[date, date], Statement],
) -> None:
    # round.toml: 30 September and 31 October 2016.
    known_on = date(2017, 2, 22)
    assert shipped_on(date(2016, 7, 1), known_on).passed_deadlines == []
    assert shipped_on(date(2016, 10, 1), known_on).passed_deadlines == [date(2016, 9, 30)]


def test_a_row_not_yet_known_does_not_tell_that_it_is_reconstructed(
    five_on: Callable[..., dict[str, Any]],
) -> None:
    heading = "code,decided_on,received_on,decision,source"
    letter = "0001,2016-06-15,2016-06-20,yes,letter"
    drawn = "0002,2016-07-01,2016-07-05,yes,reconstructed"
    assert not five_on(date(2016, 7, 4), letter, drawn, heading=heading)["reconstructed"]
    assert five_on(date(2016, 7, 5), letter, drawn, heading=heading)["reconstructed"]


def test_a_condition_on_a_no_is_no_conditional_yes(five_on: Callable[..., dict[str, Any]]) -> None:
    heading = "code,decided_on,received_on,decision,condition"
    lines = ["0001,2016-06-15,2016-06-20,no,om inte", "0002,2016-06-15,2016-06-20,yes,om"]
    report = five_on(date(2016, 6, 20), *lines, heading=heading)
    assert (report["no"], report["conditional"]) == (1, 1)
    assert report["conditional_codes"] == ["0002"]
