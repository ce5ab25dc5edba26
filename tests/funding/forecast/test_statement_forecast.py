from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction

import pandas as pd
import pytest

from helpers.funding.figures_json.forecast_json import forecast_figures
from helpers.funding.forecast.funding_forecast import Forecast, ForecastModel, NoForecast
from helpers.funding.forecast.statement_forecast import forecast_statement
from helpers.funding.statement.round_statement import Statement
from helpers.funding.statement.statement_computation import compute_statement
from helpers.model.answer_register import Register
from helpers.model.funding_round import Round
from helpers.model.settings.round_settings import Event
from helpers.pricing.kinds.shared_cost import SharedCost

DAY, BEGAN = date(2016, 7, 31), date(2016, 6, 10)


def reply_by(*days: date) -> list[Event]:
    return [Event(kind="deadline", known_from=BEGAN, on=day, text={"sv": "Svara"}) for day in days]


@pytest.fixture
def on(
    register_of: Callable[..., Register], five_members: pd.DataFrame, five_round: Round
) -> Callable[..., Statement]:
    def ask(**changes: object) -> Statement:
        register = register_of("0001,2016-06-15,2016-06-20,,yes", "0002,2016-06-15,2016-06-25,,no")
        round_ = five_round.model_copy(update=changes)
        return compute_statement(round_, five_members, register, [], DAY, DAY)

    return ask


def test_few_answers_are_too_few(on: Callable[..., Statement]) -> None:
    found = forecast_statement(on(events=reply_by(date(2016, 8, 31))))
    assert found == NoForecast(DAY, answered=2, reason="too_few_answers", needed=10)


@pytest.mark.parametrize("days", [[], [BEGAN], [date(2016, 6, 1)]])
def test_without_a_reply_date_after_the_beginning_it_says_nothing(
    on: Callable[..., Statement], days: list[date]
) -> None:
    assert forecast_statement(on(events=reply_by(*days))) == NoForecast(DAY, 2, "no_reply_date")


def test_where_the_price_depends_on_who_joins_it_says_nothing(on: Callable[..., Statement]) -> None:
    values = {"rule": "shared-cost", "population_year": 2015, "cost": 1_900, "highest_rate": "0.5"}
    shared = on(pricing=SharedCost.model_validate(values), events=reply_by(date(2016, 8, 31)))
    assert shared.price is not None
    assert forecast_statement(shared) == NoForecast(DAY, 2, "price_depends_on_who_joins")


def test_the_shipped_round_is_forecast_within_its_bounds(
    shipped_on: Callable[[date, date], Statement],
) -> None:
    statement = shipped_on(date(2016, 11, 30), date(2016, 11, 30))
    found = forecast_statement(statement)
    assert isinstance(found, Forecast)
    # The last reply date known is 31 October, 143 days after 10 June; as many after it is 23 March.
    assert found.horizon == date(2017, 3, 23)
    assert found.requested == 3_400_000
    assert found.funded == statement.total.funded <= found.low
    assert found.high <= found.ceiling == statement.total.funded_if_all_unanswered_yes


def test_a_reply_date_not_yet_known_is_not_used(
    shipped_on: Callable[[date, date], Statement],
) -> None:
    # That 30 September became 31 October was known from 30 September: on the 29th the round ends
    # 112 days after 30 September, on 20 January.
    found = forecast_statement(shipped_on(date(2016, 9, 29), date(2016, 9, 29)))
    assert isinstance(found, Forecast)
    assert found.horizon == date(2017, 1, 20)


def test_what_was_not_asked_for_is_null() -> None:
    assert forecast_figures(None) is None


def test_the_figures_of_one_that_was_declined_say_why() -> None:
    found = forecast_figures(NoForecast(DAY, 2, "too_few_answers"))
    assert found == {"declined": "too_few_answers", "answered": 2, "needed": 10}


def test_the_figures_of_a_forecast() -> None:
    model = ForecastModel("before", Fraction(3, 4), Fraction(2, 3))
    found = forecast_figures(
        Forecast(
            DAY,
            date(2016, 12, 1),
            requested=2_000,
            funded=500,
            ceiling=1_700,
            low=600,
            median=1_000,
            high=1_400,
            unanswered=2,
            further_answers=Fraction(3, 2),
            model=model,
        )
    )
    # Of 2 000: 600, 1 000 and 1 400 are 0.3, 0.5 and 0.7.
    assert found == {
        "declined": None,
        "mark": "beräknat",
        "level": 0.8,
        "horizon": "2016-12-01",
        "funded": 500,
        "low": 600,
        "median": 1_000,
        "high": 1_400,
        "ceiling": 1_700,
        "low_share": 0.3,
        "median_share": 0.5,
        "high_share": 0.7,
        "silent": 2,
        "further_answers": 1.5,
        "yes_of_further": pytest.approx(2 / 3),
        "model": "answer_curve_and_yes_by_group",
        "phase": "before",
        "assumed": ["answers_stand", "all_years", "reply_date_stands", "like_the_answered"],
        "draws": 2_001,
        "seed": 1,
        "calibration": {
            "rounds": 400,
            "forecasts": 1_955,
            "held": 1_580,
            "held_share": pytest.approx(1_580 / 1_955),
        },
    }


def test_where_none_is_awaited_there_is_no_share_of_yes() -> None:
    found = forecast_figures(
        Forecast(
            DAY,
            DAY,
            requested=0,
            funded=0,
            ceiling=0,
            low=0,
            median=0,
            high=0,
            unanswered=0,
            further_answers=Fraction(0),
            model=ForecastModel("over", None, None),
        )
    )
    assert found is not None
    assert found["yes_of_further"] is found["low_share"] is None
