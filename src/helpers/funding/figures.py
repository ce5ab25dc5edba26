"""Every figure that a report prints, by name: the content of figures.json."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import Any

import pandas as pd

from helpers.data.members import PLACE
from helpers.funding.amounts import CONDITIONAL, YES
from helpers.funding.changes import Changes
from helpers.funding.concentration import Payer, concentration
from helpers.funding.promptness import Period
from helpers.funding.reconcile import Line
from helpers.funding.statement import Statement
from helpers.funding.tally import Tally, share
from helpers.funding.thresholds import Outcome


def figures(statement: Statement) -> dict[str, Any]:
    """Every figure that the report prints, by name, unrounded: the content of figures.json.

    Amounts are whole units of `currency` a year; shares are fractions, null where there is nothing
    to take a share of; days are ISO dates.
    """
    return {
        "round": statement.round.name,
        "as_of": statement.as_of.isoformat(),
        "known_on": statement.known_on.isoformat(),
        "currency": statement.round.currency,
        "reconstructed": statement.reconstructed,
        "population_year": statement.round.pricing.year_of_inhabitants,
        **tally_figures(statement.total),
        "by_year": {str(year): amount for year, amount in statement.by_year.items()},
        "gap_by_year": {
            str(year): statement.round.requested - amount
            for year, amount in statement.by_year.items()
        },
        "requested_all_years": statement.requested_all_years,
        "funded_all_years": statement.funded_all_years,
        "gap_all_years": statement.gap_all_years,
        "equal_members_differ": statement.shares.equal_members_differ,
        **_breakdowns(statement),
        "over_time": _records(statement.over_time),
        "member_list": _records(statement.answers.drop(columns=PLACE, errors="ignore")),
        "reconciliation": [_line_figures(line) for line in statement.reconciliation],
        "funded_peak": statement.funded_peak,
        "funded_peak_on": statement.funded_peak_on.isoformat(),
        "rows": statement.quality.accounting,
        "answers_by_kind": statement.quality.kinds,
        "withdrawn": _codes(statement.answers, statement.answers["withdrawn"]),
        "conditional_codes": _codes(statement.answers, _conditional(statement.answers)),
        "partial": _codes(statement.answers, statement.answers["years"] != ""),
    }


def _breakdowns(statement: Statement) -> dict[str, Any]:
    """The count taken apart: by place, group, period and payer."""
    of_part = _count_figures if statement.price else tally_figures
    return {
        "by_county": {name: of_part(t) for name, t in statement.by_county.items()},
        "by_group": {name: of_part(t) for name, t in statement.by_group.items()},
        "milestones": {str(day): tally_figures(t) for day, t in statement.milestones.items()},
        "periods": [
            {**_period_days(period), "tally": of_part(period.tally)} for period in statement.periods
        ],
        "largest_outside_share": _number(statement.largest_outside_share),
        **({} if statement.price else _payers(statement)),
        "thresholds": [_outcome_figures(outcome) for outcome in statement.thresholds],
    }


def _payers(statement: Statement) -> dict[str, Any]:
    """The largest payers, where the fees of all members add up to what is requested."""
    shares = concentration(statement.largest, statement.round.requested)
    return {
        "largest": [_payer_figures(payer, statement) for payer in statement.largest],
        "largest_shares": {str(count): _number(part) for count, part in shares.items()},
    }


COUNT_FIGURES = (
    "members", "answered", "yes", "no", "conditional", "unanswered", "outside",
    "answered_share", "yes_share", "no_share", "conditional_share", "unanswered_share",
    "yes_of_answered_share", "no_of_answered_share",
    "population", "yes_population", "no_population", "conditional_population",
    "unanswered_population", "yes_population_share", "no_population_share",
    "conditional_population_share", "unanswered_population_share",
)  # fmt: skip
AMOUNT_FIGURES = (
    "requested", "funded", "gap", "declined", "possible",
    "unanswered_fees", "conditional_fees", "uncovered",
    "funded_share", "declined_share", "possible_share",
    "unanswered_fees_share", "conditional_fees_share", "uncovered_share",
    "mean_fee_yes", "mean_fee_others", "per_inhabitant",
    "funded_if_all_unanswered_yes", "funded_if_all_unanswered_yes_share",
)  # fmt: skip


def tally_figures(count: Tally) -> dict[str, int | float | None]:
    """The figures of one tally by name; an exact share becomes the nearest JSON number."""
    return {name: _number(getattr(count, name)) for name in COUNT_FIGURES + AMOUNT_FIGURES}


def _count_figures(count: Tally) -> dict[str, int | float | None]:
    """A part of a shared cost: what others pay depends on who joins, so there is no sum to take."""
    counted = {name: _number(getattr(count, name)) for name in COUNT_FIGURES}
    return {**counted, "funded": count.funded}


def _conditional(answers: pd.DataFrame) -> pd.Series[bool]:
    return (answers["condition"] != "") & answers["decision"].isin([YES, CONDITIONAL])


def _codes(answers: pd.DataFrame, which: pd.Series[bool]) -> list[str]:
    return list(answers.loc[which, "code"])


def _number(value: int | Fraction | None) -> int | float | None:
    return float(value) if isinstance(value, Fraction) else value


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    days = frame.select_dtypes("datetime").columns
    text = {name: frame[name].dt.strftime("%Y-%m-%d") for name in days}
    plain = frame.assign(**text).astype(object)
    rows = plain.where(plain.notna(), None).to_dict("records")
    return [{str(name): value for name, value in row.items()} for row in rows]


def _period_days(period: Period) -> dict[str, Any]:
    days = {"after": period.after, "until": period.until}
    text = {name: day.isoformat() if day else None for name, day in days.items()}
    return {**text, "answered": period.answered}


def change_figures(changes: Changes | None) -> dict[str, Any] | None:
    """What has changed since an earlier day; None where no day was asked for."""
    if changes is None:
        return None
    names = ("answered", "yes", "no", "funded")
    return {
        "since": changes.since.isoformat(),
        "known_on": changes.known_on.isoformat(),
        **{name: getattr(changes, name) for name in names},
        "members": _records(changes.members),
        "corrected": corrected_figures(changes.corrected),
    }


def corrected_figures(corrected: pd.DataFrame) -> list[dict[str, Any]]:
    """The records that have been corrected, each with its row in the register and why."""
    names = ["code", "recorded_on", "why", "column", "expected", "corrected", "removed"]
    return _records(corrected[names].reset_index(names="row"))


def _payer_figures(payer: Payer, statement: Statement) -> dict[str, Any]:
    requested = statement.round.requested
    return {
        "code": payer.code,
        "name": payer.name,
        "decision": payer.decision,
        "fee": payer.fee,
        "share": _number(share(payer.fee, requested)),
        "cumulative": payer.cumulative,
        "cumulative_share": _number(share(payer.cumulative, requested)),
        "per_inhabitant": _number(payer.per_inhabitant),
        "funded_without": payer.funded_without,
        "funded_without_share": _number(share(payer.funded_without, requested)),
    }


def _outcome_figures(outcome: Outcome) -> dict[str, Any]:
    return {
        "measure": outcome.threshold.measure,
        "needed": outcome.needed,
        "needed_share": _number(outcome.needed_share),
        "reached": outcome.reached,
        "reached_share": _number(outcome.reached_share),
        "short": outcome.short,
        "possible": outcome.possible,
        "met": outcome.met,
    }


def _line_figures(line: Line) -> dict[str, Any]:
    entry = line.published
    return {
        "figure": entry.figure,
        "state_on": entry.state_on.isoformat(),
        "published": entry.value,
        "computed": line.computed,
        "difference": line.difference,
        "relative": _number(line.relative),
        "agrees": line.agrees,
        "rounded_to": entry.rounded_to,
        "by_construction": entry.by_construction,
        "fits_totals": list(line.fits_totals) if line.fits_totals else None,
    }


def to_json(content: Any) -> str:
    """JSON as we write it everywhere: readable, in the order given, ending in a newline."""
    return json.dumps(content, ensure_ascii=False, indent=1, allow_nan=False) + "\n"
