"""The bars in words if fees add up: their unit is kronor a year."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from helpers.funding.statement.round_statement import Statement
from helpers.funding.totals.shares import share
from helpers.i18n.localizer import Localizer
from helpers.sections.components.bar_unit import BarUnit, bar_part_names
from helpers.sections.components.section_context import localizer_of_year
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
            part_names=bar_part_names(
                self.statement, loc, funded=loc("Säkrat"), possible=self._possible_name()
            ),
            format_amount=loc.money,
            measure=lambda tally: tally,
        )

    def _possible_name(self) -> str:
        """What has no answer; or, with conditions and partial answers, all that may still come."""
        total = self.statement.total
        unanswered_only = total.possible == total.unanswered_fees
        return self.loc("Obesvarat") if unanswered_only else self.loc("Kan ännu komma")

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
            return loc("{gap} av {requested} saknas, och inget är obesvarat", **values)
        if total.possible == total.unanswered_fees:
            return loc("{gap} av {requested} saknas; {possible} är obesvarat", **values)
        return loc("{gap} av {requested} saknas; {possible} kan ännu komma", **values)

    def _requested_text(self) -> str:
        """The requested amount, with the year that the bar is for where the years differ."""
        requested = self.loc.money(self.statement.total.requested)
        if not self.statement.years_differ:
            return requested
        year = str(self.statement.least_year)
        return self.loc("{requested} för {year}", requested=requested, year=year)

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

    def missing_finding(self, county: str, amount: str, member: str = "", part: str = "") -> str:
        """Return which county lacks most kronor."""
        loc = localizer_of_year(self.statement, self.loc)
        values = {"county": county, "amount": amount, "member": member, "part": part}
        if not member:
            return loc("{county} saknar mest: {amount} per år", **values)
        return loc("{county} saknar mest: {amount} per år, varav {member} {part}", **values)

    def note(self) -> str:
        """What the bar of a part is."""
        return self.loc(
            "Varje stapel är hela det önskade beloppet. Procenttalet är den andel som är säkrad."
        )

    def table_caption(self, label: str) -> str:
        """Answers and amounts."""
        return self.loc("Svar och belopp per {label}", label=label)

    def amount_fields(self) -> list[TableField]:
        """Requested, funded and declined, and the share funded."""
        loc = localizer_of_year(self.statement, self.loc)
        make = FieldMaker(loc)
        lost = make.amount("lost", loc("Utträden, kr per år"))
        return [
            make.amount("requested", loc("Önskat, kr per år")),
            make.amount("funded", loc("Säkrat, kr per år")),
            make.amount("declined", loc("Nej, kr per år")),
            *([lost] if self.statement.total.lost else []),
            make.share("funded_share", loc("Säkrad andel"), "the fees of these members"),
        ]
