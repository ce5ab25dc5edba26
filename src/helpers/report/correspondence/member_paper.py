"""The draft of a paper for a member's own board, which its office completes and answers for."""

from __future__ import annotations

from functools import cached_property
from typing import Any, ClassVar

from helpers.funding.comparisons.peers import PeerSet, find_peers
from helpers.funding.figures_json.letter_json import peer_figures
from helpers.model.letter_kind import LetterKind
from helpers.report.correspondence.member_letter import MemberLetter
from helpers.report.section_call import section_call
from helpers.sections.components.block import Block
from helpers.sections.letter import fee_part
from helpers.sections.letter.kinds import paper_parts, peer_part


class MemberPaper(MemberLetter):
    """The draft paper for the board of one member: what is asked, what it costs, what others do.

    >>> paper = MemberPaper.load(round="skl-2016", code="0180", as_of="2016-06-10")
    >>> paper.facts.fee
    292828
    """

    parts: ClassVar[tuple[str, ...]] = (
        "opening", "proposal", "matter", "cost", "calculation", "peers", "choices", "reply",
    )  # fmt: skip

    @property
    def kind(self) -> LetterKind:
        """The paper."""
        return "paper"

    @cached_property
    def peer_sets(self) -> list[PeerSet]:
        """The members of the same group, county and size."""
        return find_peers(self.report.peer_index, self.params.code)

    @property
    def figures(self) -> dict[str, Any]:
        """Every key figure that the paper prints, by name."""
        return {**super().figures, "peers": peer_figures(self.peer_sets)}

    @section_call
    def opening(self) -> Block:
        """Whose paper it is, for which board, and that it is a draft."""
        return paper_parts.paper_opening(self.context)

    @section_call
    def proposal(self) -> Block:
        """The draft of the decision."""
        return paper_parts.proposal(self.context)

    @section_call
    def matter(self) -> Block:
        """What is asked, by whom, and on which terms."""
        return paper_parts.matter(self.context)

    @section_call
    def cost(self) -> Block:
        """What a yes costs each year, per inhabitant, and in all."""
        return paper_parts.cost(self.context)

    @section_call
    def calculation(self) -> Block:
        """How the fee is computed."""
        return fee_part.calculation(self.context)

    @section_call
    def peers(self) -> Block:
        """What members of the same group, county and size have answered and pay."""
        return peer_part.peer_comparison(self.context, self.peer_sets)

    @section_call
    def choices(self) -> Block:
        """What a yes, a no and waiting mean."""
        return paper_parts.choices(self.context)

    @section_call
    def reply(self) -> Block:
        """Where and how the member answers."""
        return paper_parts.paper_reply(self.context)
