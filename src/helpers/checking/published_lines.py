"""The published figures that a round does not agree with, and why no report can be computed."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pandas as pd

from helpers.errors import DataError, Problem, ReportError
from helpers.funding.statement.statement_computation import compute_statement, member_counter
from helpers.funding.totals.reconciliation import ReconciliationLine
from helpers.model.answer_register import Register
from helpers.model.funding_round import Round
from helpers.model.settings.published_figure import PublishedFigure
from helpers.pricing.decimals import decimal_text

PUBLISHED_FILE = "published.toml"


def find_computation_problems(
    round_: Round, members: pd.DataFrame, known_on: date
) -> list[Problem]:
    """Why no report can be computed, as an error: limits that clash, sums that differ.

    Also a threshold that a county or group cannot meet, with the memberships known on a day.
    """
    try:
        member_counter(round_, members, known_on)
    except DataError as error:
        return list(error.problems)
    except ReportError as error:
        file, _, text = str(error).partition(": ")
        what, _, remedy = text.rpartition(". ")
        return [Problem(file, f"{what}.", remedy)]
    return []


def find_disagreements(
    round_: Round,
    members: pd.DataFrame,
    register: Register,
    published: list[PublishedFigure],
    today: date | None,
) -> list[Problem]:
    """A warning for each published figure that differs from the computed one.

    Only figures that a report of `today` may know are compared; without it, all of them. Raises
    ReportError for a figure or a member that does not exist.
    """
    days = [day for entry in published for day in (entry.state_on, entry.known_from)]
    last = max(filter(None, (round_.recommended_on, register.latest, *days)))
    day = last if today is None else min(last, max(today, round_.recommended_on))
    if not published:
        return []
    lines = compute_statement(round_, members, register, published, day, day).reconciliation
    return [_disagreement(line) for line in lines if not line.agrees]


def _disagreement(line: ReconciliationLine) -> Problem:
    entry = line.published
    unit = "%" if entry.kind == "percent" else ""
    published, computed = (
        f"{_number_text(value)}{unit}" for value in (entry.exact_value, line.computed)
    )
    if entry.kind == "over" and entry.below is not None:
        published = f"a little over {published}, below {_number_text(Fraction(entry.below))}"
    if entry.kind == "rounded":
        published = f"{published}, rounded to {entry.rounded_to}"
    return Problem(
        PUBLISHED_FILE,
        f"{entry.figure} on {entry.state_on}: published {published}, computed {computed}.",
        "Compare the source with the register and the members' file; the report shows both.",
        value=entry.figure,
        severity="warning",
    )


def _number_text(value: Fraction | int) -> str:
    return decimal_text(Fraction(value))
