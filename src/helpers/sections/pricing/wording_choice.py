"""Choose the wording of a kind of pricing; no other module does."""

from __future__ import annotations

from helpers.funding.statement.round_statement import Statement
from helpers.i18n.localizer import Localizer
from helpers.model.localized_text import Language
from helpers.pricing import SharedCost
from helpers.sections.components.pricing_wording import PricingWording
from helpers.sections.components.section_context import SectionContext
from helpers.sections.pricing.fee_wording import FeeWording
from helpers.sections.pricing.pledges.pledge_wording import PledgeWording
from helpers.sections.pricing.sharing.shared_cost_wording import SharedCostWording


def section_context(statement: Statement, language: Language) -> SectionContext:
    """Return the context of a statement in a language, with the round's words and currency."""
    loc = Localizer.for_round(statement.round, language)
    return SectionContext(statement, loc, choose_wording(statement, loc))


def choose_wording(statement: Statement, loc: Localizer) -> PricingWording:
    """Return the wording of the round's kind of pricing."""
    pricing = statement.round.pricing
    if isinstance(pricing, SharedCost) and statement.price:
        return SharedCostWording(statement, loc, pricing, statement.price)
    if statement.takes_pledges:
        return PledgeWording(statement, loc)
    return FeeWording(statement, loc)
