"""What a member that joins late pays, and what is left if a member leaves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

import pandas as pd

from helpers.errors import ReportError
from helpers.funding.answers.answer_states import NO
from helpers.funding.answers.memberships import part_of_year
from helpers.funding.totals.members.member_table import add_secured
from helpers.funding.totals.shares import Share
from helpers.model.funding_round import Round
from helpers.model.settings.round_settings import JoiningSettings
from helpers.rounding import round_half_up


@dataclass(frozen=True)
class YearPrice:
    """The price of one year for a member that joins: whole units, for `part` of the year."""

    year: int
    part: Fraction
    price: int


@dataclass(frozen=True)
class JoiningPrice:
    """What a member that joins on a day pays for each of the round's years, in order."""

    on: date
    fee: int
    years: tuple[YearPrice, ...]

    @property
    def total(self) -> int:
        """The sum over all the round's years, in whole units."""
        return sum(year.price for year in self.years)


@dataclass(frozen=True)
class LeavingOutcome:
    """What is left if a member leaves, in whole units a year (the smallest year)."""

    code: str
    name: str
    funded: int
    by_year: dict[int, int]
    requested: int

    @property
    def gap(self) -> int:
        """The missing amount: requested − funded."""
        return self.requested - self.funded

    funded_share = Share("funded", "requested", "Funded")


def fees_of_member(row: Mapping[str, Any], fee: int, years: Iterable[int]) -> dict[int, int]:
    """Return a member's whole fee in each year: `fee`, or fee_<year> if the amounts differ."""
    return {year: int(row.get(f"fee_{year}", fee)) for year in years}


def price_of_joining(
    round_: Round,
    fee: int,
    rule: JoiningSettings,
    on: date,
    fees_of_years: Mapping[int, int] | None = None,
) -> JoiningPrice:
    """Return what a member with this fee (whole units a year) pays if it joins on a day.

    Each year's price is rounded half up. Years that have passed cost nothing; future years cost the
    whole fee. `fees_of_years` has the fee of each year, if they differ or a ceiling lowers them.
    """
    parts = {year: part_of_year(year, rule.part_of_year, on) for year in sorted(round_.years)}
    fees = fees_of_years or dict.fromkeys(parts, fee)
    prices = {year: round_half_up(fees[year] * part) for year, part in parts.items()}
    years = tuple(YearPrice(year, part, prices[year]) for year, part in parts.items())
    return JoiningPrice(on, fee, years)


def outcome_of_leaving(round_: Round, answers: pd.DataFrame, code: str) -> LeavingOutcome:
    """Return what is funded if a member's answer were no; unchanged if it is not yes.

    `answers` is the frame of member_table.build_member_table. Raises ReportError for a code that no
    member has.
    """
    is_leaver = answers["code"] == code
    if not is_leaver.any():
        raise ReportError(f"There is no member with the code {code}. Give a member's code.")
    # `said` is what a member that leaves later has answered, where there are memberships.
    columns = [name for name in ("decision", "said") if name in answers]
    left = answers.assign(**{name: answers[name].mask(is_leaver, NO) for name in columns})
    secured, by_year = add_secured(round_, left)
    return LeavingOutcome(
        code=code,
        name=str(answers.loc[is_leaver, "name"].iloc[0]),
        funded=int(secured["secured"].sum()),
        by_year=by_year,
        requested=round_.requested,
    )
