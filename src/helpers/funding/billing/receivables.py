"""One member and year from a yes to the money: due, invoiced, paid, and what each step leaves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from helpers.funding.answers.answer_states import YES
from helpers.model.round_settings import Answer

HUNDREDTHS_PER_UNIT = 100  # hundredths; a difference below one unit of currency is settled
CreditReason = Literal["withdrawn", "no yes", "above the fee"]


@dataclass(frozen=True)
class Receivable:
    """One member and year: what its yes secures, what was invoiced and paid; all in hundredths.

    What each step leaves is taken here, member by member and year by year, so that one member's
    overpayment never fills another's gap. A difference below one unit is a residue, and settled.
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
        """What has been invoiced and is due: with a yes behind it, up to the fee."""
        return _up_to(self.invoiced, self.secured)

    @property
    def credit_due(self) -> int:
        """What has been invoiced beyond what is secured: to be credited."""
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
        """What is left between invoiced and paid, below one unit: settled."""
        return self.invoiced_net + self.paid_uninvoiced - self.paid_net - self.outstanding

    @property
    def to_repay(self) -> int:
        """What is overpaid and is repaid by the round's rule."""
        return 0 if self.keeps_overpaid else self.overpaid

    @property
    def credit_reason(self) -> CreditReason | None:
        """Why an invoice is to be credited; None if none is."""
        if not self.credit_due:
            return None
        if self.has_yes:
            return "above the fee"
        return "withdrawn" if self.withdrawn else "no yes"

    @property
    def needs_action(self) -> bool:
        """Whether someone has to do something about an invoice that has been sent, or a payment."""
        begun = self.invoiced != 0 or self.paid_net > 0
        found_without_yes = self.paid_without_yes >= HUNDREDTHS_PER_UNIT
        owed = self.outstanding or self.to_repay or self.credit_due
        return bool(owed or found_without_yes or (begun and self.not_invoiced > 0))


def _up_to(amount: int, due: int) -> int:
    """The part of an amount that is due; a difference below one unit belongs to it."""
    return amount if abs(amount - due) < HUNDREDTHS_PER_UNIT else min(amount, due)


def _excess(amount: int, less: int) -> int:
    """What an amount is beyond another; nothing where that is less than one unit."""
    return amount - less if amount - less >= HUNDREDTHS_PER_UNIT else 0
