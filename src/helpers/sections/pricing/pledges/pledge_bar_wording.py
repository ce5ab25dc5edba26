"""The bars in words, where members state their amounts: their unit is kronor a year."""

from __future__ import annotations

from dataclasses import dataclass, replace

from helpers.funding.totals.tally import Tally
from helpers.sections.components.bar_unit import BarUnit
from helpers.sections.pricing.fee_bar_wording import FeeBarWording


@dataclass(frozen=True)
class PledgeBarWording(FeeBarWording):
    """A bar of the requested amount: secured, pledged and not secured, not pledged."""

    def unit(self) -> BarUnit:
        """Units of the round's currency a year."""
        loc = self.loc
        names = {
            "funded": loc("Säkrat"),
            "possible": loc("Utfäst, inte säkrat"),
            "lost": loc("Inte utfäst"),
        }
        return replace(super().unit(), part_names=names, measure=_with_parts)

    def total_finding(self) -> str:
        """How much is missing, and how much of that is pledged."""
        loc, total = self.loc, self.statement.total
        if total.gap <= 0:
            return loc("Hela det önskade beloppet är säkrat")
        parts = _with_parts(total)
        values = {
            "requested": self._requested_text(),
            "secured": loc.percent(total.funded_share),
            "pledged": loc.percent(parts.possible_share),
            "open": loc.percent(parts.lost_share),
        }
        if not parts.possible:
            return loc("{secured} av {requested} är säkrat, och {open} är inte utfäst", **values)
        return loc(
            "{secured} av {requested} är säkrat, {pledged} är utfäst men inte säkrat och {open} är "
            "inte utfäst",
            **values,
        )


def _with_parts(tally: Tally) -> Tally:
    """A tally whose part `lost` is what nobody has pledged, so that the parts add up."""
    return replace(tally, lost=tally.unanswered_fees)
