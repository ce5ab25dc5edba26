"""What to invoice: one row for each yes and year, and the details that are still missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import pandas as pd

from helpers.funding.answers.answer_states import YES, covers_year
from helpers.funding.statement.round_statement import Statement
from helpers.funding.totals.member_table import secured_by_year
from helpers.model.round_settings import InvoicingSettings
from helpers.rounding import round_half_up

# The details that an invoice needs of a member, and of the round.
INVOICE_MEMBER_FIELDS = ("organisation_number", "case_number", "buyer_reference")
INVOICE_ROUND_FIELDS = ("our_reference", "vat")


@dataclass(frozen=True)
class InvoiceRow:
    """One invoice: a member's yes for a year.

    `amount` is in whole currency units without value added tax; `vat` is the tax in hundredths,
    None if the round states no rule for it. Blank texts are unknown. `withdrawn` marks a withdrawn
    yes that binds; `condition` is the condition of a yes that counts in spite of it. `asked` are
    the fields that the round needs of a member.
    """

    code: str
    name: str
    year: int
    amount: int
    vat: int | None
    organisation_number: str
    case_number: str
    buyer_reference: str
    withdrawn: bool
    condition: str
    asked: tuple[str, ...] = INVOICE_MEMBER_FIELDS

    @property
    def to_pay(self) -> int | None:
        """Amount and tax in hundredths; None if the round states no rule for the tax."""
        return _with_tax(self.amount, self.vat)

    @property
    def missing(self) -> list[str]:
        """The names in INVOICE_MEMBER_FIELDS that are asked for and not known."""
        return [name for name in self.asked if not getattr(self, name)]


@dataclass(frozen=True)
class InvoiceSums:
    """Sums of rows: `amount` in whole units, `vat` in hundredths (None without a rule)."""

    amount: int
    vat: int | None

    @property
    def to_pay(self) -> int | None:
        """Amount and tax in hundredths; None if the round states no rule for the tax."""
        return _with_tax(self.amount, self.vat)


def _with_tax(amount: int, vat: int | None) -> int | None:
    return None if vat is None else amount * 100 + vat


@dataclass(frozen=True)
class InvoiceBasis:
    """All rows, by year and code, and the INVOICE_ROUND_FIELDS that the round does not state."""

    years: list[int]
    rows: list[InvoiceRow]
    missing: list[str]

    @property
    def by_year(self) -> dict[int, InvoiceSums]:
        """The sums of each year; the amount is what is secured in that year."""
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


def build_invoice_basis(statement: Statement, details: pd.DataFrame) -> InvoiceBasis:
    """Return what to invoice as of the statement's day.

    A yes is invoiced in the years that it covers: a conditional one only if the round counts it, a
    withdrawn one only if the round makes a yes binding. `details` is the frame of
    invoicing_file.load_invoicing.
    """
    members = statement.answers.merge(details, on="code", how="left", validate="one_to_one")
    members = members.fillna(dict.fromkeys(("organisation_number", "buyer_reference"), ""))
    rule = statement.round.invoicing
    return InvoiceBasis(
        years=sorted(statement.round.years),
        rows=[
            row
            for year, amounts in sorted(secured_by_year(statement.round, members).items())
            for row in _rows_of_year(members.assign(amount=amounts), year, rule)
        ],
        missing=_missing_round_fields(rule),
    )


def _rows_of_year(members: pd.DataFrame, year: int, rule: InvoicingSettings) -> list[InvoiceRow]:
    invoiced_members = members[(members["decision"] == YES) & covers_year(members["years"], year)]
    return [
        InvoiceRow(
            code=str(row["code"]),
            name=str(row["name"]),
            year=year,
            amount=int(row["amount"]),
            vat=vat_on(int(row["amount"]), rule),
            organisation_number=str(row["organisation_number"]),
            case_number=str(row["case_number"]),
            buyer_reference=str(row["buyer_reference"]),
            withdrawn=bool(row["withdrawn"]),
            condition=str(row["condition"]),
            asked=_asked_fields(rule),
        )
        for row in invoiced_members.sort_values("code").to_dict("records")
    ]


def vat_on(amount: int, rule: InvoicingSettings) -> int | None:
    """Return the tax on an amount in hundredths, rounded half up once; None without a rule."""
    if rule.vat == "not-stated":
        return None
    if rule.vat_percent is None:
        return 0
    tax = Fraction(amount) * rule.vat_percent / 100
    return (
        round_half_up(tax) * 100
        if rule.vat_rounded_to == "krona"
        else round_half_up(tax, Fraction(1, 100))
    )


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
