"""Compute what is secured, invoiced and paid, exactly: a yes is not an invoice, nor a payment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal

import pandas as pd

from helpers.funding.statement.round_statement import Statement
from helpers.funding.totals.member_table import secured_by_year

HUNDREDTHS_PER_UNIT = 100  # hundredths; a difference below one unit of currency is settled
CreditReason = Literal["withdrawn", "no yes", "above the fee"]


@dataclass(frozen=True)
class Receivable:
    """What the yes of one member and year secures, and what was invoiced and paid, in hundredths.

    The differences are taken by member and year, so that one member's overpayment never covers
    another's debt. A difference below one currency unit is a residue and counts as settled.
    """

    code: str
    name: str
    year: int
    secured: int
    invoiced: int
    paid: int
    withdrawn: bool = False

    @property
    def invoiced_net(self) -> int:
        """The part of the invoiced amount that is due: at most the secured fee."""
        if abs(self.invoiced - self.secured) < HUNDREDTHS_PER_UNIT:
            return self.invoiced
        return min(self.invoiced, self.secured)

    @property
    def credit_due(self) -> int:
        """The invoiced amount beyond what is secured, to be credited."""
        return self.invoiced - self.invoiced_net

    @property
    def not_invoiced(self) -> int:
        """The secured amount that has not been invoiced."""
        return _excess(self.secured, self.invoiced_net)

    @property
    def paid_net(self) -> int:
        """The paid part of what is due."""
        if abs(self.paid - self.invoiced_net) < HUNDREDTHS_PER_UNIT:
            return self.paid
        return min(self.paid, self.invoiced_net)

    @property
    def overpaid(self) -> int:
        """The paid amount beyond what is due, to be paid back."""
        return self.paid - self.paid_net

    @property
    def outstanding(self) -> int:
        """The unpaid part of what is due."""
        return _excess(self.invoiced_net, self.paid_net)

    @property
    def outstanding_net(self) -> int:
        """Outstanding less overpaid: what would be left if the two were set off."""
        return self.outstanding - self.overpaid

    @property
    def residue_invoiced(self) -> int:
        """The difference between secured and invoiced if it is below one unit and thus settled."""
        return self.secured - self.invoiced_net - self.not_invoiced

    @property
    def residue_paid(self) -> int:
        """The difference between invoiced and paid if it is below one unit and thus settled."""
        return self.invoiced_net - self.paid_net - self.outstanding

    @property
    def credit_reason(self) -> CreditReason | None:
        """The reason for crediting an invoice; None if there is nothing to credit."""
        if not self.credit_due:
            return None
        if self.secured > 0:
            return "above the fee"
        return "withdrawn" if self.withdrawn else "no yes"

    @property
    def needs_action(self) -> bool:
        """Whether an invoice that was sent, or a payment, requires an action by the organiser."""
        partly = self.invoiced != 0 and self.not_invoiced > 0
        return bool(self.outstanding or self.overpaid or self.credit_due or partly)


def _excess(amount: int, less: int) -> int:
    """Return how much an amount exceeds another; 0 if it is less than one currency unit."""
    return amount - less if amount - less >= HUNDREDTHS_PER_UNIT else 0


@dataclass(frozen=True)
class ReceivableSums:
    """The sums of several receivables, in hundredths; see Receivable for each term.

    secured = invoiced_net + not_invoiced + residue_invoiced, invoiced = invoiced_net + credit_due,
    invoiced_net = paid_net + outstanding + residue_paid, paid = paid_net + overpaid.
    """

    secured: int
    not_invoiced: int
    invoiced: int
    credit_due: int
    invoiced_net: int
    paid: int
    overpaid: int
    paid_net: int
    outstanding: int
    outstanding_net: int
    residue_invoiced: int
    residue_paid: int


RECEIVABLE_SUMS = tuple(ReceivableSums.__dataclass_fields__)


def sum_receivables(positions: list[Receivable]) -> ReceivableSums:
    """Return the sums of several receivables."""
    return ReceivableSums(
        **{name: sum(getattr(p, name) for p in positions) for name in RECEIVABLE_SUMS}
    )


@dataclass(frozen=True)
class ReceivablesLedger:
    """The receivables of every member that said yes, was invoiced or has paid, by year and code.

    `rows_known` is the number of rows of payments.csv with a date on the day or earlier,
    `rows_not_yet_known` the number with a later date; a row with two dates may count in both.
    """

    positions: list[Receivable]
    years: list[int]
    rows_known: int
    rows_not_yet_known: int

    @cached_property
    def by_year(self) -> dict[int, ReceivableSums]:
        """The sums of each year."""
        return {
            year: sum_receivables([p for p in self.positions if p.year == year])
            for year in self.years
        }

    @cached_property
    def all_years(self) -> ReceivableSums:
        """The sums over all years."""
        return sum_receivables(self.positions)

    @property
    def uninvoiced(self) -> list[Receivable]:
        """The receivables of members with a yes and without any invoice."""
        return [p for p in self.positions if p.not_invoiced and not p.invoiced]

    @cached_property
    def to_act_on(self) -> list[Receivable]:
        """The receivables that require an action.

        Credits and repayments come first, then the largest amounts.
        """
        found = [position for position in self.positions if position.needs_action]
        return sorted(found, key=_urgency_key)


def _urgency_key(position: Receivable) -> tuple[bool, int, str, int]:
    """Sort what the organiser owes a member before what the member owes, the largest first."""
    we_owe = max(position.credit_due, position.overpaid)
    member_owes = max(position.outstanding, position.not_invoiced)
    return not we_owe, -(we_owe or member_owes), position.code, position.year


def build_receivables_ledger(statement: Statement, payments: pd.DataFrame) -> ReceivablesLedger:
    """Return the receivables as of the statement's day.

    `payments` is the frame of payments_file.load_payments. Invoices and payments after `as_of` or
    after `known_on` are left out.
    """
    day = min(statement.as_of, statement.known_on)
    invoiced = _sum_until(payments, "invoiced_on", "amount", day)
    paid = _sum_until(payments, "paid_on", "paid", day)
    days = payments[["invoiced_on", "paid_on"]]
    round_, answers = statement.round, statement.answers
    found = [
        Receivable(
            code=str(row["code"]),
            name=str(row["name"]),
            year=year,
            secured=int(secured) * HUNDREDTHS_PER_UNIT,
            invoiced=invoiced.get((row["code"], year), 0),
            paid=paid.get((row["code"], year), 0),
            withdrawn=bool(row["withdrawn"]),
        )
        for year, column in sorted(secured_by_year(round_, answers).items())
        for row, secured in zip(answers.to_dict("records"), column.tolist(), strict=True)
    ]
    return ReceivablesLedger(
        positions=[p for p in found if p.secured or p.invoiced or p.paid],
        years=sorted(round_.years),
        rows_known=int((days <= pd.Timestamp(day)).any(axis=1).sum()),
        rows_not_yet_known=int((days > pd.Timestamp(day)).any(axis=1).sum()),
    )


def _sum_until(
    payments: pd.DataFrame, on: str, amount: str, day: date
) -> dict[tuple[str, int], int]:
    """Return what was invoiced or paid until a day, in hundredths, by member code and year."""
    known = payments[payments[on] <= pd.Timestamp(day)]
    sums: dict[tuple[str, int], int] = {}
    for code, year, part in zip(known["code"], known["year"], known[amount], strict=True):
        sums[code, int(year)] = sums.get((code, int(year)), 0) + int(part)
    return sums
