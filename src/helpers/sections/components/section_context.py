"""The context of every section: the statement, and the means to put it into words."""

from __future__ import annotations

from dataclasses import dataclass

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
