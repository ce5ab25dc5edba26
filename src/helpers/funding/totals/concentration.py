"""The concentration of the money: the largest payers, and the effect if one of them leaves."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import pandas as pd

from helpers.funding.answers.answer_states import LEFT, YES
from helpers.funding.answers.counted_years import years_to_count
from helpers.funding.totals.members.member_table import promised_by_year
from helpers.funding.totals.shares import share
from helpers.model.funding_round import Round
from helpers.pricing.decimals import ExactNumber

LARGEST_PAYERS_SHOWN = 10
PAYER_COUNTS_SUMMED = (1, 4, 10)  # the largest one, SKL's four with a rebate, the ten shown
_PAYER_COLUMNS = ["code", "name", "decision", "fee", "population", "cumulative", "funded_without"]


@dataclass(frozen=True)
class Payer:
    """One member's part of the requested amount, in whole units a year.

    `cumulative` is its fee plus those of all larger payers. `funded_without` is what would be
    funded if it paid nothing: the present amount if it has not said yes.
    """

    code: str
    name: str
    decision: str
    fee: int
    population: ExactNumber
    cumulative: int
    funded_without: int

    @property
    def per_inhabitant(self) -> Fraction | None:
        """The fee per inhabitant and year."""
        return share(self.fee, self.population)


def largest_payers(round_: Round, answers: pd.DataFrame) -> list[Payer]:
    """The ten largest payers, the largest first; equal ones by code. None has left.

    `answers` is the frame of member_table.build_member_table.
    """
    by_year = promised_by_year(round_, answers)
    promised = pd.DataFrame({year: by_year[year] for year in years_to_count(round_)})
    without = (promised.sum() - promised).clip(upper=round_.pricing.collection_ceiling)
    ranked = answers.assign(funded_without=without.min(axis=1))
    ranked = ranked[ranked["decision"] != LEFT]
    ranked = ranked.sort_values(["fee", "code"], ascending=[False, True])
    ranked["cumulative"] = ranked["fee"].cumsum()
    # astype(object) gives Python's integers; json and Fraction do not accept numpy's.
    records = ranked.head(LARGEST_PAYERS_SHOWN)[_PAYER_COLUMNS].astype(object).to_dict("records")
    return [Payer(**{str(name): value for name, value in row.items()}) for row in records]


def share_of_largest_outside(answers: pd.DataFrame, column: str) -> Fraction | None:
    """Return the share of the ten largest in the fees or inhabitants of members without a yes.

    `column` is fee or population; None if its sum is 0. `answers` is the frame of
    member_table.build_member_table.
    """
    sizes = _outside_by_size(answers, column)[column]
    return share(int(sizes.head(LARGEST_PAYERS_SHOWN).sum()), int(sizes.sum()))


def largest_outside(answers: pd.DataFrame, column: str) -> list[str]:
    """Return the codes of those ten, the largest first."""
    codes = _outside_by_size(answers, column)["code"]
    return [str(code) for code in codes.head(LARGEST_PAYERS_SHOWN)]


def _outside_by_size(answers: pd.DataFrame, column: str) -> pd.DataFrame:
    outside = answers[~answers["decision"].isin([YES, LEFT])]
    return outside.sort_values([column, "code"], ascending=[False, True])


def sum_of_fees(answers: pd.DataFrame) -> int:
    """Return the fees of all members: the requested amount, or more with a ceiling."""
    return int(answers["fee"].sum())


def secured_shares_of_largest(answers: pd.DataFrame) -> dict[int, Fraction]:
    """Return the shares of the one, four and ten members that secure most in the secured amount.

    `answers` is the frame of member_table.add_secured. The result is empty if nothing is secured,
    and leaves out counts above the number of payers.
    """
    secured = answers.loc[answers["secured"] > 0, "secured"].sort_values(ascending=False)
    return {
        count: Fraction(int(secured.head(count).sum()), int(secured.sum()))
        for count in PAYER_COUNTS_SUMMED
        if count <= len(secured)
    }


def shares_of_largest(payers: list[Payer], whole: int) -> dict[int, Fraction]:
    """Return the shares of the one, four and ten largest fees in all fees, `whole`.

    Counts above the number of payers are left out.
    """
    return {
        count: Fraction(payers[count - 1].cumulative, whole)
        for count in PAYER_COUNTS_SUMMED
        if count <= len(payers)
    }
