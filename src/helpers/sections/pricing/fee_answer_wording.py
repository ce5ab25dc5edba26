"""The answers in words if fees add up: by members, by inhabitants and by amount."""

from __future__ import annotations

from dataclasses import dataclass

from helpers.funding.statement.round_statement import Statement
from helpers.funding.totals.concentration import LARGEST_PAYERS_SHOWN
from helpers.i18n.localizer import Localizer
from helpers.i18n.spelled_out import number_in_words
from helpers.rounding import round_half_up


@dataclass(frozen=True)
class FeeAnswerWording:
    """The answers in fees."""

    statement: Statement
    loc: Localizer
    counts_in_money = True

    def counts_caption(self) -> str:
        """The caption of the table of three counts."""
        if not self.statement.round.pricing.has_units:
            return self.loc(
                "Svaren räknade i kommuner och kronor. Andelarna är av samtliga tillfrågade."
            )
        return self.loc(
            "Svaren räknade i kommuner, invånare och kronor. Andelarna är av samtliga tillfrågade."
        )

    def compare_shares(self) -> str:
        """Return why the share of the members and the share of the amount differ."""
        loc, total = self.loc, self.statement.total
        values = {
            "year": self._least_year_text(),
            "members": loc.percent(total.yes_share),
            "people": loc.percent(total.yes_population_share),
            "kronor": loc.percent(total.funded_share),
            # Lowered by the ceiling, what the yes pay says nothing of the size of their fees.
            "why": "" if self.statement.ceiling_lowers_fees else self._explain_mean_fees(),
        }
        if self.statement.round.pricing.has_units:
            text = loc(
                "Ja-svaren motsvarar {members} av kommunerna, {people} av invånarna och {kronor} "
                "av kronorna{year}{why}.",
                **values,
            )
        else:
            text = loc(
                "Ja-svaren motsvarar {members} av kommunerna och {kronor} av kronorna{year}{why}.",
                **values,
            )
        if total.answered == 1:
            return text
        return f"{text} " + loc(
            "Av de {answered} som har svarat har {of_answered} sagt ja.",
            answered=loc.count(total.answered),
            of_answered=loc.percent(total.yes_of_answered_share),
        )

    def _least_year_text(self) -> str:
        """Return the year that the amounts are for, if the years differ."""
        if not self.statement.years_differ:
            return ""
        return self.loc(" för {year}", year=str(self.statement.least_year))

    def _explain_mean_fees(self) -> str:
        """Return the mean fees, if they explain a difference between the two shares."""
        loc, total = self.loc, self.statement.total
        yes, others = total.mean_fee_yes, total.mean_fee_others
        if yes is None or others is None or yes == others or self.statement.on_day.any_change:
            return ""
        if loc.percent(total.yes_share) == loc.percent(total.funded_share):
            return ""  # a reader sees no difference to explain
        values = {"yes": loc.money(round_half_up(yes)), "others": loc.money(round_half_up(others))}
        if yes > others:
            return loc(
                ": de som har sagt ja har i genomsnitt högre avgift ({yes}) än övriga ({others})",
                **values,
            )
        return loc(
            ": de som har sagt ja har i genomsnitt lägre avgift ({yes}) än övriga ({others})",
            **values,
        )

    def outside_finding(self) -> str:
        """Return how few of the members without a yes would pay how much of the gap."""
        loc, outside = self.loc, self.statement.total.outside
        if self.statement.on_day.any_change:
            return loc.plural(
                "{n} kommun har inte sagt ja", "{n} kommuner har inte sagt ja", outside
            )
        if outside <= LARGEST_PAYERS_SHOWN:
            return loc.plural(
                "{n} kommun står för det som saknas",
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
    values = {
        "members": loc.count(total.members),
        **{name: loc.count(getattr(total, name)) for name in ("yes", "no", "unanswered")},
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
        "{n} har sagt ja med ett villkor.", "{n} har sagt ja med ett villkor.", total.conditional
    )
