"""Every figure that a report prints, by name: the content of figures.json."""

from __future__ import annotations

from functools import partial
from typing import Any

import pandas as pd

from helpers.funding.answers.answer_states import CONDITIONAL, YES
from helpers.funding.figures_json.json_values import frame_records, json_number
from helpers.funding.figures_json.membership_json import membership_figures
from helpers.funding.figures_json.pledge_json import pledge_figures
from helpers.funding.figures_json.tally_json import (
    figures_of_part,
    figures_of_total,
    nonzero_figures,
)
from helpers.funding.figures_json.threshold_json import (
    contingency_figures,
    group_threshold_figures,
    outcome_figures,
)
from helpers.funding.statement.group_thresholds import group_threshold_outcomes
from helpers.funding.statement.round_statement import Statement
from helpers.funding.totals.concentration import (
    Payer,
    secured_shares_of_largest,
    shares_of_largest,
    sum_of_fees,
)
from helpers.funding.totals.reconciliation import ReconciliationLine
from helpers.funding.totals.shares import share
from helpers.funding.totals.timeliness import AnswerPeriod
from helpers.model.member_columns import COORDINATE_COLUMNS


def statement_figures(statement: Statement) -> dict[str, Any]:
    """Return every key figure that the report prints, by name, unrounded.

    Amounts are whole units of `currency` a year; shares are fractions, null if the whole is 0; days
    are ISO dates.
    """
    answers = statement.on_day.present
    return {
        "round": statement.round.name,
        "as_of": statement.as_of.isoformat(),
        "known_on": statement.known_on.isoformat(),
        "currency": statement.round.currency,
        "reconstructed": statement.reconstructed,
        **future_figure(statement),
        "population_year": statement.round.pricing.population_year_or_none,
        **figures_of_total(statement.round.pricing, statement.total),
        **nonzero_figures(statement.total),
        "by_year": {str(year): amount for year, amount in statement.by_year.items()},
        "gap_by_year": {
            str(year): max(statement.round.requested_in(year) - amount, 0)
            for year, amount in statement.by_year.items()
        },
        **_requested_of_years_figures(statement),
        "requested_all_years": statement.requested_all_years,
        "funded_all_years": statement.funded_all_years,
        "gap_all_years": statement.gap_all_years,
        "equal_members_differ": statement.prices.equal_members_differ,
        **_breakdown_figures(statement),
        "over_time": frame_records(statement.over_time.drop(columns="answered")),
        "member_list": _member_records(statement),
        "reconciliation": [_line_figures(line) for line in statement.reconciliation],
        "funded_peak": statement.funded_peak,
        "funded_peak_on": statement.funded_peak_on.isoformat(),
        "rows": statement.quality.accounting,
        "answers_by_kind": statement.quality.kinds,
        "withdrawn": _codes_where(answers, answers["withdrawn"]),
        "conditional_codes": _codes_where(answers, _has_condition(answers)),
        "partial": _codes_where(answers, answers["years"] != ""),
        **_figures_of_some_rounds(statement),
    }


def _figures_of_some_rounds(statement: Statement) -> dict[str, Any]:
    figures: dict[str, Any] = {}
    if statement.on_day.any_change:
        figures["membership"] = membership_figures(statement)
    of_groups = group_threshold_outcomes(statement)
    if of_groups:
        figures["group_thresholds"] = [group_threshold_figures(outcome) for outcome in of_groups]
    figures |= contingency_figures(statement)
    if statement.takes_pledges:
        figures["pledges"] = pledge_figures(statement)
    return figures


def future_figure(statement: Statement) -> dict[str, bool]:
    """Return the key `future`, only where the figures were computed before their day."""
    return {"future": True} if statement.future else {}


def _member_records(statement: Statement) -> list[dict[str, Any]]:
    """Return each member as a record; with the fee of each year where the amounts differ."""
    years = sorted(statement.round.requested_of_years)
    columns = [f"fee_{year}" for year in years if f"fee_{year}" in statement.on_day.everyone]
    everyone = statement.on_day.everyone.drop(columns=COORDINATE_COLUMNS, errors="ignore")
    records = frame_records(everyone.drop(columns=columns))
    if not columns:
        return records
    fees = frame_records(everyone[columns])
    return [
        {**record, "fee_by_year": {str(year): own[f"fee_{year}"] for year in years}}
        for record, own in zip(records, fees, strict=True)
    ]


def _requested_of_years_figures(statement: Statement) -> dict[str, Any]:
    """Return what is requested in each year, and the year of figures a year, if they differ."""
    by_year = statement.round.requested_of_years
    if not by_year:
        return {}
    amounts = {str(year): by_year[year] for year in sorted(by_year)}
    return {"requested_by_year": amounts, "counted_year": statement.round.counted_year}


def _breakdown_figures(statement: Statement) -> dict[str, Any]:
    """Return the count by county, group, period and payer."""
    pricing = statement.round.pricing
    of_part, of_all = partial(figures_of_part, pricing), partial(figures_of_total, pricing)
    return {
        "by_county": {name: of_part(t) for name, t in statement.by_county.items()},
        "by_group": {name: of_part(t) for name, t in statement.by_group.items()},
        "milestones": {str(day): of_all(t) for day, t in statement.milestones.items()},
        "periods": [
            {**_period_figures(period), "tally": of_part(period.tally)}
            for period in statement.periods
        ],
        "largest_outside_share": json_number(statement.largest_outside_share),
        **(_largest_payer_figures(statement) if _fees_add_up(statement) else {}),
        "thresholds": [outcome_figures(outcome) for outcome in statement.thresholds],
    }


def _fees_add_up(statement: Statement) -> bool:
    return statement.fees_are_additive and not statement.takes_pledges


def _largest_payer_figures(statement: Statement) -> dict[str, Any]:
    """The largest payers, where the fees of all members add up to what is requested."""
    shares = shares_of_largest(statement.largest, sum_of_fees(statement.answers))
    return {
        "largest": [_payer_figures(payer, statement) for payer in statement.largest],
        "largest_shares": {str(count): json_number(part) for count, part in shares.items()},
        "largest_secured_shares": {
            str(count): json_number(part)
            for count, part in secured_shares_of_largest(statement.answers).items()
        },
    }


def _has_condition(answers: pd.DataFrame) -> pd.Series[bool]:
    return (answers["condition"] != "") & answers["decision"].isin([YES, CONDITIONAL])


def _codes_where(answers: pd.DataFrame, which: pd.Series[bool]) -> list[str]:
    return list(answers.loc[which, "code"])


def _period_figures(period: AnswerPeriod) -> dict[str, Any]:
    days = {"after": period.after, "until": period.until}
    text = {name: day.isoformat() if day else None for name, day in days.items()}
    joined = {"joined": True} if period.joined else {}
    return {**text, "answered": period.answered, **joined}


def _payer_figures(payer: Payer, statement: Statement) -> dict[str, Any]:
    requested, all_fees = statement.round.requested, sum_of_fees(statement.answers)
    return {
        "code": payer.code,
        "name": payer.name,
        "decision": payer.decision,
        "fee": payer.fee,
        "share": json_number(share(payer.fee, all_fees)),
        "cumulative": payer.cumulative,
        "cumulative_share": json_number(share(payer.cumulative, all_fees)),
        "per_inhabitant": json_number(payer.per_inhabitant),
        "funded_without": payer.funded_without,
        "funded_without_share": json_number(share(payer.funded_without, requested)),
    }


def _line_figures(line: ReconciliationLine) -> dict[str, Any]:
    entry = line.published
    return {
        "figure": entry.figure,
        "state_on": entry.state_on.isoformat(),
        "published": json_number(entry.exact_value),
        "computed": json_number(line.computed),
        "difference": json_number(line.difference),
        "relative": json_number(line.relative),
        "agrees": line.agrees,
        "rounded_to": entry.rounded_to,
        "by_construction": entry.by_construction,
        "fits_totals": list(line.fits_totals) if line.fits_totals else None,
    }
