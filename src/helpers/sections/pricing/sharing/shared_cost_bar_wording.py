"""The bars in words if members share a cost: their unit is inhabitants."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from helpers.funding.statement.round_statement import Statement
from helpers.funding.totals.inhabitant_tally import tally_in_inhabitants
from helpers.i18n.localizer import Localizer
from helpers.sections.components.bar_unit import BarUnit, bar_part_names
from helpers.sections.components.tables.table_fields import FieldMaker, TableField


@dataclass(frozen=True)
class SharedCostBarWording:
    """Bars of the inhabitants of all members, because amounts depend on who joins."""

    statement: Statement
    loc: Localizer

    def unit(self) -> BarUnit:
        """Inhabitants."""
        loc = self.loc
        return BarUnit(
            name=loc("invånare"),
            part_names=bar_part_names(
                self.statement,
                loc,
                funded=loc("Bor i anslutna kommuner"),
                possible=loc("Bor i kommuner som inte är med"),
            ),
            format_amount=loc.count,
            measure=tally_in_inhabitants,
        )

    def total_finding(self) -> str:
        """Return how many inhabitants have joined, and how many may still join."""
        loc, total = self.loc, tally_in_inhabitants(self.statement.total)
        return loc(
            "{share} av invånarna bor i kommuner som är med; {possible} bor i kommuner som ännu "
            "kan gå med",
            share=loc.percent(total.yes_population_share),
            possible=loc.percent(total.possible_share),
        )

    def extremes_finding(self, top: str, most: Fraction, bottom: str, least: Fraction) -> str:
        """Where the largest share of the inhabitants is in, and where the smallest."""
        loc = self.loc
        if most == least:
            return loc(
                "Lika stor andel av invånarna är med överallt: {most}", most=loc.percent(most)
            )
        if loc.percent(most) == loc.percent(least):
            return loc(
                "Ungefär lika stor andel av invånarna är med överallt: {most}",
                most=loc.percent(most),
            )
        return loc(
            "Störst andel av invånarna är med i {top} ({most}), minst i {bottom} ({least})",
            top=top,
            most=loc.percent(most),
            bottom=bottom,
            least=loc.percent(least),
        )

    def missing_finding(self, county: str, amount: str, member: str = "", part: str = "") -> str:
        """Return which county has most inhabitants that are not in."""
        values = {"county": county, "amount": amount, "member": member, "part": part}
        if not member:
            return self.loc(
                "Flest invånare i kommuner som inte är med finns i {county}: {amount}", **values
            )
        return self.loc(
            "Flest invånare i kommuner som inte är med finns i {county}: {amount}, varav {part} i "
            "{member}",
            **values,
        )

    def note(self) -> str:
        """What the bar of a part is."""
        return self.loc(
            "Varje stapel är alla invånare. Procenttalet är andelen som bor i kommuner som är med."
        )

    def table_caption(self, label: str) -> str:
        """Answers and inhabitants."""
        return self.loc("Svar och invånare per {label}", label=label)

    def amount_fields(self) -> list[TableField]:
        """Inhabitants, those of members that have joined, and the share of those."""
        loc, make = self.loc, FieldMaker(self.loc)
        return [
            make.inhabitants("population", loc("Invånare")),
            make.inhabitants("yes_population", loc("Varav anslutna")),
            make.share(
                "yes_population_share",
                loc("Andel av invånarna"),
                "the inhabitants of these members",
            ),
        ]
