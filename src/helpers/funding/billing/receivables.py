"""Secured is not invoiced is not paid: the ladder from a yes to the money, exactly."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal

import pandas as pd

from helpers.funding.statement.round_statement import Statement

HUNDREDTHS_PER_UNIT = 100  # hundredths; a difference below one unit of currency is settled
CreditReason = Literal["withdrawn", "no yes", "above the fee"]


@dataclass(frozen=True)
class Receivable:
    """One member and year: what its yes secures, what was invoiced and paid; all in hundredths.

    What each step leaves is taken here, member by member and year by year, so that one member's
    overpayment never fills another's gap. A difference below one unit is a residue, and settled.
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
        """What has been invoiced and is due: with a yes behind it, up to the fee."""
        if abs(self.invoiced - self.secured) < HUNDREDTHS_PER_UNIT:
            return self.invoiced
        return min(self.invoiced, self.secured)

    @property
    def credit_due(self) -> int:
        """What has been invoiced beyond what is secured: to be credited."""
        return self.invoiced - self.invoiced_net

    @property
    def not_invoiced(self) -> int:
        """What is secured and has not been invoiced."""
        return _excess(self.secured, self.invoiced_net)

    @property
    def paid_net(self) -> int:
        """What has been paid of what is due."""
        if abs(self.paid - self.invoiced_net) < HUNDREDTHS_PER_UNIT:
            return self.paid
        return min(self.paid, self.invoiced_net)

    @property
    def overpaid(self) -> int:
        """What has been paid beyond what is due: to be paid back."""
        return self.paid - self.paid_net

    @property
    def outstanding(self) -> int:
        """What is due and has not been paid."""
        return _excess(self.invoiced_net, self.paid_net)

    @property
    def outstanding_net(self) -> int:
        """Outstanding less overpaid: what would be left if the two were set off."""
        return self.outstanding - self.overpaid

    @property
    def residue_invoiced(self) -> int:
        """What is left between secured and invoiced, below one unit: settled."""
        return self.secured - self.invoiced_net - self.not_invoiced

    @property
    def residue_paid(self) -> int:
        """What is left between invoiced and paid, below one unit: settled."""
        return self.invoiced_net - self.paid_net - self.outstanding

    @property
    def credit_reason(self) -> CreditReason | None:
        """Why an invoice is to be credited; None if none is."""
        if not self.credit_due:
            return None
        if self.secured > 0:
            return "above the fee"
        return "withdrawn" if self.withdrawn else "no yes"

    @property
    def needs_action(self) -> bool:
        """Whether someone has to do something about an invoice that has been sent, or a payment."""
        partly = self.invoiced != 0 and self.not_invoiced > 0
        return bool(self.outstanding or self.overpaid or self.credit_due or partly)


def _excess(amount: int, less: int) -> int:
    """What an amount is beyond another; nothing where that is less than one unit."""
    return amount - less if amount - less >= HUNDREDTHS_PER_UNIT else 0


@dataclass(frozen=True)
class ReceivableSums:
    """The sums of a set of positions, in hundredths; see Receivable for what each is.

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
    """The sums of some positions."""
    return ReceivableSums(
        **{name: sum(getattr(p, name) for p in positions) for name in RECEIVABLE_SUMS}
    )


@dataclass(frozen=True)
class ReceivablesLedger:
    """The positions of every member that has said yes, was invoiced or has paid, by year and code.

    `rows_known` is the number of rows of payments.csv with a date on the day or earlier,
    `rows_not_yet_known` the number with a later date; a row may have both.
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
        """The sums over all the years."""
        return sum_receivables(self.positions)

    @property
    def uninvoiced(self) -> list[Receivable]:
        """Those with a yes and no invoice at all."""
        return [p for p in self.positions if p.not_invoiced and not p.invoiced]

    @cached_property
    def to_act_on(self) -> list[Receivable]:
        """Those to do something about: first what to credit or pay back, then the largest."""
        found = [position for position in self.positions if position.needs_action]
        return sorted(found, key=_urgency_key)


def _urgency_key(position: Receivable) -> tuple[bool, int, str, int]:
    """What we owe a member comes before what it owes us; the most at stake first."""
    we_owe = max(position.credit_due, position.overpaid)
    member_owes = max(position.outstanding, position.not_invoiced)
    return not we_owe, -(we_owe or member_owes), position.code, position.year


def build_receivables_ledger(statement: Statement, payments: pd.DataFrame) -> ReceivablesLedger:
    """The ladder as of the statement's day; `payments` as data.payments.load_payments gives them.

    An invoice or a payment of a later day is not yet known, nor is one after the day whose
    knowledge is used.
    """
    day = min(statement.as_of, statement.known_on)
    invoiced = _sum_until(payments, "invoiced_on", "amount", day)
    paid = _sum_until(payments, "paid_on", "paid", day)
    days = payments[["invoiced_on", "paid_on"]]
    answers = statement.on_day.everyone.to_dict("records")
    found = [
        Receivable(
            code=str(row["code"]),
            name=str(row["name"]),
            year=year,
            secured=secured[row["code"]] * HUNDREDTHS_PER_UNIT,
            invoiced=invoiced.get((row["code"], year), 0),
            paid=paid.get((row["code"], year), 0),
            withdrawn=bool(row["withdrawn"]),
        )
        for year, secured in sorted(statement.on_day.secured.items())
        for row in answers
    ]
    return ReceivablesLedger(
        positions=[p for p in found if p.secured or p.invoiced or p.paid],
        years=sorted(statement.round.years),
        rows_known=int((days <= pd.Timestamp(day)).any(axis=1).sum()),
        rows_not_yet_known=int((days > pd.Timestamp(day)).any(axis=1).sum()),
    )


def _sum_until(
    payments: pd.DataFrame, on: str, amount: str, day: date
) -> dict[tuple[str, int], int]:
    """What was invoiced or paid until a day, by member and year."""
    known = payments[payments[on] <= pd.Timestamp(day)]
    sums: dict[tuple[str, int], int] = {}
    for code, year, part in zip(known["code"], known["year"], known[amount], strict=True):
        sums[code, int(year)] = sums.get((code, int(year)), 0) + int(part)
    return sums
