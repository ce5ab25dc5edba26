"""The invoice basis as tables: what to invoice, and what to ask for, in the reader's language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from helpers.figures.block import Block, stack
from helpers.figures.prose import callout, paragraphs
from helpers.figures.tables import Column, table_block
from helpers.formats import Speech
from helpers.funding.invoices import InvoiceBasis, InvoiceRow, Sums
from helpers.funding.statement import Statement
from helpers.pricing.decimals import as_text

Kind = Literal["text", "year", "money"]
Cell = str | int | Decimal


@dataclass(frozen=True)
class Field:
    """A column of a sheet: its heading, what it holds, and its width in characters."""

    heading: str
    kind: Kind = "text"
    width: int = 14


@dataclass(frozen=True)
class Sheet:
    """A sheet of text and numbers: a money cell is in units of currency, exactly, or blank.

    `totals` are set off below the rows.
    """

    name: str
    fields: Sequence[Field]
    rows: Sequence[Sequence[Cell]]
    totals: Sequence[Sequence[Cell]] = ()


def basis_sheets(statement: Statement, basis: InvoiceBasis, say: Speech) -> tuple[Sheet, Sheet]:
    """The rows to invoice, and the list of what to ask for and of whom.

    On reconstructed answers the first column of both says that this is an example and no invoice.
    """
    return _rows_sheet(statement, basis, say), _requests_sheet(statement, basis, say)


def invoices(statement: Statement, basis: InvoiceBasis, say: Speech) -> Block:
    """The basis for analysts: both tables, as the files have them."""
    rows, requests = basis_sheets(statement, basis, say)
    notice = [callout(say("EXEMPEL – ej faktura"))] if statement.reconstructed else []
    if not rows.rows:
        return paragraphs(say("Ingen kommun har sagt ja: det finns inget att fakturera."))
    return stack(*notice, _block(rows, say), _block(requests, say))


def _block(sheet: Sheet, say: Speech) -> Block:
    columns = [Column(f.heading, "right" if f.kind == "money" else "left") for f in sheet.fields]
    lines = [*sheet.rows, *sheet.totals]
    shown = [
        [_shown(cell, field, say) for cell, field in zip(row, sheet.fields, strict=True)]
        for row in lines
    ]
    total = shown.pop() if sheet.totals else None
    return table_block(sheet.name, columns, shown, total)


def _shown(cell: Cell, field: Field, say: Speech) -> str:
    if isinstance(cell, str) or field.kind != "money":
        return str(cell)
    if isinstance(cell, int):
        return say.count(cell)
    return say.decimals(Fraction(cell), 2)


def _rows_sheet(statement: Statement, basis: InvoiceBasis, say: Speech) -> Sheet:
    taxed = statement.round.invoicing.vat == "added"
    lines = [_line(row, statement, say) for row in basis.rows]
    fields = [
        *_example_field(statement, say),
        Field(say("Kod"), width=8),
        Field(say("Kommun"), width=22),
        Field(say("Organisationsnummer"), width=20),
        Field(say("År"), "year", 8),
        Field(say("Belopp utan moms, kr"), "money", 20),
        Field(say("Moms"), width=24),
        *([Field(say("Moms, kr"), "money"), Field(say("Att betala, kr"), "money")] * taxed),
        Field(say("Period"), width=28),
        Field(say("Vår referens"), width=20),
        Field(say("Köparens diarienummer"), width=24),
        Field(say("Köparens referens"), width=20),
        Field(say("Betalningsvillkor"), width=18),
        Field(say("Saknas"), width=48),
        Field(say("Anmärkning"), width=40),
    ]
    return Sheet(say("Fakturaunderlag"), fields, lines, _totals(statement, basis, say, len(fields)))


def _line(row: InvoiceRow, statement: Statement, say: Speech) -> list[Cell]:
    rule = statement.round.invoicing
    return [
        *_example(statement, say),
        row.code,
        row.name,
        row.organisation_number,
        row.year,
        *_money(row, statement, say),
        _period(row.year, statement, say),
        rule.our_reference,
        row.case_number,
        row.buyer_reference,
        say.text(rule.due) if rule.due else "",
        ", ".join(field_names(say)[name] for name in row.missing),
        _remark(row, say),
    ]


def _totals(statement: Statement, basis: InvoiceBasis, say: Speech, width: int) -> list[list[Cell]]:
    """A row for each year and one for all of them, as broad as the sheet."""
    sums = [(say("Summa {year}", year=str(year)), part) for year, part in basis.by_year.items()]
    if len(sums) > 1:
        sums.append((say("Summa alla år"), basis.total))
    lines: list[list[Cell]] = [
        [*_example(statement, say), label, "", "", "", *_money(part, statement, say)]
        for label, part in sums
    ]
    return [[*line, *[""] * (width - len(line))] for line in lines]


def _money(part: InvoiceRow | Sums, statement: Statement, say: Speech) -> list[Cell]:
    """Amount, the rule for the tax, and where it is added the tax and what is to pay."""
    money: list[Cell] = [part.amount, vat_text(statement, say)]
    if statement.round.invoicing.vat == "added":
        money += [_units(part.vat), _units(part.to_pay)]
    return money


def _requests_sheet(statement: Statement, basis: InvoiceBasis, say: Speech) -> Sheet:
    names, contact = field_names(say), statement.round.contact
    own = [
        [
            *_example(statement, say), "", statement.round.organiser.name,
            ", ".join(names[name] for name in basis.missing), "",
        ]
    ] * bool(basis.missing)  # fmt: skip
    lines = [
        [
            *_example(statement, say), row.code, row.name,
            ", ".join(names[name] for name in row.missing),
            say.text(contact) if contact else "",
        ]
        for row in basis.requests
    ]  # fmt: skip
    fields = [
        *_example_field(statement, say),
        Field(say("Kod"), width=8),
        Field(say("Vem"), width=30),
        Field(say("Uppgifter som saknas"), width=56),
        Field(say("Frågan ställs till"), width=56),
    ]
    return Sheet(say("Saknade uppgifter"), fields, [*own, *lines])


def field_names(say: Speech) -> dict[str, str]:
    """What each field that may be missing is called."""
    return {
        "organisation_number": say("organisationsnummer"),
        "case_number": say("diarienummer"),
        "buyer_reference": say("köparens referens"),
        "our_reference": say("vår referens"),
        "vat": say("regel för moms"),
    }


def vat_text(statement: Statement, say: Speech) -> str:
    """The round's rule for value added tax in a few words."""
    rule = statement.round.invoicing
    if rule.vat_percent is not None:
        digits = len(as_text(rule.vat_percent).partition(".")[2])
        return say("{percent} tillkommer", percent=say.percent(rule.vat_percent / 100, digits))
    if rule.vat == "exempt":
        return say("undantaget från moms")
    return say("moms: ej angivet i källorna")


def _period(year: int, statement: Statement, say: Speech) -> str:
    own = statement.round.invoicing.period.get(str(year))
    return say.text(own) if own else say("1 januari–31 december {year}", year=str(year))


def _remark(row: InvoiceRow, say: Speech) -> str:
    remarks = []
    if row.withdrawn:
        remarks.append(say("Jaet är återtaget men gäller enligt rundan."))
    if row.condition:
        text = say("Ja med villkor, som enligt rundan räknas: {words}.", words=row.condition)
        remarks.append(text)
    return " ".join(remarks)


def _example_field(statement: Statement, say: Speech) -> list[Field]:
    return [Field(say("Obs"), width=22)] * statement.reconstructed


def _example(statement: Statement, say: Speech) -> list[str]:
    return [say("EXEMPEL – ej faktura")] * statement.reconstructed


def _units(hundredths: int | None) -> Cell:
    return "" if hundredths is None else Decimal(hundredths).scaleb(-2)
