"""The section on what has been secured, invoiced and paid, and what to do about it."""

from __future__ import annotations

from fractions import Fraction

from helpers.funding.billing.payment_counts import PaymentCounts
from helpers.funding.billing.receivables_ledger import ReceivablesLedger, ReceivableSums
from helpers.i18n.localizer import Localizer
from helpers.i18n.money_units import number_digits
from helpers.model.currency import MILLIONTHS_PER_UNIT, THOUSANDTHS_PER_UNIT
from helpers.sections.components.block import EMPTY_BLOCK, Block, stack
from helpers.sections.components.data_table import Column, table_block
from helpers.sections.components.notices import example_callout
from helpers.sections.components.payment_texts import (
    action_text,
    format_kronor,
    format_thousandths,
    payments_brief,
)
from helpers.sections.components.section_context import SectionContext
from helpers.sections.components.text import paragraphs

MAX_MEMBERS_TO_ACT_ON = 40  # members to act on in a report; figures.json has them all

# Steps that are shown only where there is something in them.
_RARE_STEPS = {"paid_without_yes", "advance_in", "advance_out", "paid_uninvoiced"}


def payments(context: SectionContext, ledger: ReceivablesLedger | None) -> Block:
    """The sums by step, and the members that require an action.

    Without payments.csv it states that only the secured amount is known. Secured is not invoiced,
    and invoiced is not paid.
    """
    loc = context.loc
    if ledger is None:
        return paragraphs(
            loc(
                "Rapporten visar bara vad som är säkrat. Vad som är fakturerat och betalt framgår "
                "inte av underlaget."
            )
        )
    return stack(
        example_callout(context),
        payments_brief(ledger, loc),
        _ladder_table(ledger, loc),
        paragraphs(*_ladder_notes(ledger, loc)),
        _counts_table(ledger, loc),
        _action_table(ledger, loc),
    )


def _ladder_table(ledger: ReceivablesLedger, loc: Localizer) -> Block:
    """Return a table with one row per step and one column per year."""
    columns, sums = _year_columns(loc("Steg"), ledger, loc)
    steps = {
        name: label
        for name, label in _step_names(loc).items()
        if name not in _RARE_STEPS or any(getattr(step, name) for step in sums)
    }
    digits = _decimals_needed([getattr(step, name) for step in sums for name in steps])
    rows = [
        [label, *(format_thousandths(getattr(step, name), digits, loc) for step in sums)]
        for name, label in steps.items()
    ]
    return table_block(loc("Från ja till betalning, kr utan moms."), columns, rows)


def _year_columns(
    heading: str, ledger: ReceivablesLedger, loc: Localizer
) -> tuple[list[Column], list[ReceivableSums]]:
    """A column for each year and, of several, one for them all; with the sums of each."""
    columns = [Column(heading, "left"), *(Column(str(year)) for year in ledger.years)]
    sums = list(ledger.by_year.values())
    if len(sums) == 1:
        return columns, sums
    return [*columns, Column(loc("Alla år"))], [*sums, ledger.all_years]


def _step_names(loc: Localizer) -> dict[str, str]:
    return {
        "secured": loc("Säkrat"),
        "not_invoiced": loc("varav kvar att fakturera"),
        "invoiced": loc("Fakturerat, brutto"),
        "credit_due": loc("varav att kreditera"),
        "invoiced_net": loc("Fakturerat, netto"),
        "paid": loc("Betalt, brutto"),
        "paid_without_yes": loc("varav utan ja"),
        "overpaid": loc("varav överbetalt"),
        "advance_out": loc("varav förskott till senare år"),
        "advance_in": loc("Förskott från tidigare år"),
        "paid_net": loc("Betalt, netto"),
        "paid_uninvoiced": loc("varav betalt utan faktura"),
        "outstanding": loc("Utestående, brutto"),
        "outstanding_net": loc("Utestående, netto (minus överbetalt)"),
    }


def _ladder_notes(ledger: ReceivablesLedger, loc: Localizer) -> list[str]:
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
                "{n} faktura har inte skickats än, på {amount}.",
                "{n} fakturor har inte skickats än, på sammanlagt {amount}.",
                len(ledger.uninvoiced),
                amount=unsent,
            )
        )
    if ledger.rows_not_yet_known:
        notes.append(
            loc.plural(
                "{n} rad i underlaget gäller helt eller delvis senare dagar och räknas inte än.",
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
            "{n} belopp i underlaget har fler decimaler än valutan och är avrundat. Det ändrar "
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


def _counts_table(ledger: ReceivablesLedger, loc: Localizer) -> Block:
    """How many members have paid everything, more, a part and nothing; a column a year."""
    columns, _ = _year_columns(loc("Har betalat"), ledger, loc)
    counts: list[PaymentCounts] = list(ledger.counts_by_year.values())
    if len(counts) > 1:
        counts.append(ledger.counts)
    states = {
        "settled": loc("Allt"),
        "overpaid": loc("Mer än allt"),
        "part": loc("En del"),
        "nothing": loc("Inget"),
    }
    if ledger.counts.without_yes:
        states["without_yes"] = loc("Utan ett ja för året")
    rows = [
        [label, *(loc.count(getattr(count, name)) for count in counts)]
        for name, label in states.items()
    ]
    return table_block(
        loc("Kommuner efter hur mycket av det säkrade som är betalt."), columns, rows
    )


def _action_table(ledger: ReceivablesLedger, loc: Localizer) -> Block:
    """Return the members to remind, credit or repay, the largest amount first."""
    to_act_on = ledger.to_act_on
    if not to_act_on:
        return EMPTY_BLOCK
    columns = [
        Column(loc("Kommun"), "left"),
        Column(loc("År"), "left"),
        Column(loc("Säkrat, kr")),
        Column(loc("Fakturerat, kr")),
        Column(loc("Betalt, kr")),
        Column(loc("Att göra"), "left", 3),
    ]
    shown_positions = to_act_on[:MAX_MEMBERS_TO_ACT_ON]
    digits = _decimals_needed([n for p in shown_positions for n in (p.secured, p.invoiced, p.paid)])
    rows = [
        [
            position.name,
            str(position.year),
            format_thousandths(position.secured, digits, loc),
            format_thousandths(position.invoiced, digits, loc),
            format_thousandths(position.paid, digits, loc),
            action_text(position, loc),
        ]
        for position in shown_positions
    ]
    caption = loc(
        "Att följa upp: först vad som ska krediteras eller betalas tillbaka, sedan det övriga; "
        "störst belopp först."
    )
    table = table_block(caption, columns, rows)
    if len(shown_positions) == len(to_act_on):
        return table
    not_shown_text = loc.plural(
        "{n} rad till finns i figures.json.",
        "{n} rader till finns i figures.json.",
        len(to_act_on) - len(shown_positions),
    )
    return stack(table, paragraphs(not_shown_text))


def _decimals_needed(amounts: list[int]) -> int:
    """Return the number of decimals with which a table shows its amounts exactly."""
    exact = (Fraction(amount, THOUSANDTHS_PER_UNIT) for amount in amounts)
    return max(map(number_digits, exact), default=0)
