"""The answers in words, where members share a cost: by members and by inhabitants."""

from __future__ import annotations

from dataclasses import dataclass

from helpers.funding.statement.round_statement import Statement
from helpers.funding.totals.concentration import LARGEST_PAYERS_SHOWN
from helpers.funding.totals.shared_price import SharedPrice
from helpers.i18n.localizer import Localizer
from helpers.i18n.spelled_out import number_in_words
from helpers.sections.pricing.sharing.estimated_price import estimate_mark, format_estimated_amount


@dataclass(frozen=True)
class SharedCostAnswerWording:
    """The answers in inhabitants: what a member pays depends on which others join."""

    statement: Statement
    loc: Localizer
    price: SharedPrice
    counts_in_money = False

    def counts_caption(self) -> str:
        """The caption of the table of two counts."""
        return self.loc(
            "Svaren räknade i kommuner och invånare. Andelarna är av samtliga tillfrågade."
        )

    def compare_shares(self) -> str:
        """Return what the members that have joined pay together.

        At the highest price it does not rest on the cost, and is exact, also with an estimated one.
        """
        loc, funded = self.loc, self.statement.total.funded
        exact = self.price.highest_rate_binds
        return loc(
            "De som är med betalar tillsammans {paid} per år{mark}.",
            paid=loc.money(funded) if exact else format_estimated_amount(funded, self.price, loc),
            mark="" if exact else estimate_mark(self.price, loc),
        )

    def outside_finding(self) -> str:
        """Return how few of the members that have not joined have how many of the inhabitants."""
        loc, outside = self.loc, self.statement.total.outside
        if outside <= LARGEST_PAYERS_SHOWN:
            return loc.plural("{n} kommun står utanför", "{n} kommuner står utanför", outside)
        return loc(
            "De {few} största av de {outside} kommuner som står utanför har {part} av deras "
            "invånare",
            few=number_in_words(LARGEST_PAYERS_SHOWN, loc),
            outside=loc.count(outside),
            part=loc.percent(self.statement.largest_outside_share),
        )
