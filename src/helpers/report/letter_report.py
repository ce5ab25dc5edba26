"""The status letter and the feedback: letters to one member on the state of the round."""

from __future__ import annotations

from typing import ClassVar

from helpers.funding.billing.letter_occasion import decision_day
from helpers.model.letter_kind import LetterKind
from helpers.report.correspondence.member_letter import MemberLetter
from helpers.report.section_call import section_call
from helpers.sections.components.block import Block
from helpers.sections.letter import fee_part, letter_opening, letter_parts, next_steps


class MunicipalityLetter(MemberLetter):
    """The letter to one member about a round on a day; each method returns a displayable section.

    Until there is a decision it is a status letter, from then on the feedback.

    >>> letter = MunicipalityLetter.load(round="skl-2016", code="0180", as_of="2017-02-22")
    >>> letter.facts.fee
    292828
    """

    parts: ClassVar[tuple[str, ...]] = (
        "opening", "answer", "fee", "outcome", "next_steps", "closing",
    )  # fmt: skip

    @property
    def kind(self) -> LetterKind:
        """Feedback if there is a decision on the day, otherwise status."""
        return "status" if decision_day(self.statement) is None else "feedback"

    @section_call
    def opening(self) -> Block:
        """Sender, day, recipient, subject and the matter of the letter."""
        return letter_opening.opening(self.context)

    @section_call
    def answer(self) -> Block:
        """The member's answer, and how it counts."""
        return letter_parts.answer(self.context)

    @section_call
    def fee(self) -> Block:
        """The member's fee, and how it is computed."""
        return fee_part.fee(self.context)

    @section_call
    def outcome(self) -> Block:
        """The state of the round, and the decisions on it."""
        return letter_parts.outcome(self.context)

    @section_call
    def next_steps(self) -> Block:
        """What happens next for this member."""
        return next_steps.next_steps(self.context)

    @section_call
    def closing(self) -> Block:
        """The closing phrase and the sender."""
        return letter_parts.closing(self.context)
