"""The forecast of a statement, or the reason for not giving one."""

from __future__ import annotations

from helpers.funding.forecast.funding_forecast import (
    PRICE_DEPENDS_ON_JOINED,
    Forecast,
    NoForecast,
    forecast_funded,
)
from helpers.funding.statement.round_statement import Statement


def forecast_statement(statement: Statement) -> Forecast | NoForecast:
    """Forecast what will finally be funded, from the last reply date known on the day.

    Besides the reasons of forecast_funded, none is given if the price depends on which members
    join.
    """
    answered = statement.total.answered
    if not statement.fees_are_additive or statement.takes_pledges:
        return NoForecast(statement.as_of, answered, PRICE_DEPENDS_ON_JOINED)
    began = statement.round.recommended_on
    days = [event.on for event in statement.deadlines if event.on and event.on > began]
    return forecast_funded(
        statement.answers,
        statement.as_of,
        began,
        max(days, default=None),
        ceiling=statement.ceiling,
    )
