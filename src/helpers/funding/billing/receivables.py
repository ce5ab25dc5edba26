"""One member and year from a yes to the money: due, invoiced, paid, and what each step leaves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from helpers.funding.answers.answer_states import YES
from helpers.model.currency import THOUSANDTHS_PER_UNIT
from helpers.model.settings.round_settings import Answer

CreditReason = Literal["withdrawn", "no yes", "above the fee"]


@dataclass(frozen=True)
class Receivable:
    """What the yes of one member and year secures, and what was invoiced and paid, in thousandths.

    The differences are taken by member and year, so that one member's overpayment never covers
    another's debt. A difference below one currency unit is a residue and counts as settled.
    `answer` counts in the year: a yes for other years is unanswered here.
    Under the rule "advance" (`keeps_overpaid`), `advance_in` comes from the member's overpayments
    of earlier years, and `advance_out` is the part of this year's that later years use.
    Source of every definition: docs/reference/invoices.md, "The ladder".
    """

    code: str
    name: str
    year: int
    secured: int
    invoiced: int
    paid: int
    withdrawn: bool = False
    answer: Answer = "yes"
    keeps_overpaid: bool = False
    advance_in: int = 0
    advance_out: int = 0

    @property
    def has_yes(self) -> bool:
        """Whether a yes covers the year."""
        return self.answer == YES

    @property
    def invoiced_net(self) -> int:
        """The part of the invoiced amount that is due: at most the secured fee."""
        return _up_to(self.invoiced, self.secured)

    @property
    def credit_due(self) -> int:
        """The invoiced amount beyond what is secured, to be credited."""
        return self.invoiced - self.invoiced_net

    @property
    def paid_net(self) -> int:
        """What has been paid of what is due, with or without an invoice, advances included."""
        return _up_to(self.paid + self.advance_in, self.secured) if self.has_yes else 0

    @property
    def paid_uninvoiced(self) -> int:
        """What has been paid of what is due before it was invoiced: it needs no invoice."""
        return _excess(self.paid_net, self.invoiced_net)

    @property
    def not_invoiced(self) -> int:
        """What is still to be invoiced: due, and neither invoiced nor paid."""
        return _excess(self.secured, self.invoiced_net + self.paid_uninvoiced)

    @property
    def outstanding(self) -> int:
        """What is due and invoiced and has not been paid."""
        return _excess(self.invoiced_net, self.paid_net)

    @property
    def overpaid(self) -> int:
        """What a member with a yes has paid beyond what is due, less what later years use."""
        beyond = self.paid + self.advance_in - self.paid_net - self.advance_out
        return beyond if self.has_yes else 0

    @property
    def paid_without_yes(self) -> int:
        """What has been paid for a year that no yes covers: never secured, never overpaid."""
        return 0 if self.has_yes else self.paid

    @property
    def outstanding_net(self) -> int:
        """Outstanding less overpaid: what would be left if the two were set off."""
        return self.outstanding - self.overpaid

    @property
    def residue_invoiced(self) -> int:
        """What is left between secured and invoiced or paid, below one unit: settled."""
        return self.secured - self.invoiced_net - self.paid_uninvoiced - self.not_invoiced

    @property
    def residue_paid(self) -> int:
        """The difference between invoiced and paid if it is below one unit and thus settled."""
        return self.invoiced_net + self.paid_uninvoiced - self.paid_net - self.outstanding

    @property
    def to_repay(self) -> int:
        """What is overpaid and is repaid by the round's rule."""
        return 0 if self.keeps_overpaid else self.overpaid

    @property
    def credit_reason(self) -> CreditReason | None:
        """The reason for crediting an invoice; None if there is nothing to credit."""
        if not self.credit_due:
            return None
        if self.has_yes:
            return "above the fee"
        return "withdrawn" if self.withdrawn else "no yes"

    @property
    def needs_action(self) -> bool:
        """Whether an invoice that was sent, or a payment, requires an action by the organiser."""
        begun = self.invoiced != 0 or self.paid_net > 0
        found_without_yes = self.paid_without_yes >= THOUSANDTHS_PER_UNIT
        owed = self.outstanding or self.to_repay or self.credit_due
        return bool(owed or found_without_yes or (begun and self.not_invoiced > 0))


def _up_to(amount: int, due: int) -> int:
    """The part of an amount that is due; a difference below one unit belongs to it."""
    return amount if abs(amount - due) < THOUSANDTHS_PER_UNIT else min(amount, due)


def _excess(amount: int, less: int) -> int:
    """Return how much an amount exceeds another; 0 if it is less than one currency unit."""
    return amount - less if amount - less >= THOUSANDTHS_PER_UNIT else 0
