"""Notes below the ladder from a yes to payment: how to read it, and its exceptional rows."""

from __future__ import annotations

from fractions import Fraction

from helpers.funding.billing.receivables_ledger import ReceivablesLedger, ReceivableSums
from helpers.i18n.localizer import Localizer
from helpers.model.currency import MILLIONTHS_PER_UNIT
from helpers.sections.components.payment_texts import format_kronor


def ladder_notes(ledger: ReceivablesLedger, loc: Localizer) -> list[str]:
    """Return notes on how to read the table, and on its exceptional rows."""
    notes = [
        loc(
            "Varje kommun och år räknas för sig: en kommuns överbetalning täcker aldrig vad en "
            "annan är skyldig. Skillnader under 1 kr räknas som reglerade."
        )
    ]
    if ledger.uninvoiced:
        unsent = format_kronor(sum(position.not_invoiced for position in ledger.uninvoiced), loc)
        notes.append(
            loc.plural(
                "En faktura har inte skickats än, på {amount}.",
                "{n} fakturor har inte skickats än, på sammanlagt {amount}.",
                len(ledger.uninvoiced),
                amount=unsent,
            )
        )
    if ledger.rows_not_yet_known:
        notes.append(
            loc.plural(
                "En rad i underlaget gäller helt eller delvis senare dagar och räknas inte än.",
                "{n} rader i underlaget gäller helt eller delvis senare dagar och räknas inte än.",
                ledger.rows_not_yet_known,
            )
        )
    return [*notes, *_rounded_amounts(ledger, loc), *_settled_differences(ledger.all_years, loc)]


def _rounded_amounts(ledger: ReceivablesLedger, loc: Localizer) -> list[str]:
    """What rounding amounts with more decimals than the currency has added, if any were."""
    if not ledger.amounts_rounded:
        return []
    invoiced, paid = (
        ("+" if part > 0 else "") + loc.exact_rate(Fraction(part, MILLIONTHS_PER_UNIT))
        for part in ledger.rounding
    )
    return [
        loc.plural(
            "Ett belopp i underlaget har fler decimaler än valutan och är avrundat. Det ändrar "
            "summan av det fakturerade med {invoiced} och av det betalda med {paid}.",
            "{n} belopp i underlaget har fler decimaler än valutan och är avrundade, vart och ett "
            "för sig. Det ändrar summan av det fakturerade med {invoiced} och av det betalda med "
            "{paid}.",
            ledger.amounts_rounded,
            invoiced=invoiced,
            paid=paid,
        )
    ]


def _settled_differences(total: ReceivableSums, loc: Localizer) -> list[str]:
    if not (total.residue_invoiced or total.residue_paid):
        return []
    return [
        loc(
            "Reglerade öresskillnader: {invoiced} mellan säkrat och fakturerat, {paid} mellan "
            "fakturerat och betalt.",
            invoiced=format_kronor(total.residue_invoiced, loc),
            paid=format_kronor(total.residue_paid, loc),
        )
    ]
