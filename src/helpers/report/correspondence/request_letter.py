"""The letters that ask: the request to a member, and the reminder."""

from __future__ import annotations

from typing import ClassVar

from helpers.model.letter_kind import LetterKind
from helpers.report.correspondence.member_letter import MemberLetter
from helpers.report.section_call import section_call
from helpers.sections.components.block import Block
from helpers.sections.letter import fee_part, letter_opening, letter_parts, reply_part
from helpers.sections.letter.kinds import request_parts


class RequestLetter(MemberLetter):
    """The request to one member: what is asked, its fee, the terms, and how to answer.

    >>> letter = RequestLetter.load(round="skl-2016", code="0180", as_of="2016-06-10")
    >>> letter.facts.fee
    292828
    """

    parts: ClassVar[tuple[str, ...]] = ("opening", "request", "fee", "terms", "reply", "closing")

    @property
    def kind(self) -> LetterKind:
        """The request."""
        return "request"

    @section_call
    def opening(self) -> Block:
        """Sender, day, recipient, subject and the matter of the letter."""
        return letter_opening.opening(self.context)

    @section_call
    def request(self) -> Block:
        """The question, what a yes costs, and the last day for replies."""
        return request_parts.request(self.context)

    @section_call
    def fee(self) -> Block:
        """The member's fee, and how it is computed."""
        return fee_part.fee(self.context)

    @section_call
    def terms(self) -> Block:
        """The terms of a yes."""
        return request_parts.terms(self.context)

    @section_call
    def reply(self) -> Block:
        """By when, where and how to answer."""
        return reply_part.reply(self.context)

    @section_call
    def closing(self) -> Block:
        """The closing phrase and the sender."""
        return letter_parts.closing(self.context)


class ReminderLetter(MemberLetter):
    """The reminder to a member that has not answered: a question, and how to answer.

    >>> letter = ReminderLetter.load(round="skl-2016", code="0382", as_of="2016-10-15")
    >>> letter.facts.answer
    'unanswered'
    """

    parts: ClassVar[tuple[str, ...]] = ("opening", "reminder", "reply", "fee", "closing")

    @property
    def kind(self) -> LetterKind:
        """The reminder."""
        return "reminder"

    @section_call
    def opening(self) -> Block:
        """Sender, day, recipient, subject and the matter of the letter."""
        return letter_opening.opening(self.context)

    @section_call
    def reminder(self) -> Block:
        """That no answer has come, and by when it can."""
        return reply_part.reminder(self.context)

    @section_call
    def reply(self) -> Block:
        """By when, where and how to answer."""
        return reply_part.reply(self.context)

    @section_call
    def fee(self) -> Block:
        """The member's fee, and how it is computed."""
        return fee_part.fee(self.context)

    @section_call
    def closing(self) -> Block:
        """The closing phrase and the sender."""
        return letter_parts.closing(self.context)
