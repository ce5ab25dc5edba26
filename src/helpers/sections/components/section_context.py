"""The context of every section: the statement, and the means to put it into words."""

from __future__ import annotations

from dataclasses import dataclass

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
