"""The answers in words, where members state their amounts: by members alone."""

from __future__ import annotations

from dataclasses import dataclass

from helpers.funding.statement.round_statement import Statement
from helpers.i18n.localizer import Localizer


@dataclass(frozen=True)
class PledgeAnswerWording:
    """The answers in members: a member that has not answered has no amount."""

    statement: Statement
    loc: Localizer
    counts_in_money = False

    def counts_caption(self) -> str:
        """The caption of the table of one count."""
        return self.loc("Svaren räknade i kommuner, med andelar av alla tillfrågade")

    def all_heading(self) -> str:
        """The heading of the column of all."""
        return self.loc("Alla tillfrågade")

    def compare_shares(self) -> str:
        """Return why the share of the members says nothing of the money."""
        return self.loc(
            "{members} av kommunerna har sagt ja. Bidragsgivarna bestämmer själva sina belopp, så "
            "andelen säger inget om pengarna.",
            members=self.loc.percent(self.statement.total.yes_share),
        )

    def outside_finding(self) -> str:
        """Return how many members have pledged nothing."""
        return self.loc.plural(
            "En kommun har inte utfäst något",
            "{n} kommuner har inte utfäst något",
            self.statement.total.outside,
        )
