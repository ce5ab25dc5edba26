"""The context of every part of a letter: the round, and the facts of one member."""

from __future__ import annotations

from dataclasses import dataclass

from helpers.funding.billing.member_facts import MemberFacts
from helpers.model.letter_kind import LetterKind
from helpers.sections.components.section_context import SectionContext


@dataclass(frozen=True)
class LetterContext(SectionContext):
    """The context of a round with the facts of the member that the letter is addressed to."""

    facts: MemberFacts
    kind: LetterKind

    @classmethod
    def of_member(
        cls, context: SectionContext, facts: MemberFacts, kind: LetterKind = "feedback"
    ) -> LetterContext:
        """Return the context of a round with the facts of one member."""
        return cls(context.statement, context.loc, context.wording, facts, kind)
