"""`check` names the published figures that differ, and fees that cannot be computed.

Worked out by hand. Fees 100 Alm, 200 Berg, 300 Dal, 400 Ek and 900 Fors, 1 900 a year.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction

import pandas as pd
import pytest

from helpers.checking.published_lines import find_computation_problems, find_disagreements
from helpers.errors import ReportError
from helpers.model.answer_register import Register
from helpers.model.funding_round import Round
from helpers.model.settings.published_figure import PublishedFigure

# 100 + 400 of 1 900 is 26.3157…%.
ANSWERS = ["0001,2016-06-15,2016-06-20,,yes", "0004,2016-07-05,2016-07-10,,yes"]


def published(figure: str, kind: str, value: object, **more: object) -> PublishedFigure:
    days = {"state_on": date(2016, 7, 31), "known_from": date(2016, 8, 1)}
    text = {"source": "brev", "why": {"sv": "Därför."}}
    return PublishedFigure.model_validate(
        {"figure": figure, "kind": kind, "value": value, **days, **text, **more}
    )


@pytest.fixture
def found(
    five_round: Round, five_members: pd.DataFrame, register_of: Callable[..., Register]
) -> Callable[..., list[str]]:
    def find(*entries: PublishedFigure, today: date | None = None) -> list[str]:
        register = register_of(*ANSWERS)
        problems = find_disagreements(five_round, five_members, register, list(entries), today)
        assert {problem.severity for problem in problems} <= {"warning"}
        return [problem.what for problem in problems]

    return find


def test_a_figure_that_agrees_is_not_named(found: Callable[..., list[str]]) -> None:
    assert found(published("funded", "exact", 500), published("fee:0005", "exact", 900)) == []


def test_each_figure_that_differs_is_named_with_both_values(
    found: Callable[..., list[str]],
) -> None:
    assert found(
        published("funded_share", "percent", "26.32"),
        published("funded_share", "percent", "26.33"),
        published("yes", "exact", 3),
        published("funded", "over", 500, below=600),
        published("fee:0005", "rounded", 1_000, rounded_to=10),
    ) == [
        "funded_share on 2016-07-31: published 26.33%, computed 26.32%.",
        "yes on 2016-07-31: published 3, computed 2.",
        "funded on 2016-07-31: published a little over 500, below 600, computed 500.",
        "fee:0005 on 2016-07-31: published 1000, rounded to 10, computed 900.",
    ]


def test_what_is_published_after_today_is_not_compared(found: Callable[..., list[str]]) -> None:
    entry = published("yes", "exact", 3)
    assert found(entry, today=date(2016, 7, 31)) == []
    assert len(found(entry, today=date(2016, 8, 1))) == 1


def test_a_figure_that_does_not_exist_stops_the_check(found: Callable[..., list[str]]) -> None:
    with pytest.raises(ReportError, match="there is no figure 'yess'"):
        found(published("yess", "exact", 3))


def test_limits_that_clash_are_an_error_of_round_toml(
    five_round: Round, five_members: pd.DataFrame
) -> None:
    pricing = {"rule": "inhabitants", "population_year": 2015, "limits": {"highest": 100}}
    round_ = Round.model_validate(five_round.model_dump() | {"pricing": pricing})
    [problem] = find_computation_problems(round_, five_members, round_.base_day)
    assert (problem.file, problem.severity) == ("round.toml, [pricing.limits]", "error")
    assert problem.what.endswith("pay at most 500, and 1900 is left to pay.")
    assert problem.remedy == "Raise the highest fee or the fixed shares."
    assert find_computation_problems(five_round, five_members, five_round.base_day) == []


# 89.60 as text has two decimals, and as a value is 89.6.
@pytest.mark.parametrize(
    ("written", "digits", "value"),
    [("89.66", 2, Fraction(8966, 100)), ("89.60", 2, Fraction(896, 10)), (90, 0, 90)],
)
def test_a_percentage_keeps_the_decimals_that_it_is_written_with(
    written: object, digits: int, value: Fraction | int
) -> None:
    entry = published("no_share", "percent", written)
    assert (entry.percent_digits, entry.exact_value) == (digits, value)
