"""The forecast of a statement, or why there is none; and both by name, for figures.json."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from helpers.funding.forecast import (
    MEASURED,
    PRICE_VARIES,
    Declined,
    Forecast,
    forecast,
)
from helpers.funding.statement import Statement


def outlook(statement: Statement) -> Forecast | Declined:
    """Forecast what will be funded in the end, from the last reply date known on the day.

    Declined where the price depends on who joins, besides the reasons that forecast has.
    """
    answered = statement.total.answered
    if statement.price is not None:
        return Declined(statement.as_of, answered, PRICE_VARIES)
    began = statement.round.recommended_on
    days = [event.on for event in statement.deadlines if event.on and event.on > began]
    return forecast(statement.answers, statement.as_of, began, max(days, default=None))


def forecast_figures(found: Forecast | Declined | None) -> dict[str, Any] | None:
    """A forecast's figures, units a year and plain shares; None where none was asked for.

    `declined` is the reason why there is none, else null.
    """
    if found is None:
        return None
    if isinstance(found, Declined):
        return {"declined": found.reason, "answered": found.answered, "needed": found.needed}
    shares = ("low_share", "median_share", "high_share")
    return {
        "declined": None,
        "mark": found.model.mark,
        "level": float(found.level),
        "horizon": found.horizon.isoformat(),
        **{name: getattr(found, name) for name in ("funded", "low", "median", "high", "ceiling")},
        **{name: _number(getattr(found, name)) for name in shares},
        "silent": found.silent,
        "further_answers": float(found.further_answers),
        "yes_of_further": _number(found.model.yes_of_further),
        "model": found.model.name,
        "phase": found.model.phase,
        "assumed": list(found.model.assumed),
        "draws": found.model.draws,
        "seed": found.model.seed,
        "calibration": {
            "rounds": MEASURED.rounds,
            "forecasts": MEASURED.forecasts,
            "held": MEASURED.held,
            "held_share": float(MEASURED.held_share),
        },
    }


def _number(share: Fraction | None) -> float | None:
    return None if share is None else float(share)
