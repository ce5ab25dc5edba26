"""What each contributor has pledged, confirmed and paid, and the sums of all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

import pandas as pd

from helpers.funding.answers.answer_states import covers_year
from helpers.funding.billing.receivables_ledger import ReceivablesLedger
from helpers.funding.statement.round_statement import Statement
from helpers.funding.totals.members.member_table import has_said_yes
from helpers.model.currency import THOUSANDTHS_PER_UNIT


@dataclass(frozen=True)
class Contribution:
    """One contributor: `pledged` and `confirmed` in whole units of the round's currency a year.

    `amount` and `confirmed_amount` are the same as stated, in `currency`; they are 0 and "" where
    nothing is pledged. `paid` is what it has paid for the year that the round counts, exactly; None
    in a round without payments.csv. `outside` is true for a contributor that is not a member.
    """

    code: str
    name: str
    outside: bool
    decision: str
    years: str
    received_on: date | None
    amount: Fraction
    currency: str
    pledged: int
    confirmed_amount: Fraction
    confirmed: int
    paid: Fraction | None


@dataclass(frozen=True)
class PledgeSums:
    """The sums of a round of pledges, in whole units of its currency a year.

    pledged = secured + unconfirmed + conditional + uncovered, and requested = pledged + not_pledged
    − above. `confirmed` is part of what is pledged without a condition; `paid` is exact, None in a
    round without payments.csv.
    """

    requested: int
    pledged: int
    conditional: int
    uncovered: int
    unconfirmed: int
    confirmed: int
    secured: int
    not_pledged: int
    above: int
    paid: Fraction | None


def list_contributions(
    statement: Statement, ledger: ReceivablesLedger | None = None
) -> list[Contribution]:
    """The members that are asked, and the contributors outside them that have answered, by code."""
    return [
        Contribution(
            code=str(row["code"]),
            name=str(row["name"]),
            outside=bool(row["contributor"]),
            decision=str(row["decision"]),
            years=str(row["years"]),
            received_on=None if pd.isna(row["received_on"]) else row["received_on"].date(),
            amount=Fraction(row["amount"] or 0),
            currency=str(row["currency"]),
            pledged=int(row["pledged"]),
            confirmed_amount=Fraction(row["confirmed_amount"] or 0),
            confirmed=int(row["confirmed"]),
            paid=_paid_by(str(row["code"]), statement, ledger),
        )
        for row in statement.rows_by_code.values()
        if not row["contributor"] or not pd.isna(row["received_on"])
    ]


def sum_pledges(statement: Statement, ledger: ReceivablesLedger | None = None) -> PledgeSums:
    """The sums of the year that the round counts."""
    total, rows = statement.total, statement.answers
    firm = has_said_yes(rows) & covers_year(rows["years"], statement.least_year)
    paid = [_paid_by(code, statement, ledger) for code in statement.rows_by_code]
    return PledgeSums(
        requested=total.requested,
        pledged=total.funded + total.unconfirmed + total.conditional_fees + total.uncovered,
        conditional=total.conditional_fees,
        uncovered=total.uncovered,
        unconfirmed=total.unconfirmed,
        confirmed=int(rows.loc[firm, "confirmed"].sum()),
        secured=total.funded,
        not_pledged=total.unanswered_fees,
        above=total.above_requested,
        paid=None if ledger is None else sum((amount or Fraction() for amount in paid), Fraction()),
    )


def has_confirmations(statement: Statement) -> bool:
    """Whether confirmed amounts are reported: the round counts them, or the register has some."""
    counts = getattr(statement.round.pricing, "secured", "pledged") == "confirmed"
    return counts or bool(statement.answers["confirmed"].any())


def currencies_pledged(statement: Statement) -> list[str]:
    """The other currencies of the pledges, in the order of their codes."""
    return sorted(set(statement.answers["currency"]) - {"", statement.round.currency})


def _paid_by(code: str, statement: Statement, ledger: ReceivablesLedger | None) -> Fraction | None:
    if ledger is None:
        return None
    year = statement.least_year
    paid = sum(one.paid for one in ledger.by_member.get(code, ()) if one.year == year)
    return Fraction(paid, THOUSANDTHS_PER_UNIT)
