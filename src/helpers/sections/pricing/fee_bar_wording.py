"""The bars in words if fees add up: their unit is kronor a year."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from helpers.funding.statement.round_statement import Statement
from helpers.funding.totals.shares import share
from helpers.funding.totals.tally import Tally
from helpers.i18n.localizer import Localizer
from helpers.sections.components.bar_unit import BarUnit, bar_part_names
from helpers.sections.components.tables.table_fields import FieldMaker, TableField


@dataclass(frozen=True)
class FeeBarWording:
    """Bars of the requested amount: funded, may still come, declined."""

    statement: Statement
    loc: Localizer

    def unit(self) -> BarUnit:
        """Units of the round's currency a year, which is what a tally's amounts are."""
        loc = self.loc
        return BarUnit(
            name=loc("kronor"),
            part_names=bar_part_names(self.statement, loc, funded=loc("Säkrat")),
            format_amount=loc.money,
            scale=loc.axis_scale,
            axis_label=loc.axis_unit(),
            measure=lambda tally: tally,
        )

    def total_finding(self) -> str:
        """How much is missing, and how much of that may still come."""
        loc, total = self.loc, self.statement.total
        if total.gap <= 0:
            return loc("Hela det önskade beloppet är säkrat")
        values = {
            "gap": loc.percent(share(total.gap, total.requested)),
            "possible": loc.percent(total.possible_share),
            "requested": self._requested_text(),
        }
        if total.possible == 0:
            return loc("{gap} av {requested} saknas, och inget mer kan väntas", **values)
        return loc("{gap} av {requested} saknas; {possible} kan ännu komma", **values)

    def _requested_text(self) -> str:
        """The requested amount, with the year that the bar is for where the years differ."""
        requested = self.loc.money(self.statement.total.requested)
        if not self.statement.years_differ:
            return requested
        year = str(self.statement.least_year)
        return self.loc("{requested} för {year}", requested=requested, year=year)

    def describe_part(self, part: str, tally: Tally) -> str:
        """The shares of the kronor and of the members."""
        return self.loc(
            "{part}: {funded} av kronorna, {yes} av kommunerna",
            part=part,
            funded=self.loc.percent(tally.funded_share),
            yes=self.loc.percent(tally.yes_share),
        )

    def extremes_finding(self, top: str, most: Fraction, bottom: str, least: Fraction) -> str:
        """Return where the largest share is funded, and where the smallest."""
        loc = self.loc
        if most == least:
            return loc("Lika stor andel är säkrad överallt: {most}", most=loc.percent(most))
        if loc.percent(most) == loc.percent(least):
            return loc("Ungefär lika stor andel är säkrad överallt: {most}", most=loc.percent(most))
        return loc(
            "Störst andel är säkrad i {top} ({most}), minst i {bottom} ({least})",
            top=top,
            most=loc.percent(most),
            bottom=bottom,
            least=loc.percent(least),
        )

    def note(self) -> str:
        """What the two bars of a part are."""
        return self.loc(
            "Till vänster kronor: stapelns längd är det önskade beloppet, procenttalet den andel "
            "som är säkrad. Till höger antal kommuner: procenttalet är den andel som har sagt ja."
        )

    def table_caption(self, label: str) -> str:
        """Answers and amounts."""
        return self.loc("Svar och belopp per {label}", label=label)

    def amount_fields(self) -> list[TableField]:
        """Requested, funded and declined, and the share funded."""
        loc, make = self.loc, FieldMaker(self.loc)
        lost = make.amount("lost", loc("Utträden, kr per år"))
        return [
            make.amount("requested", loc("Önskat, kr per år")),
            make.amount("funded", loc("Säkrat, kr per år")),
            make.amount("declined", loc("Nej, kr per år")),
            *([lost] if self.statement.total.lost else []),
            make.share("funded_share", loc("Säkrad andel"), "the fees of these members"),
        ]
