"""The section on what has been secured, invoiced and paid, and what to do about it."""

from __future__ import annotations

from fractions import Fraction

from helpers.funding.billing.receivables import (
    HUNDREDTHS_PER_UNIT,
    Receivable,
    ReceivablesLedger,
    ReceivableSums,
)
from helpers.i18n.localizer import Localizer
from helpers.sections.components.block import EMPTY_BLOCK, Block, stack
from helpers.sections.components.data_table import Column, table_block
from helpers.sections.components.notices import example_callout
from helpers.sections.components.section_context import SectionContext
from helpers.sections.components.text import paragraphs

MAX_MEMBERS_TO_ACT_ON = 40  # members to act on in a report; figures.json has them all


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
        paragraphs(ladder_text(ledger, loc)),
        _ladder_table(ledger, loc),
        paragraphs(*_ladder_notes(ledger, loc)),
        _action_table(ledger, loc),
    )


def ladder_text(ledger: ReceivablesLedger, loc: Localizer) -> str:
    """Return the sums of all steps in one sentence, over all years."""
    total = ledger.all_years
    return loc(
        "Av {secured} säkrade för alla år är {invoiced} fakturerade, {paid} betalda och "
        "{outstanding} utestående.",
        secured=_format_kronor(total.secured, loc),
        invoiced=_format_kronor(total.invoiced, loc),
        paid=_format_kronor(total.paid, loc),
        outstanding=_format_kronor(total.outstanding, loc),
    )


def _ladder_table(ledger: ReceivablesLedger, loc: Localizer) -> Block:
    """Return a table with one row per step and one column per year."""
    steps = list(ledger.by_year.items())
    columns = [Column(loc("Steg"), "left"), *(Column(str(year)) for year, _ in steps)]
    sums = [step for _, step in steps]
    if len(steps) > 1:
        columns.append(Column(loc("Alla år")))
        sums.append(ledger.all_years)
    digits = _decimals_needed([getattr(step, name) for step in sums for name in _step_names(loc)])
    rows = [
        [label, *(_format_hundredths(getattr(step, name), digits, loc) for step in sums)]
        for name, label in _step_names(loc).items()
    ]
    return table_block(loc("Från ja till betalning, kr utan moms."), columns, rows)


def _step_names(loc: Localizer) -> dict[str, str]:
    return {
        "secured": loc("Säkrat"),
        "not_invoiced": loc("varav inte fakturerat"),
        "invoiced": loc("Fakturerat, brutto"),
        "credit_due": loc("varav att kreditera"),
        "invoiced_net": loc("Fakturerat, netto"),
        "paid": loc("Betalt, brutto"),
        "overpaid": loc("varav överbetalt"),
        "paid_net": loc("Betalt, netto"),
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
        unsent = _format_kronor(sum(position.not_invoiced for position in ledger.uninvoiced), loc)
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
    return [*notes, *_settled_differences(ledger.all_years, loc)]


def _settled_differences(total: ReceivableSums, loc: Localizer) -> list[str]:
    if not (total.residue_invoiced or total.residue_paid):
        return []
    return [
        loc(
            "Reglerade öresskillnader: {invoiced} mellan säkrat och fakturerat, {paid} mellan "
            "fakturerat och betalt.",
            invoiced=_format_kronor(total.residue_invoiced, loc),
            paid=_format_kronor(total.residue_paid, loc),
        )
    ]


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
            _format_hundredths(position.secured, digits, loc),
            _format_hundredths(position.invoiced, digits, loc),
            _format_hundredths(position.paid, digits, loc),
            _action_text(position, loc),
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


def _action_text(position: Receivable, loc: Localizer) -> str:
    steps = []
    if position.credit_reason:
        why = {
            "withdrawn": loc("jaet är återtaget"),
            "no yes": loc("inget ja"),
            "above the fee": loc("mer än avgiften"),
        }[position.credit_reason]
        steps.append(
            loc(
                "kreditera {amount} ({why})",
                amount=_format_kronor(position.credit_due, loc),
                why=why,
            )
        )
    if position.invoiced and position.not_invoiced:
        steps.append(
            loc("fakturera {amount} till", amount=_format_kronor(position.not_invoiced, loc))
        )
    if position.outstanding:
        steps.append(loc("{amount} utestående", amount=_format_kronor(position.outstanding, loc)))
    if position.overpaid:
        steps.append(loc("betala tillbaka {amount}", amount=_format_kronor(position.overpaid, loc)))
    return "; ".join(steps)


def _decimals_needed(amounts: list[int]) -> int:
    """Return the number of decimals with which a table shows its amounts exactly."""
    return 2 if any(amount % HUNDREDTHS_PER_UNIT for amount in amounts) else 0


def _format_hundredths(hundredths: int, digits: int, loc: Localizer) -> str:
    return loc.decimals(Fraction(hundredths, HUNDREDTHS_PER_UNIT), digits)


def _format_kronor(hundredths: int, loc: Localizer) -> str:
    """Format an amount exactly: whole kronor without decimals, otherwise with öre."""
    if hundredths % HUNDREDTHS_PER_UNIT:
        return loc.unit_price(Fraction(hundredths, HUNDREDTHS_PER_UNIT))
    return loc.money(hundredths // HUNDREDTHS_PER_UNIT)
