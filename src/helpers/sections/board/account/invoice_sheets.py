"""The sheets of the invoice basis: its rows and what is missing."""

from __future__ import annotations

from decimal import Decimal

from helpers.funding.billing.invoice_basis import InvoiceBasis, InvoiceRow, InvoiceSums
from helpers.funding.statement.round_statement import Statement
from helpers.i18n.localizer import Localizer
from helpers.pricing.decimals import decimal_text
from helpers.sections.components.invoice_sheet import InvoiceSheet, SheetColumn, SheetValue


def build_invoice_sheets(
    statement: Statement, basis: InvoiceBasis, say: Localizer
) -> tuple[InvoiceSheet, InvoiceSheet]:
    """The rows to invoice, and the list of what to ask for and of whom.

    On reconstructed answers the first column of both says that this is an example and no invoice.
    """
    return _invoice_rows_sheet(statement, basis, say), _missing_details_sheet(statement, basis, say)


def _invoice_rows_sheet(statement: Statement, basis: InvoiceBasis, say: Localizer) -> InvoiceSheet:
    taxed = statement.round.invoicing.vat == "added"
    lines = [_invoice_row(row, statement, say) for row in basis.rows]
    fields = [
        *_example_column(statement, say),
        SheetColumn(say("Kod"), width=8),
        SheetColumn(say("Kommun"), width=22),
        SheetColumn(say("Organisationsnummer"), width=20),
        SheetColumn(say("År"), "year", 8),
        SheetColumn(say("Belopp utan moms, kr"), "money", 20),
        SheetColumn(say("Moms"), width=24),
        *(
            [SheetColumn(say("Moms, kr"), "money"), SheetColumn(say("Att betala, kr"), "money")]
            * taxed
        ),
        SheetColumn(say("Period"), width=28),
        SheetColumn(say("Vår referens"), width=20),
        SheetColumn(say("Köparens diarienummer"), width=24),
        SheetColumn(say("Köparens referens"), width=20),
        SheetColumn(say("Betalningsvillkor"), width=18),
        SheetColumn(say("Saknas"), width=48),
        SheetColumn(say("Anmärkning"), width=40),
    ]
    return InvoiceSheet(
        say("Fakturaunderlag"), fields, lines, _total_rows(statement, basis, say, len(fields))
    )


def _invoice_row(row: InvoiceRow, statement: Statement, say: Localizer) -> list[SheetValue]:
    rule = statement.round.invoicing
    return [
        *_example_value(statement, say),
        row.code,
        row.name,
        row.organisation_number,
        row.year,
        *_money_values(row, statement, say),
        _invoice_period(row.year, statement, say),
        rule.our_reference,
        row.case_number,
        row.buyer_reference,
        say.text(rule.due) if rule.due else "",
        ", ".join(invoice_detail_names(say)[name] for name in row.missing),
        _invoice_remark(row, say),
    ]


def _total_rows(
    statement: Statement, basis: InvoiceBasis, say: Localizer, width: int
) -> list[list[SheetValue]]:
    """A row for each year and one for all of them, as broad as the sheet."""
    sums = [(say("Summa {year}", year=str(year)), part) for year, part in basis.by_year.items()]
    if len(sums) > 1:
        sums.append((say("Summa alla år"), basis.total))
    lines: list[list[SheetValue]] = [
        [*_example_value(statement, say), label, "", "", "", *_money_values(part, statement, say)]
        for label, part in sums
    ]
    return [[*line, *[""] * (width - len(line))] for line in lines]


def _money_values(
    part: InvoiceRow | InvoiceSums, statement: Statement, say: Localizer
) -> list[SheetValue]:
    """Amount, the rule for the tax, and where it is added the tax and what is to pay."""
    money: list[SheetValue] = [part.amount, vat_text(statement, say)]
    if statement.round.invoicing.vat == "added":
        money += [_hundredths_to_decimal(part.vat), _hundredths_to_decimal(part.to_pay)]
    return money


def _missing_details_sheet(
    statement: Statement, basis: InvoiceBasis, say: Localizer
) -> InvoiceSheet:
    names, contact = invoice_detail_names(say), statement.round.contact
    own = [
        [
            *_example_value(statement, say),
            "",
            statement.round.organiser.name,
            ", ".join(names[name] for name in basis.missing),
            "",
        ]
    ] * bool(basis.missing)
    lines = [
        [
            *_example_value(statement, say),
            row.code,
            row.name,
            ", ".join(names[name] for name in row.missing),
            say.text(contact) if contact else "",
        ]
        for row in basis.requests
    ]
    fields = [
        *_example_column(statement, say),
        SheetColumn(say("Kod"), width=8),
        SheetColumn(say("Vem"), width=30),
        SheetColumn(say("Uppgifter som saknas"), width=56),
        SheetColumn(say("Frågan ställs till"), width=56),
    ]
    return InvoiceSheet(say("Saknade uppgifter"), fields, [*own, *lines])


def invoice_detail_names(say: Localizer) -> dict[str, str]:
    """What each field that may be missing is called."""
    return {
        "organisation_number": say("organisationsnummer"),
        "case_number": say("diarienummer"),
        "buyer_reference": say("köparens referens"),
        "our_reference": say("vår referens"),
        "vat": say("regel för moms"),
    }


def vat_text(statement: Statement, say: Localizer) -> str:
    """The round's rule for value added tax in a few words."""
    rule = statement.round.invoicing
    if rule.vat_percent is not None:
        digits = len(decimal_text(rule.vat_percent).partition(".")[2])
        return say("{percent} tillkommer", percent=say.percent(rule.vat_percent / 100, digits))
    if rule.vat == "exempt":
        return say("undantaget från moms")
    return say("moms: ej angivet i källorna")


def _invoice_period(year: int, statement: Statement, say: Localizer) -> str:
    own = statement.round.invoicing.period.get(str(year))
    return say.text(own) if own else say("1 januari–31 december {year}", year=str(year))


def _invoice_remark(row: InvoiceRow, say: Localizer) -> str:
    remarks = []
    if row.withdrawn:
        remarks.append(say("Jaet är återtaget men gäller enligt rundan."))
    if row.condition:
        text = say("Ja med villkor, som enligt rundan räknas: {words}.", words=row.condition)
        remarks.append(text)
    return " ".join(remarks)


def _example_column(statement: Statement, say: Localizer) -> list[SheetColumn]:
    return [SheetColumn(say("Obs"), width=22)] * statement.reconstructed


def _example_value(statement: Statement, say: Localizer) -> list[str]:
    return [say("EXEMPEL – ej faktura")] * statement.reconstructed


def _hundredths_to_decimal(hundredths: int | None) -> SheetValue:
    return "" if hundredths is None else Decimal(hundredths).scaleb(-2)
