"""The forecast, as the key `forecast` of figures.json."""

from __future__ import annotations

from typing import Any

from helpers.funding.figures_json.json_values import json_number
from helpers.funding.forecast.funding_forecast import MEASURED_CALIBRATION, Forecast, NoForecast


def forecast_figures(found: Forecast | NoForecast | None) -> dict[str, Any] | None:
    """Return a forecast in units a year and plain shares; None if none was requested.

    `declined` is the reason for not giving a forecast, otherwise null.
    """
    if found is None:
        return None
    if isinstance(found, NoForecast):
        return {"declined": found.reason, "answered": found.answered, "needed": found.needed}
    shares = ("low_share", "median_share", "high_share")
    return {
        "declined": None,
        "mark": found.model.mark,
        "level": float(found.level),
        "horizon": found.horizon.isoformat(),
        **{name: getattr(found, name) for name in ("funded", "low", "median", "high", "ceiling")},
        **{name: json_number(getattr(found, name)) for name in shares},
        "silent": found.unanswered,
        "further_answers": float(found.further_answers),
        "yes_of_further": json_number(found.model.yes_of_further),
        "model": found.model.name,
        "phase": found.model.phase,
        "assumed": list(found.model.assumed),
        "draws": found.model.draws,
        "seed": found.model.seed,
        "calibration": {
            "rounds": MEASURED_CALIBRATION.rounds,
            "forecasts": MEASURED_CALIBRATION.forecasts,
            "held": MEASURED_CALIBRATION.held,
            "held_share": float(MEASURED_CALIBRATION.held_share),
        },
    }
