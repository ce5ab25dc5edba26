"""The context of every section: the statement, and the means to put it into words."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from helpers.funding.answers.key_dates import reply_period_runs
from helpers.funding.statement.round_statement import Statement
from helpers.i18n.localizer import Localizer
from helpers.sections.components.pricing_wording import PricingWording


@dataclass(frozen=True)
class SectionContext:
    """A round on a day, the language, words and currency of its texts, and its pricing in words.

    `sections.pricing.wording_choice.section_context` creates it.
    """

    statement: Statement
    loc: Localizer
    wording: PricingWording

    @property
    def reply_period_runs(self) -> bool:
        """Whether members may still answer in time, on the last day too."""
        statement = self.statement
        return reply_period_runs(statement.round, statement.as_of, statement.known_on)

    @cached_property
    def year_loc(self) -> Localizer:
        """As `loc`, for amounts of the least secured year (see localizer_of_year)."""
        return localizer_of_year(self.statement, self.loc)


def localizer_of_year(statement: Statement, loc: Localizer, year: int | None = None) -> Localizer:
    """A localizer that says "for 2027" in place of "a year", if the years differ.

    The amounts are those of `year`, by default of the least secured year, as in `statement.total`.
    If all years are the same, and if the requested amounts differ so that `loc` names the year
    itself, it is `loc`.
    """
    if year is None and (not statement.years_differ or statement.round.counted_year):
        return loc
    counted = statement.round.model_copy(update={"counted_year": year or statement.least_year})
    return Localizer.for_round(counted, loc.language)
