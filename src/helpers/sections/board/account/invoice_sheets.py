"""The sheets of the invoice basis: the rows to invoice, and the details that are missing."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from helpers.funding.billing.invoice_basis import InvoiceBasis, InvoiceRow, InvoiceSums
from helpers.i18n.localizer import Localizer
from helpers.i18n.money_units import round_to_decimals
from helpers.model.currency import THOUSANDTHS_PER_UNIT, minor_digits
from helpers.pricing.decimals import decimal_text
from helpers.sections.components.invoice_sheet import (
    InvoiceSheet,
    SheetColumn,
    SheetValue,
    units_to_sheet_value,
)
from helpers.sections.components.notices import sheet_opening
from helpers.sections.components.section_context import SectionContext
from helpers.sections.pricing.pledges.pledge_sentences import money_in, rate_text


def build_invoice_sheets(
    context: SectionContext, basis: InvoiceBasis
) -> tuple[InvoiceSheet, InvoiceSheet]:
    """Return the rows to invoice, and the list of details to request, by member.

    With reconstructed answers, and for a day that has not come, the first column of both states
    that this is not an invoice.
    """
    return _invoice_rows_sheet(context, basis), _missing_details_sheet(context, basis)


def _invoice_rows_sheet(context: SectionContext, basis: InvoiceBasis) -> InvoiceSheet:
    loc = context.loc
    vat_added = context.statement.round.invoicing.vat == "added"
    lines = [_invoice_row(context, row) for row in basis.rows]
    fields = [
        *_example_column(context),
        SheetColumn(loc("Kod"), width=8),
        SheetColumn(loc("Kommun"), width=22),
        SheetColumn(loc("Organisationsnummer"), width=20),
        SheetColumn(loc("År"), "year", 8),
        SheetColumn(loc("Belopp utan moms, kr"), "money", 20),
        SheetColumn(loc("Moms"), width=24),
        *(
            [SheetColumn(loc("Moms, kr"), "money"), SheetColumn(loc("Att betala, kr"), "money")]
            * vat_added
        ),
        SheetColumn(loc("Period"), width=28),
        SheetColumn(loc("Vår referens"), width=20),
        SheetColumn(loc("Köparens diarienummer"), width=24),
        SheetColumn(loc("Köparens referens"), width=20),
        SheetColumn(loc("Betalningsvillkor"), width=18),
        SheetColumn(loc("Saknas"), width=48),
        SheetColumn(loc("Anmärkning"), width=40),
    ]
    name, totals = loc("Fakturaunderlag"), _total_rows(context, basis, len(fields))
    return InvoiceSheet(name, fields, lines, totals, sheet_opening(context, name))


def _invoice_row(context: SectionContext, row: InvoiceRow) -> list[SheetValue]:
    loc = context.loc
    rule = context.statement.round.invoicing
    return [
        *_example_value(context),
        row.code,
        row.name,
        row.organisation_number,
        row.year,
        *_money_values(context, row),
        _invoice_period(context, row),
        rule.our_reference,
        row.case_number,
        row.buyer_reference,
        loc.text(rule.due) if rule.due else "",
        ", ".join(invoice_detail_names(loc)[name] for name in row.missing),
        _invoice_remark(context, row),
    ]


def _total_rows(context: SectionContext, basis: InvoiceBasis, width: int) -> list[list[SheetValue]]:
    """Return a total row for each year and one for all years, as wide as the sheet."""
    sums = [
        (context.loc("Summa {year}", year=str(year)), amounts)
        for year, amounts in basis.by_year.items()
    ]
    if len(sums) > 1:
        sums.append((context.loc("Summa alla år"), basis.total))
    lines: list[list[SheetValue]] = [
        [*_example_value(context), label, "", "", "", *_money_values(context, amounts)]
        for label, amounts in sums
    ]
    return [[*line, *[""] * (width - len(line))] for line in lines]


def _money_values(context: SectionContext, amounts: InvoiceRow | InvoiceSums) -> list[SheetValue]:
    """Return the amount and the rule for the tax; if tax is added, also the tax and the sum."""
    money: list[SheetValue] = [units_to_sheet_value(amounts.amount), vat_text(context)]
    if context.statement.round.invoicing.vat == "added":
        digits = max(2, minor_digits(context.statement.round.currency))
        money += [_with_decimals(amounts.vat, digits), _with_decimals(amounts.to_pay, digits)]
    return money


def _missing_details_sheet(context: SectionContext, basis: InvoiceBasis) -> InvoiceSheet:
    loc = context.loc
    names, contact = invoice_detail_names(loc), context.statement.round.contact
    organiser_rows = [
        [
            *_example_value(context),
            "",
            context.statement.round.organiser.name,
            ", ".join(names[name] for name in basis.missing),
            "",
        ]
    ] * bool(basis.missing)
    lines = [
        [
            *_example_value(context),
            row.code,
            row.name,
            ", ".join(names[name] for name in row.missing),
            loc.text(contact) if contact else "",
        ]
        for row in basis.requests
    ]
    fields = [
        *_example_column(context),
        SheetColumn(loc("Kod"), width=8),
        SheetColumn(loc("Vem"), width=30),
        SheetColumn(loc("Uppgifter som saknas"), width=56),
        SheetColumn(loc("Frågan ställs till"), width=56),
    ]
    name, above = loc("Saknade uppgifter"), sheet_opening(context, loc("Saknade uppgifter"))
    return InvoiceSheet(name, fields, [*organiser_rows, *lines], above=above)


def invoice_detail_names(loc: Localizer) -> dict[str, str]:
    """Return the name of each field that may be missing."""
    return {
        "organisation_number": loc("organisationsnummer"),
        "case_number": loc("diarienummer"),
        "buyer_reference": loc("köparens referens"),
        "our_reference": loc("vår referens"),
        "vat": loc("regel för moms"),
    }


def vat_text(context: SectionContext) -> str:
    """Return the round's rule for value added tax in a few words."""
    loc = context.loc
    rule = context.statement.round.invoicing
    if rule.vat_percent is not None:
        digits = len(decimal_text(rule.vat_percent).partition(".")[2])
        return loc("{percent} tillkommer", percent=loc.percent(rule.vat_percent / 100, digits))
    if rule.vat == "exempt":
        return loc("undantaget från moms")
    return loc("moms: ej angivet i källorna")


def _invoice_period(context: SectionContext, row: InvoiceRow) -> str:
    """The organiser's text for the year; else the year, or the part of it that is invoiced."""
    loc, round_ = context.loc, context.statement.round
    text = round_.invoicing.period.get(str(row.year))
    if text:
        return loc.text(text)
    if round_.part_of_year == "whole" or not (row.member_from or row.member_until):
        return loc("1 januari–31 december {year}", year=str(row.year))
    first = row.member_from or date(row.year, 1, 1)
    last = row.member_until or date(row.year, 12, 31)
    return f"{loc.date(first)}–{loc.date(last)}"


def _invoice_remark(context: SectionContext, row: InvoiceRow) -> str:
    loc, remarks = context.loc, []
    if row.stated is not None:
        text = loc(
            "{amount} för året är {stated}, efter kursen {rate}.",
            amount=loc.money(row.fee),
            stated=money_in(row.stated, row.currency, loc),
            rate=rate_text(context.statement, row.currency, loc),
        )
        remarks.append(text)
    if row.whole_fee is not None:
        whole = loc.money(row.whole_fee)
        part = loc("En del av avgiften, som är {fee}.", fee=whole)
        gift = loc("Avgiften är {fee}. Resten är en gåva.", fee=whole)
        remarks.append(part if row.fee < row.whole_fee else gift)
    if row.amount != row.fee:
        text = loc(
            "Resten av {fee}; det övriga är fakturerat eller betalt.", fee=loc.money(row.fee)
        )
        remarks.append(text)
    if row.withdrawn:
        remarks.append(loc("Jaet är återtaget men gäller enligt omgången."))
    if row.condition:
        text = loc("Ja med villkor, som enligt omgången räknas: {words}.", words=row.condition)
        remarks.append(text)
    if row.member_from:
        remarks.append(loc("Medlem från den {day}.", day=loc.date(row.member_from)))
    if row.member_until:
        remarks.append(loc("Medlem till den {day}.", day=loc.date(row.member_until)))
    return " ".join(remarks)


def _example_column(context: SectionContext) -> list[SheetColumn]:
    return [SheetColumn(context.loc("Obs"), width=26)] * bool(not_an_invoice_text(context))


def _example_value(context: SectionContext) -> list[str]:
    return [text] if (text := not_an_invoice_text(context)) else []


def not_an_invoice_text(context: SectionContext) -> str:
    """Why nothing of the basis may be invoiced; blank where it may."""
    statement, loc = context.statement, context.loc
    texts = [loc("EXEMPEL – ej faktura")] * statement.reconstructed
    if statement.future:
        day = loc.date(statement.as_of)
        texts.append(loc("Gäller den {day}, som inte har kommit – ej faktura", day=day))
    return "; ".join(texts)


def _with_decimals(thousandths: int | None, digits: int) -> SheetValue:
    if thousandths is None:
        return ""
    return round_to_decimals(Fraction(thousandths, THOUSANDTHS_PER_UNIT), digits)
