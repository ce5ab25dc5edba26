"""What a kind of pricing puts into its own words: a protocol, with a class for each kind.

The classes are in `sections/pricing/`; `section_context` there chooses one. A section asks the
wording of its context and never which kind of pricing the round has.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, Protocol

from helpers.funding.totals.tally import Tally
from helpers.sections.components.bar_unit import BarUnit
from helpers.sections.components.block import Block

# Sections that a kind of pricing may write in its own way, as the methods of BoardReport are named.
OwnSection = Literal["largest", "possible", "price", "sharing"]


@dataclass(frozen=True)
class PartColumn:
    """A column of the table of parts: its heading, its cells, and whether it is about a no.

    `figure` is the figure of a Tally that the cells show.
    """

    heading: str
    cell: Callable[[Tally], str]
    figure: str
    about_declined: bool = False


class AnswerWording(Protocol):
    """The answers in words: how they are counted, and what a yes, a no and no answer amount to."""

    @property
    def counts_in_money(self) -> bool:
        """Whether money is a way to count the answers, next to members and inhabitants."""

    def counts_caption(self) -> str:
        """The caption of the table that counts the answers in several ways."""

    def compare_shares(self) -> str:
        """What the yes come to, where there are any."""

    def outside_finding(self) -> str:
        """The share that the largest of those without a yes have, where there are any."""

    def declined_text(self) -> str:
        """How many have declined, and what that means for the whole."""

    def unanswered_text(self) -> str:
        """How many have not answered, and what that means for the whole."""


class BarWording(Protocol):
    """The bars and the table of parts in words: the total, by county, by group, by period."""

    def unit(self) -> BarUnit:
        """What the bars measure."""

    def total_finding(self) -> str:
        """What the bar of the first page shows."""

    def describe_part(self, part: str, tally: Tally) -> str:
        """The bars of one part, for a reader who does not see them; `tally` is in the unit."""

    def extremes_finding(self, top: str, most: Fraction, bottom: str, least: Fraction) -> str:
        """Which parts have the largest share, and which the smallest; they may be the same."""

    def note(self) -> str:
        """How the bars by part are read."""

    def table_caption(self, label: str) -> str:
        """The caption of the table of parts; `label` is what the parts are."""

    def amount_columns(self) -> list[PartColumn]:
        """The columns of the table of parts with amounts; the tallies are in the unit."""


class PricingWording(Protocol):
    """All that a kind of pricing puts into its own words."""

    @property
    def answers(self) -> AnswerWording:
        """The answers in words."""

    @property
    def bars(self) -> BarWording:
        """The bars in words."""

    def headline(self) -> str:
        """The answer in one sentence, without a full stop."""

    def lead(self) -> str:
        """Who has answered, what is missing and what may still come."""

    def bounds(self) -> str:
        """The least and the most that it can come to if no one changes an answer."""

    def rule_sentence(self) -> str:
        """How it is decided what each member pays."""

    def rounding_remark(self) -> str:
        """How the fees are rounded, and what that does to their sum."""

    def amount_mark(self) -> str:
        """The mark after an amount, or a heading of amounts, that is estimated; else blank."""

    def amount_note(self) -> str:
        """The same as a sentence, for a chart of amounts; else blank."""

    def own_section(self, name: OwnSection) -> Block | None:
        """A section that is another one under this kind of pricing; None for the usual one."""
