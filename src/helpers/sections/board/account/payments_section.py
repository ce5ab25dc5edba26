"""The section on what has been secured, invoiced and paid, and what to do about it."""

from __future__ import annotations

from fractions import Fraction

from helpers.funding.billing.payment_counts import PaymentCounts
from helpers.funding.billing.receivables import Receivable
from helpers.funding.billing.receivables_ledger import ReceivablesLedger, ReceivableSums
from helpers.i18n.localizer import Localizer
from helpers.i18n.money_units import number_digits
from helpers.model.currency import THOUSANDTHS_PER_UNIT
from helpers.sections.board.account.payment_notes import ladder_notes
from helpers.sections.components.block import EMPTY_BLOCK, Block, does_not_apply, stack
from helpers.sections.components.data_table import data_block
from helpers.sections.components.notices import example_mark
from helpers.sections.components.payment_texts import action_text, payments_brief
from helpers.sections.components.section_context import SectionContext
from helpers.sections.components.tables.section_table import SectionTable
from helpers.sections.components.tables.table_fields import FieldMaker, Record, TableField
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
        return does_not_apply(loc("Omgången har ingen fil över betalningar (payments.csv)."))
    return stack(
        payments_brief(ledger, loc),
        _ladder_table(ledger, loc),
        paragraphs(*ladder_notes(ledger, loc)),
        _counts_table(ledger, loc),
        _action_table(context, ledger),
    )


def _ladder_table(ledger: ReceivablesLedger, loc: Localizer) -> Block:
    """Return a table with one row per step and one column per year."""
    headings, sums = _year_columns(ledger, loc)
    steps = {
        name: label
        for name, label in _step_names(loc).items()
        if name not in _RARE_STEPS or any(getattr(step, name) for step in sums)
    }
    digits = _decimals_needed([getattr(step, name) for step in sums for name in steps])
    make = FieldMaker(loc)
    fields = [
        make.text("step", loc("Steg")),
        *(make.cents(name, heading, digits) for name, heading in headings.items()),
    ]
    records = [
        {
            "step": label,
            **{
                column: Fraction(getattr(step, name), THOUSANDTHS_PER_UNIT)
                for column, step in zip(headings, sums, strict=True)
            },
        }
        for name, label in steps.items()
    ]
    caption = loc("Från ja till betalning, kr utan moms.")
    return data_block(SectionTable.of(loc, caption, fields, records))


def _year_columns(
    ledger: ReceivablesLedger, loc: Localizer
) -> tuple[dict[str, str], list[ReceivableSums]]:
    """The heading of each year and, of several, of them all, by column; with the sums of each."""
    headings = {str(year): str(year) for year in ledger.years}
    sums = list(ledger.by_year.values())
    if len(sums) == 1:
        return headings, sums
    return {**headings, "all_years": loc("Alla år")}, [*sums, ledger.all_years]


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


def _counts_table(ledger: ReceivablesLedger, loc: Localizer) -> Block:
    """How many members have paid everything, more, a part and nothing; a column a year."""
    headings, _ = _year_columns(ledger, loc)
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
    make = FieldMaker(loc)
    fields = [
        make.text("has_paid", loc("Har betalat")),
        *(make.members(name, heading) for name, heading in headings.items()),
    ]
    records = [
        {
            "has_paid": label,
            **{y: getattr(count, name) for y, count in zip(headings, counts, strict=True)},
        }
        for name, label in states.items()
    ]
    caption = loc("Kommuner efter hur mycket av det säkrade som är betalt.")
    return data_block(SectionTable.of(loc, caption, fields, records))


def _action_table(context: SectionContext, ledger: ReceivablesLedger) -> Block:
    """Return the members to remind, credit or repay, the largest amount first."""
    loc, to_act_on = context.loc, ledger.to_act_on
    if not to_act_on:
        return EMPTY_BLOCK
    shown_positions = to_act_on[:MAX_MEMBERS_TO_ACT_ON]
    digits = _decimals_needed([n for p in shown_positions for n in (p.secured, p.invoiced, p.paid)])
    fields = _action_fields(digits, loc)
    records = [_action_record(position, loc) for position in to_act_on]
    caption = loc(
        "Att följa upp: först vad som ska krediteras eller betalas tillbaka, sedan det övriga; "
        "störst belopp först."
    ) + example_mark(context)
    listed = SectionTable.of(loc, caption, fields, records, limit=MAX_MEMBERS_TO_ACT_ON)
    table = data_block(listed)
    if len(shown_positions) == len(to_act_on):
        return table
    not_shown_text = loc.plural(
        "En rad till finns i figures.json.",
        "{n} rader till finns i figures.json.",
        len(to_act_on) - len(shown_positions),
    )
    return stack(table, paragraphs(not_shown_text))


def _action_fields(digits: int, loc: Localizer) -> list[TableField]:
    make = FieldMaker(loc)
    return [
        make.text("name", loc("Kommun")),
        make.text("year", loc("År")),
        make.cents("secured", loc("Säkrat, kr"), digits),
        make.cents("invoiced", loc("Fakturerat, kr"), digits),
        make.cents("paid", loc("Betalt, kr"), digits),
        make.text("to_do", loc("Att göra")).wide(3),
        make.text("code", loc("Kod")).not_shown(),
    ]


def _action_record(position: Receivable, loc: Localizer) -> Record:
    return {
        "name": position.name,
        "year": position.year,
        "secured": Fraction(position.secured, THOUSANDTHS_PER_UNIT),
        "invoiced": Fraction(position.invoiced, THOUSANDTHS_PER_UNIT),
        "paid": Fraction(position.paid, THOUSANDTHS_PER_UNIT),
        "to_do": action_text(position, loc),
        "code": position.code,
    }


def _decimals_needed(amounts: list[int]) -> int:
    """Return the number of decimals with which a table shows its amounts exactly."""
    exact = (Fraction(amount, THOUSANDTHS_PER_UNIT) for amount in amounts)
    return max(map(number_digits, exact), default=0)
