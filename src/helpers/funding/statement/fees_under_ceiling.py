"""What a yes of each member would cost it where the sum that is collected has a ceiling."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from helpers.funding.answers.answer_states import YES
from helpers.funding.totals.members.member_table import (
    amounts_by_code,
    ceiling_weights,
    parts_of_years,
    promised_by_year,
    secured_by_year,
)
from helpers.model.funding_round import Round
from helpers.pricing.one_more_share import OneMoreShare


@dataclass(frozen=True)
class FeesUnderCeiling:
    """The fees of the members that share the requested amount, with their answers on a day.

    `ceiling` is the most that is collected in a year. What all members have in common is computed
    once for a statement: a letter that did so by itself would cost more in a larger round.
    """

    round: Round
    answers: pd.DataFrame
    ceiling: int

    def if_yes(self, code: str) -> dict[int, int]:
        """Return what a member pays in each year of the round if it says yes to all of them.

        Where the yes takes the fees above the ceiling, all are shared again, unless that yes is
        counted already.
        """
        found = {}
        for year, fees in self._promised_if_all_say_yes.items():
            fee, now = fees[code], self._promised[year][code]
            if self._promised_sums[year] - now + fee <= self.ceiling:
                found[year] = fee
            elif now == fee:
                found[year] = self._secured[year][code]
            else:
                found[year] = self._shares[year].fee_of(code)
        return found

    @cached_property
    def _promised(self) -> dict[int, dict[str, int]]:
        return amounts_by_code((self.answers, promised_by_year(self.round, self.answers)))

    @cached_property
    def _promised_sums(self) -> dict[int, int]:
        return {year: sum(fees.values()) for year, fees in self._promised.items()}

    @cached_property
    def _promised_if_all_say_yes(self) -> dict[int, dict[str, int]]:
        said = [name for name in ("decision", "said") if name in self.answers]
        answers = self.answers.assign(**dict.fromkeys(said, YES), years="")
        return amounts_by_code((answers, promised_by_year(self.round, answers)))

    @cached_property
    def _secured(self) -> dict[int, dict[str, int]]:
        return amounts_by_code((self.answers, secured_by_year(self.round, self.answers)))

    @cached_property
    def _shares(self) -> dict[int, OneMoreShare]:
        """The ceiling as the members that pay share it; a yes that is not counted pays nothing."""
        parts = parts_of_years(self.round, self.answers)
        return {
            year: OneMoreShare(
                self.ceiling,
                ceiling_weights(self.answers, parts[year]),
                frozenset(code for code, fee in fees.items() if fee > 0),
            )
            for year, fees in self._promised.items()
        }
