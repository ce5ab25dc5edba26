"""What each kind of pricing words differently: a protocol, with a class for each kind.

The classes are in `sections/pricing/`, and `section_context` there chooses one. A section calls the
wording of its context, and never checks which kind of pricing the round has.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Literal, Protocol

from helpers.funding.billing.member_facts import MemberFacts
from helpers.funding.billing.receivables_ledger import ReceivablesLedger
from helpers.sections.components.bar_unit import BarUnit
from helpers.sections.components.block import Block
from helpers.sections.components.tables.table_fields import TableField

# Sections that a kind of pricing may write in its own way, as the methods of BoardReport are named.
OwnSection = Literal[
    "amounts", "by_county", "by_group", "forecast", "largest", "members", "missing", "on_map",
    "possible", "price", "sharing",
]  # fmt: skip


class AnswerWording(Protocol):
    """The answers in words: how they are counted, and the effect of a yes, a no and no answer."""

    @property
    def counts_in_money(self) -> bool:
        """Whether the answers are also counted in money, in addition to members and inhabitants."""

    def counts_caption(self) -> str:
        """Return the caption of the table that counts the answers in several ways."""

    def all_heading(self) -> str:
        """The heading of the column of all."""

    def compare_shares(self) -> str:
        """Return what the yes answers add up to, if there are any."""

    def outside_finding(self) -> str:
        """Return the share of the largest members without a yes, if there are any."""


class BarWording(Protocol):
    """The bars and the table of parts in words: the total, by county, by group, by period."""

    def unit(self) -> BarUnit:
        """Return the unit of the bars."""

    def total_finding(self) -> str:
        """Return the finding of the first page's bar."""

    def extremes_finding(self, top: str, most: Fraction, bottom: str, least: Fraction) -> str:
        """Return which parts have the largest and the smallest share; they may be the same."""

    def missing_finding(self, county: str, amount: str, member: str = "", part: str = "") -> str:
        """Return which county lacks most, with the member that lacks most of that, if named."""

    def note(self) -> str:
        """Return how to read the bars by part."""

    def table_caption(self, label: str) -> str:
        """Return the caption of the table of parts; `label` names the parts."""

    def amount_fields(self) -> list[TableField]:
        """Return the columns of the table of parts with amounts, figures of a Tally."""


class LetterWording(Protocol):
    """A member's amount in the words of its letter."""

    @property
    def states_joining_price(self) -> bool:
        """Whether the letter states what a member without a yes would pay."""

    def own_amount(self, facts: MemberFacts) -> str:
        """Return what the member pays, in the rule's own words; '' for the fee and its steps."""

    def request_of_yes(self, facts: MemberFacts, office: str) -> str:
        """Return what a member that has said yes is asked for besides the invoice, or ''."""

    def how_to_answer(self, office: str, code: str) -> str:
        """Return what a member that has not answered is asked to send."""

    def all_paid(self) -> str:
        """Return that everything is paid."""

    def counts_payment(self, office: str) -> str:
        """Return that money paid without a yes counts once there is one."""


class PricingWording(Protocol):
    """Everything that a kind of pricing words differently."""

    @property
    def letter(self) -> LetterWording:
        """The member's amount in its letter."""

    @property
    def answers(self) -> AnswerWording:
        """The answers in words."""

    @property
    def bars(self) -> BarWording:
        """The bars in words."""

    def headline(self) -> str:
        """Return the answer in one sentence, without a full stop; the day is stated next to it."""

    def status_line(self) -> str:
        """Return the answer with its day, for a separate line; without a full stop."""

    def lead(self) -> str:
        """Return who has answered, what is missing and what may still come."""

    def bounds(self) -> str:
        """Return the least and the most that can be funded if no member changes its answer."""

    def judgement(self) -> str:
        """Return that no requirement is stated, so that the board judges whether it is enough."""

    def rule_sentence(self) -> str:
        """Return the rule that determines what each member pays."""

    def rounding_remark(self) -> str:
        """Return how the fees are rounded, and the effect on their sum."""

    def requested_amount(self) -> str:
        """Return what is requested a year, in running text: an estimate with few digits."""

    def amount_mark(self) -> str:
        """Return the mark after an estimated amount, or a heading of such amounts; otherwise ''."""

    def amount_units(self) -> int:
        """Return the unit in which estimated amounts are shown, as 1,000,000 for millions; or 1."""

    def amount_note(self) -> str:
        """Return the mark as a sentence, for a chart of amounts; otherwise ''."""

    def secured_definition(self) -> str:
        """Return what is counted as secured."""

    def own_section(
        self, name: OwnSection, ledger: ReceivablesLedger | None = None
    ) -> Block | None:
        """Return a section that differs for this kind of pricing; None for the usual section.

        `ledger` has what was invoiced and paid, for the sections that state it.
        """
