"""The answers in words if fees add up: by members, by inhabitants and by amount."""

from __future__ import annotations

from dataclasses import dataclass

from helpers.funding.statement.round_statement import Statement
from helpers.funding.totals.concentration import LARGEST_PAYERS_SHOWN
from helpers.funding.totals.tally import Tally
from helpers.i18n.localizer import Localizer
from helpers.i18n.spelled_out import members_in_words, number_in_words
from helpers.rounding import round_half_up
from helpers.sections.components.text import capitalize_first


@dataclass(frozen=True)
class FeeAnswerWording:
    """The answers in fees."""

    statement: Statement
    loc: Localizer
    counts_in_money = True

    def counts_caption(self) -> str:
        """The caption of the table of three counts."""
        if not self.statement.round.pricing.has_units:
            return self.loc("Svaren räknade i kommuner och kronor, med andelar av alla tillfrågade")
        return self.loc(
            "Svaren räknade i kommuner, invånare och kronor, med andelar av alla tillfrågade"
        )

    def all_heading(self) -> str:
        """The heading of the column of all."""
        return self.loc("Alla tillfrågade")

    def compare_shares(self) -> str:
        """Return why the share of the members and the share of the amount differ; '' if alike.

        The table has the shares. Mean fees explain a difference that a reader sees, unless a
        ceiling lowers the fees, members leave or join, or a yes covers a part of the fee or years.
        """
        loc, total = self.loc, self.statement.total
        yes, others = total.mean_fee_yes, total.mean_fee_others
        members, amount = loc.percent(total.yes_share), loc.percent(total.funded_share)
        if yes is None or others is None or yes == others or members == amount:
            return ""
        if self.statement.ceiling_lowers_fees or self.statement.on_day.any_change:
            return ""
        if total.uncovered:
            return ""
        values = {
            "members": members,
            "amount": amount,
            "yes": loc.money(round_half_up(yes)),
            "others": loc.money(round_half_up(others)),
            "year": self._least_year_text(),
        }
        if yes > others:
            return loc(
                "{members} av kommunerna har sagt ja. De står för {amount} av det önskade "
                "beloppet{year}, eftersom de i genomsnitt har högre avgift ({yes}) än övriga "
                "kommuner ({others}).",
                **values,
            )
        return loc(
            "{members} av kommunerna har sagt ja. De står för {amount} av det önskade "
            "beloppet{year}, eftersom de i genomsnitt har lägre avgift ({yes}) än övriga "
            "kommuner ({others}).",
            **values,
        )

    def _least_year_text(self) -> str:
        """Return the year that the amounts are for, if the years differ."""
        if not self.statement.years_differ:
            return ""
        return self.loc(" för {year}", year=str(self.statement.least_year))

    def outside_finding(self) -> str:
        """Return how few of the members without a yes would pay how much of the gap."""
        loc, outside = self.loc, self.statement.total.outside
        if self.statement.on_day.any_change:
            return loc.plural(
                "En kommun har inte sagt ja", "{n} kommuner har inte sagt ja", outside
            )
        if outside <= LARGEST_PAYERS_SHOWN:
            return loc.plural(
                "En kommun står för det som saknas",
                "{n} kommuner står för det som saknas",
                outside,
            )
        return loc(
            "De {few} största av de {outside} kommuner som inte har sagt ja står för {part} av "
            "deras avgifter",
            few=number_in_words(LARGEST_PAYERS_SHOWN, loc),
            outside=loc.count(outside),
            part=loc.percent(self.statement.largest_outside_share),
        )


def answers_text(statement: Statement, loc: Localizer) -> str:
    """Return how many members have said yes, have said no and have not answered.

    Counts of 0 are left out, except that no member has said yes.
    """
    total = statement.total
    if total.yes == total.members:
        return loc.plural("Kommunen har sagt ja.", "Alla {n} kommunerna har sagt ja.", total.yes)
    if total.unanswered == total.members:
        return loc.plural(
            "Kommunen har inte svarat.", "Ingen av de {n} kommunerna har svarat.", total.members
        )
    return capitalize_first(_compared_answers_text(total, loc))


def _compared_answers_text(total: Tally, loc: Localizer) -> str:
    counts = {name: getattr(total, name) for name in ("members", "yes", "no", "unanswered")}
    values = {
        **members_in_words(loc, **counts),
        "yes_share": loc.percent(total.yes_share),
        "no_share": loc.percent(total.no_share),
        "unanswered_share": loc.percent(total.unanswered_share),
    }
    if total.no and total.unanswered:
        text = loc(
            "{yes} av {members} kommuner ({yes_share}) har sagt ja, {no} ({no_share}) har sagt nej "
            "och {unanswered} ({unanswered_share}) har inte svarat.",
            **values,
        )
    elif total.no:
        text = loc(
            "{yes} av {members} kommuner ({yes_share}) har sagt ja och {no} ({no_share}) har sagt "
            "nej.",
            **values,
        )
    elif total.unanswered:
        text = loc(
            "{yes} av {members} kommuner ({yes_share}) har sagt ja och {unanswered} "
            "({unanswered_share}) har inte svarat.",
            **values,
        )
    else:
        text = loc("{yes} av {members} kommuner ({yes_share}) har sagt ja.", **values)
    if not total.conditional:
        return text
    return f"{text} " + loc.plural(
        "En kommun har sagt ja med ett villkor.",
        "{n} kommuner har sagt ja med ett villkor.",
        total.conditional,
    )
