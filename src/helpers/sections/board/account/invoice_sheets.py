"""The sheets of the invoice basis: its rows and what is missing."""

from __future__ import annotations

from decimal import Decimal

from helpers.funding.billing.invoice_basis import InvoiceBasis, InvoiceRow, InvoiceSums
from helpers.funding.statement.round_statement import Statement
from helpers.i18n.localizer import Localizer
from helpers.pricing.decimals import decimal_text
from helpers.sections.components.invoice_sheet import InvoiceSheet, SheetColumn, SheetValue


def build_invoice_sheets(
    statement: Statement, basis: InvoiceBasis, loc: Localizer
) -> tuple[InvoiceSheet, InvoiceSheet]:
    """The rows to invoice, and the list of what to ask for and of whom.

    On reconstructed answers the first column of both says that this is an example and no invoice.
    """
    return _invoice_rows_sheet(statement, basis, loc), _missing_details_sheet(statement, basis, loc)


def _invoice_rows_sheet(statement: Statement, basis: InvoiceBasis, loc: Localizer) -> InvoiceSheet:
    taxed = statement.round.invoicing.vat == "added"
    lines = [_invoice_row(row, statement, loc) for row in basis.rows]
    fields = [
        *_example_column(statement, loc),
        SheetColumn(loc("Kod"), width=8),
        SheetColumn(loc("Kommun"), width=22),
        SheetColumn(loc("Organisationsnummer"), width=20),
        SheetColumn(loc("År"), "year", 8),
        SheetColumn(loc("Belopp utan moms, kr"), "money", 20),
        SheetColumn(loc("Moms"), width=24),
        *(
            [SheetColumn(loc("Moms, kr"), "money"), SheetColumn(loc("Att betala, kr"), "money")]
            * taxed
        ),
        SheetColumn(loc("Period"), width=28),
        SheetColumn(loc("Vår referens"), width=20),
        SheetColumn(loc("Köparens diarienummer"), width=24),
        SheetColumn(loc("Köparens referens"), width=20),
        SheetColumn(loc("Betalningsvillkor"), width=18),
        SheetColumn(loc("Saknas"), width=48),
        SheetColumn(loc("Anmärkning"), width=40),
    ]
    return InvoiceSheet(
        loc("Fakturaunderlag"), fields, lines, _total_rows(statement, basis, loc, len(fields))
    )


def _invoice_row(row: InvoiceRow, statement: Statement, loc: Localizer) -> list[SheetValue]:
    rule = statement.round.invoicing
    return [
        *_example_value(statement, loc),
        row.code,
        row.name,
        row.organisation_number,
        row.year,
        *_money_values(row, statement, loc),
        _invoice_period(row.year, statement, loc),
        rule.our_reference,
        row.case_number,
        row.buyer_reference,
        loc.text(rule.due) if rule.due else "",
        ", ".join(invoice_detail_names(loc)[name] for name in row.missing),
        _invoice_remark(row, loc),
    ]


def _total_rows(
    statement: Statement, basis: InvoiceBasis, loc: Localizer, width: int
) -> list[list[SheetValue]]:
    """A row for each year and one for all of them, as broad as the sheet."""
    sums = [(loc("Summa {year}", year=str(year)), part) for year, part in basis.by_year.items()]
    if len(sums) > 1:
        sums.append((loc("Summa alla år"), basis.total))
    lines: list[list[SheetValue]] = [
        [*_example_value(statement, loc), label, "", "", "", *_money_values(part, statement, loc)]
        for label, part in sums
    ]
    return [[*line, *[""] * (width - len(line))] for line in lines]


def _money_values(
    part: InvoiceRow | InvoiceSums, statement: Statement, loc: Localizer
) -> list[SheetValue]:
    """Amount, the rule for the tax, and where it is added the tax and what is to pay."""
    money: list[SheetValue] = [part.amount, vat_text(statement, loc)]
    if statement.round.invoicing.vat == "added":
        money += [_hundredths_to_decimal(part.vat), _hundredths_to_decimal(part.to_pay)]
    return money


def _missing_details_sheet(
    statement: Statement, basis: InvoiceBasis, loc: Localizer
) -> InvoiceSheet:
    names, contact = invoice_detail_names(loc), statement.round.contact
    own = [
        [
            *_example_value(statement, loc),
            "",
            statement.round.organiser.name,
            ", ".join(names[name] for name in basis.missing),
            "",
        ]
    ] * bool(basis.missing)
    lines = [
        [
            *_example_value(statement, loc),
            row.code,
            row.name,
            ", ".join(names[name] for name in row.missing),
            loc.text(contact) if contact else "",
        ]
        for row in basis.requests
    ]
    fields = [
        *_example_column(statement, loc),
        SheetColumn(loc("Kod"), width=8),
        SheetColumn(loc("Vem"), width=30),
        SheetColumn(loc("Uppgifter som saknas"), width=56),
        SheetColumn(loc("Frågan ställs till"), width=56),
    ]
    return InvoiceSheet(loc("Saknade uppgifter"), fields, [*own, *lines])


def invoice_detail_names(loc: Localizer) -> dict[str, str]:
    """What each field that may be missing is called."""
    return {
        "organisation_number": loc("organisationsnummer"),
        "case_number": loc("diarienummer"),
        "buyer_reference": loc("köparens referens"),
        "our_reference": loc("vår referens"),
        "vat": loc("regel för moms"),
    }


def vat_text(statement: Statement, loc: Localizer) -> str:
    """The round's rule for value added tax in a few words."""
    rule = statement.round.invoicing
    if rule.vat_percent is not None:
        digits = len(decimal_text(rule.vat_percent).partition(".")[2])
        return loc("{percent} tillkommer", percent=loc.percent(rule.vat_percent / 100, digits))
    if rule.vat == "exempt":
        return loc("undantaget från moms")
    return loc("moms: ej angivet i källorna")


def _invoice_period(year: int, statement: Statement, loc: Localizer) -> str:
    own = statement.round.invoicing.period.get(str(year))
    return loc.text(own) if own else loc("1 januari–31 december {year}", year=str(year))


def _invoice_remark(row: InvoiceRow, loc: Localizer) -> str:
    remarks = []
    if row.withdrawn:
        remarks.append(loc("Jaet är återtaget men gäller enligt rundan."))
    if row.condition:
        text = loc("Ja med villkor, som enligt rundan räknas: {words}.", words=row.condition)
        remarks.append(text)
    return " ".join(remarks)


def _example_column(statement: Statement, loc: Localizer) -> list[SheetColumn]:
    return [SheetColumn(loc("Obs"), width=22)] * statement.reconstructed


def _example_value(statement: Statement, loc: Localizer) -> list[str]:
    return [loc("EXEMPEL – ej faktura")] * statement.reconstructed


def _hundredths_to_decimal(hundredths: int | None) -> SheetValue:
    return "" if hundredths is None else Decimal(hundredths).scaleb(-2)
