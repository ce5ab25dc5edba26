"""The context that a test gives to a section: plain Swedish words, without the round's own."""

from __future__ import annotations

from helpers.funding.statement.round_statement import Statement
from helpers.i18n.localizer import Localizer
from helpers.model.localized_text import Language
from helpers.sections.components.section_context import SectionContext
from helpers.sections.pricing.wording_choice import choose_wording


def context_of(statement: Statement, language: Language = "sv") -> SectionContext:
    """A statement in a language, in millions of kronor and the words of the code."""
    loc = Localizer(language)
    return SectionContext(statement, loc, choose_wording(statement, loc))
