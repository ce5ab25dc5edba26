"""Secured is not invoiced is not paid: the ladder of all members, by year and over all years."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import cast

import pandas as pd

from helpers.funding.answers.answer_states import LEFT, UNANSWERED, YES, covers_year
from helpers.funding.answers.memberships import owes_for
from helpers.funding.billing.advances import apply_advances
from helpers.funding.billing.payment_counts import PaymentCounts, count_payers
from helpers.funding.billing.receivables import Receivable
from helpers.funding.statement.round_statement import Statement
from helpers.funding.totals.members.member_table import has_said_yes
from helpers.funding.totals.shares import share
from helpers.model.currency import THOUSANDTHS_PER_UNIT
from helpers.model.funding_round import Round
from helpers.model.settings.round_settings import Answer


@dataclass(frozen=True)
class ReceivableSums:
    """The sums of a set of positions, in thousandths; see Receivable for what each is.

    secured = invoiced_net + paid_uninvoiced + not_invoiced + residue_invoiced,
    invoiced_net + paid_uninvoiced = paid_net + outstanding + residue_paid,
    invoiced = invoiced_net + credit_due,
    paid + advance_in = paid_net + overpaid + advance_out + paid_without_yes; over all years
    advance_in = advance_out.
    """

    secured: int
    not_invoiced: int
    invoiced: int
    credit_due: int
    invoiced_net: int
    paid: int
    paid_without_yes: int
    overpaid: int
    advance_in: int
    advance_out: int
    paid_net: int
    paid_uninvoiced: int
    outstanding: int
    outstanding_net: int
    residue_invoiced: int
    residue_paid: int

    @property
    def paid_share(self) -> Fraction | None:
        """What is paid of what is secured; None where nothing is secured."""
        return share(self.paid_net, self.secured)


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
    `rows_not_yet_known` the number with a later date; a row may have both. `keeps_overpaid`:
    overpayments are an advance by the round's rule, and not repaid. `rounding` is what rounding
    the amounts of the known rows to the currency's minor unit has added, in millionths of a unit:
    of the invoices, and of the payments; `amounts_rounded` is their number. `joined_secured` is the
    part of what is secured that members which joined later pay on top of the requested amount,
    `gifts` the part above the fees.
    """

    positions: list[Receivable]
    years: list[int]
    rows_known: int
    rows_not_yet_known: int
    keeps_overpaid: bool = False
    rounding: tuple[int, int] = (0, 0)
    amounts_rounded: int = 0
    joined_secured: int = 0
    gifts: int = 0

    def of_year(self, year: int) -> list[Receivable]:
        """The positions of a year."""
        return [position for position in self.positions if position.year == year]

    @cached_property
    def by_year(self) -> dict[int, ReceivableSums]:
        """The sums of each year."""
        return {year: sum_receivables(self.of_year(year)) for year in self.years}

    @cached_property
    def all_years(self) -> ReceivableSums:
        """The sums over all the years."""
        return sum_receivables(self.positions)

    @cached_property
    def counts_by_year(self) -> dict[int, PaymentCounts]:
        """The members by what they have paid for each year."""
        return {year: count_payers(self.of_year(year)) for year in self.years}

    @cached_property
    def counts(self) -> PaymentCounts:
        """The members by what they have paid over all the years."""
        return count_payers(self.positions)

    @cached_property
    def by_member(self) -> dict[str, list[Receivable]]:
        """The positions by the member's code, each list by year."""
        found: dict[str, list[Receivable]] = {}
        for position in self.positions:
            found.setdefault(position.code, []).append(position)
        return found

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
    we_owe = max(position.credit_due, position.to_repay, position.paid_without_yes)
    member_owes = max(position.outstanding, position.not_invoiced)
    return not we_owe, -(we_owe or member_owes), position.code, position.year


def build_receivables_ledger(statement: Statement, payments: pd.DataFrame) -> ReceivablesLedger:
    """The ladder as of the statement's day; `payments` as data.payments.load_payments gives them.

    An invoice or a payment of a later day is not yet known, nor is one after the day whose
    knowledge is used.
    """
    day = min(statement.as_of, statement.known_on)
    keeps_overpaid = statement.round.invoicing.overpaid == "advance"
    found = _positions_on(statement, payments, day)
    days = payments[["invoiced_on", "paid_on"]]
    rounded = [
        payments.loc[payments[on] <= pd.Timestamp(day), f"{amount}_rounding"]
        for on, amount in (("invoiced_on", "amount"), ("paid_on", "paid"))
    ]
    return ReceivablesLedger(
        positions=apply_advances(found) if keeps_overpaid else found,
        years=sorted(statement.round.years),
        rows_known=int((days <= pd.Timestamp(day)).any(axis=1).sum()),
        rows_not_yet_known=int((days > pd.Timestamp(day)).any(axis=1).sum()),
        keeps_overpaid=keeps_overpaid,
        rounding=(int(rounded[0].sum()), int(rounded[1].sum())),
        joined_secured=sum(statement.on_day.joined_by_year.values()) * THOUSANDTHS_PER_UNIT,
        gifts=sum(one.gifts for one in statement.on_day.tally_by_year.values())
        * THOUSANDTHS_PER_UNIT,
        amounts_rounded=sum(int((part != 0).sum()) for part in rounded),
    )


def _positions_on(statement: Statement, payments: pd.DataFrame, day: date) -> list[Receivable]:
    """The positions with anything secured, invoiced or paid until a day, by year and code."""
    invoiced = _sum_until(payments, "invoiced_on", "amount", day)
    paid = _sum_until(payments, "paid_on", "paid", day)
    members = _members_and_payers(statement, {*invoiced, *paid})
    keeps_overpaid = statement.round.invoicing.overpaid == "advance"
    found = [
        Receivable(
            code=str(row["code"]),
            name=str(row["name"]),
            year=year,
            secured=secured.get(row["code"], 0) * THOUSANDTHS_PER_UNIT,
            invoiced=invoiced.get((row["code"], year), 0),
            paid=paid.get((row["code"], year), 0),
            withdrawn=bool(row["withdrawn"]),
            answer=answer,
            keeps_overpaid=keeps_overpaid,
        )
        for year, secured in sorted(statement.on_day.secured.items())
        for row, answer in zip(
            members.to_dict("records"),
            _answers_for_year(statement.round, members, year),
            strict=True,
        )
    ]
    return [p for p in found if p.secured or p.invoiced or p.paid]


def _members_and_payers(statement: Statement, booked: set[tuple[str, int]]) -> pd.DataFrame:
    """The members that are asked, and others that were invoiced or have paid; by code.

    A member that left before the base day is not asked, but its money is not lost.
    """
    members = statement.on_day.everyone
    others = sorted({code for code, _ in booked} - set(members["code"]))
    if not others:
        return members
    rows = pd.DataFrame({"code": others, "name": others})
    rows = rows.assign(decision=UNANSWERED, years="", withdrawn=False)
    return pd.concat([members, rows]).sort_values("code", ignore_index=True)


def _answers_for_year(round_: Round, members: pd.DataFrame, year: int) -> list[Answer]:
    """The answer of each member in one year: a yes counts where it covers the year.

    A yes for other years, or of a member that has left before the year, leaves it unanswered; a
    pledge stays (see memberships.owes_for).
    """
    yes = has_said_yes(members)
    counts = yes & covers_year(members["years"], year) & owes_for(round_, members, year)
    others = members["decision"].mask(yes | (members["decision"] == LEFT), UNANSWERED)
    return [cast(Answer, answer) for answer in others.mask(counts, YES).tolist()]


def _sum_until(
    payments: pd.DataFrame, on: str, amount: str, day: date
) -> dict[tuple[str, int], int]:
    """What was invoiced or paid until a day, by member and year."""
    known = payments[payments[on] <= pd.Timestamp(day)]
    sums: dict[tuple[str, int], int] = {}
    for code, year, part in zip(known["code"], known["year"], known[amount], strict=True):
        sums[code, int(year)] = sums.get((code, int(year)), 0) + int(part)
    return sums
