"""The letter on a credit: what was invoiced beyond what the member is to pay."""

from __future__ import annotations

from typing import ClassVar

from helpers.model.letter_kind import LetterKind
from helpers.report.correspondence.member_letter import MemberLetter
from helpers.report.section_call import section_call
from helpers.sections.components.block import Block
from helpers.sections.letter import letter_opening, letter_parts
from helpers.sections.letter.kinds import credit_part


class CreditLetter(MemberLetter):
    """The letter to a member that has been invoiced for more than it is to pay.

    Its amounts are those of the invoice basis and of the member's other letters. To a member
    without a credit it says so; a batch has none for it.
    """

    parts: ClassVar[tuple[str, ...]] = ("opening", "credit", "closing")

    @property
    def kind(self) -> LetterKind:
        """The credit."""
        return "credit"

    @section_call
    def opening(self) -> Block:
        """Sender, day, recipient, subject and the matter of the letter."""
        return letter_opening.opening(self.context)

    @section_call
    def credit(self) -> Block:
        """What is credited, by year, and what has been invoiced and paid."""
        return credit_part.credit(self.context)

    @section_call
    def closing(self) -> Block:
        """The closing phrase and the sender."""
        return letter_parts.closing(self.context)
