"""What is still to be invoiced, by yes and year, and what information has to be asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

import pandas as pd

from helpers.funding.answers.answer_states import covers_year
from helpers.funding.answers.converted_pledges import pledges_of
from helpers.funding.answers.memberships import owes_for
from helpers.funding.billing.receivables_ledger import ReceivablesLedger
from helpers.funding.statement.round_statement import Statement
from helpers.funding.totals.members.member_table import has_said_yes
from helpers.model.currency import THOUSANDTHS_PER_UNIT, minor_digits
from helpers.model.funding_round import Round
from helpers.model.settings.round_settings import InvoicingSettings
from helpers.rounding import round_half_up

# The details that an invoice needs of a member, and of the round.
INVOICE_MEMBER_FIELDS = ("organisation_number", "case_number", "buyer_reference")
_MEMBERSHIP_DAYS = (("member_from", "valid_from"), ("member_until", "valid_to"))
INVOICE_ROUND_FIELDS = ("our_reference", "vat")


@dataclass(frozen=True)
class InvoiceRow:
    """One invoice: what is still to be invoiced of a member's yes for a year.

    `amount` is in whole currency units without value added tax, `fee` what the yes secures in the
    year; they differ only if a part has been invoiced or paid. `vat` is the tax in thousandths,
    None if the round states no rule for it. Blank texts are unknown. `withdrawn` marks a withdrawn
    yes that binds; `condition` is the condition of a yes that counts in spite of it. `asked` are
    the fields that the round needs of a member. `member_from` and `member_until` are the first and
    the last day of a membership that begins or ends within the year. `stated` is the amount of a
    pledge in another `currency`, of which `fee` is the secured part in the round's. `whole_fee` is
    what the member owes for the year, if its yes is of a part of it or has a gift above it.
    """

    code: str
    name: str
    year: int
    amount: int | Fraction
    fee: int
    vat: int | None
    organisation_number: str
    case_number: str
    buyer_reference: str
    withdrawn: bool
    condition: str
    asked: tuple[str, ...] = INVOICE_MEMBER_FIELDS
    member_from: date | None = None
    member_until: date | None = None
    stated: Fraction | None = None
    currency: str = ""
    whole_fee: int | None = None

    @property
    def to_pay(self) -> int | None:
        """Amount and tax in thousandths; None if the round states no rule for the tax."""
        return _with_tax(self.amount, self.vat)

    @property
    def missing(self) -> list[str]:
        """The names in INVOICE_MEMBER_FIELDS that are asked for and not known."""
        return [name for name in self.asked if not getattr(self, name)]


@dataclass(frozen=True)
class InvoiceSums:
    """Sums of some rows: `amount` in units, `vat` in thousandths, None where not stated."""

    amount: int | Fraction
    vat: int | None

    @property
    def to_pay(self) -> int | None:
        """Amount and tax in thousandths; None if the round states no rule for the tax."""
        return _with_tax(self.amount, self.vat)


def _with_tax(amount: int | Fraction, vat: int | None) -> int | None:
    return None if vat is None else int(amount * THOUSANDTHS_PER_UNIT) + vat


@dataclass(frozen=True)
class InvoiceBasis:
    """All rows, by year and code, and the INVOICE_ROUND_FIELDS that the round does not state."""

    years: list[int]
    rows: list[InvoiceRow]
    missing: list[str]

    @property
    def by_year(self) -> dict[int, InvoiceSums]:
        """The sums of each year; the amount is what is secured in it and not invoiced or paid."""
        return {
            year: _sum_rows([row for row in self.rows if row.year == year]) for year in self.years
        }

    @property
    def total(self) -> InvoiceSums:
        """The sums over all years."""
        return _sum_rows(self.rows)

    @property
    def requests(self) -> list[InvoiceRow]:
        """One row for each member with missing details, of its earliest year, by code."""
        first = {row.code: row for row in reversed(self.rows) if row.missing}
        return [first[code] for code in sorted(first)]

    @property
    def missing_members(self) -> dict[str, int]:
        """The number of members that lack each of INVOICE_MEMBER_FIELDS."""
        found = Counter(name for row in self.requests for name in row.missing)
        return {name: found[name] for name in INVOICE_MEMBER_FIELDS}


def build_invoice_basis(
    statement: Statement, details: pd.DataFrame, ledger: ReceivablesLedger | None = None
) -> InvoiceBasis:
    """What is still to be invoiced as of the statement's day.

    A yes is invoiced in the years that it covers, until the member leaves; one on a condition only
    where the round lets it count, a withdrawn one only where the round lets it bind. `details` as
    data.invoicing.load_invoicing gives them. With a `ledger` the amounts are its `not_invoiced`,
    and what has been invoiced or paid in full has no row; without one everything has.
    """
    members = statement.on_day.everyone.merge(details, on="code", how="left", validate="one_to_one")
    members = members.fillna(dict.fromkeys(("organisation_number", "buyer_reference"), ""))
    rule = statement.round.invoicing
    return InvoiceBasis(
        years=sorted(statement.round.years),
        rows=[
            row
            for year, amounts in sorted(statement.on_day.secured.items())
            for row in _rows_of_year(
                members.assign(
                    amount=members["code"].map(amounts),
                    due=members["code"].map(statement.on_day.due[year]),
                ),
                year,
                statement.round,
                ledger,
            )
        ],
        missing=_missing_round_fields(rule),
    )


def _rows_of_year(
    members: pd.DataFrame, year: int, round_: Round, ledger: ReceivablesLedger | None
) -> list[InvoiceRow]:
    rule, digits = round_.invoicing, minor_digits(round_.currency)
    yes = has_said_yes(members) & covers_year(members["years"], year)
    invoiced_members = members[yes & owes_for(round_, members, year)]
    records = invoiced_members.sort_values("code").to_dict("records")
    fees = {str(row["code"]): int(row["amount"]) for row in records}
    amounts = fees if ledger is None else _amounts_left(ledger, year)
    return [
        InvoiceRow(
            code=str(row["code"]),
            name=str(row["name"]),
            year=year,
            amount=amounts[str(row["code"])],
            fee=fees[str(row["code"])],
            vat=vat_on(amounts[str(row["code"])], rule, digits),
            organisation_number=str(row["organisation_number"]),
            case_number=str(row["case_number"]),
            buyer_reference=str(row["buyer_reference"]),
            withdrawn=bool(row["withdrawn"]),
            condition=str(row["condition"]),
            asked=_asked_fields(rule),
            **_membership_days(row, year),
            **_stated_amount(row, round_),
            whole_fee=_whole_fee_of_part(row, round_),
        )
        for row in records
        if str(row["code"]) in amounts
        # A yes to a pledge that is not confirmed may secure nothing, and then nothing is invoiced.
        and (amounts[str(row["code"])] or not round_.pricing.takes_pledges)
    ]


def _membership_days(row: Mapping[Hashable, Any], year: int) -> dict[str, Any]:
    return {name: _day_within(row.get(column), year) for name, column in _MEMBERSHIP_DAYS}


def _stated_amount(row: Mapping[Hashable, Any], round_: Round) -> dict[str, Any]:
    """What a pledge secures as the member stated it, if that is in another currency."""
    currency = row.get("currency", round_.currency)
    if currency == round_.currency:
        return {}
    confirmed_only = pledges_of(round_).secured == "confirmed"
    text = row["confirmed_amount"] if confirmed_only else row["amount"]
    return {"stated": Fraction(text or 0), "currency": str(currency)}


def _whole_fee_of_part(row: Mapping[Hashable, Any], round_: Round) -> int | None:
    """What is due for the year, where the yes is of another amount."""
    due = int(row["due"])
    return due if round_.part_pledges and due != int(row["amount"]) else None


def _amounts_left(ledger: ReceivablesLedger, year: int) -> Mapping[str, int | Fraction]:
    """What is still to be invoiced of each member for a year; only those with an amount left."""
    left = {position.code: position.not_invoiced for position in ledger.of_year(year)}
    return {code: Fraction(amount, THOUSANDTHS_PER_UNIT) for code, amount in left.items() if amount}


def _day_within(day: pd.Timestamp | None, year: int) -> date | None:
    """A day that is within a year, else None."""
    return day.date() if day is not None and not pd.isna(day) and day.year == year else None


def vat_on(amount: int | Fraction, rule: InvoicingSettings, digits: int) -> int | None:
    """Return the tax on an amount in thousandths, rounded half up once; None without a rule.

    It is rounded to the currency's `digits` decimals, or to whole units by the round's rule.
    """
    if rule.vat == "not-stated":
        return None
    if rule.vat_percent is None:
        return 0
    tax = Fraction(amount) * rule.vat_percent / 100
    decimals = 0 if rule.vat_rounded_to == "krona" else digits
    thousandths = (1000, 100, 10, 1)[decimals]  # in the unit that it is rounded to
    return round_half_up(tax * 10**decimals) * thousandths


def _asked_fields(rule: InvoicingSettings) -> tuple[str, ...]:
    """Return INVOICE_MEMBER_FIELDS, without organisation numbers in a round that has none."""
    without = "organisation_number" if rule.organisation_numbers == "none" else ""
    return tuple(name for name in INVOICE_MEMBER_FIELDS if name != without)


def _missing_round_fields(rule: InvoicingSettings) -> list[str]:
    stated = {"our_reference": bool(rule.our_reference), "vat": rule.vat != "not-stated"}
    return [name for name in INVOICE_ROUND_FIELDS if not stated[name]]


def _sum_rows(rows: Sequence[InvoiceRow]) -> InvoiceSums:
    taxes = [row.vat for row in rows if row.vat is not None]
    stated = len(taxes) == len(rows)
    return InvoiceSums(sum(row.amount for row in rows), sum(taxes) if stated else None)
