"""The answers in words, where members share a cost: by members and by inhabitants."""

from __future__ import annotations

from dataclasses import dataclass

from helpers.funding.statement.round_statement import Statement
from helpers.funding.totals.concentration import LARGEST_PAYERS_SHOWN
from helpers.funding.totals.shared_price import SharedPrice
from helpers.i18n.localizer import Localizer
from helpers.i18n.spelled_out import number_in_words


@dataclass(frozen=True)
class SharedCostAnswerWording:
    """The answers in inhabitants: what a member pays depends on which others join."""

    statement: Statement
    loc: Localizer
    price: SharedPrice
    counts_in_money = False

    def counts_caption(self) -> str:
        """The caption of the table of two counts."""
        return self.loc("Anslutningen räknad i kommuner och invånare, med andelar av alla")

    def all_heading(self) -> str:
        """The heading of the column of all."""
        return self.loc("Alla")

    def compare_shares(self) -> str:
        """Return what the members pay together at the highest price; a covered cost says it."""
        if not self.price.highest_rate_binds:
            return ""
        return self.loc(
            "De kommuner som är med betalar tillsammans {paid} per år.",
            paid=self.loc.money(self.statement.total.funded),
        )

    def outside_finding(self) -> str:
        """Return how few of the members that have not joined have how many of the inhabitants."""
        loc, outside = self.loc, self.statement.total.outside
        if outside <= LARGEST_PAYERS_SHOWN:
            return loc.plural("En kommun är inte med", "{n} kommuner är inte med", outside)
        return loc(
            "De {few} största av de {outside} kommuner som inte är med har {part} av deras "
            "invånare",
            few=number_in_words(LARGEST_PAYERS_SHOWN, loc),
            outside=loc.count(outside),
            part=loc.percent(self.statement.largest_outside_share),
        )
