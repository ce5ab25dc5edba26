"""What is credited to a member: what was invoiced beyond what is due, by year."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from helpers.funding.billing.receivables import Receivable
from helpers.model.currency import THOUSANDTHS_PER_UNIT
from helpers.sections.components.block import Block, stack
from helpers.sections.components.data_table import data_block
from helpers.sections.components.payment_texts import format_kronor
from helpers.sections.components.tables.section_table import SectionTable
from helpers.sections.components.tables.table_fields import FieldMaker
from helpers.sections.components.text import paragraphs
from helpers.sections.letter.letter_context import LetterContext
from helpers.sections.letter.payment_parts import payments_block


def credit(context: LetterContext) -> Block:
    """The sum that is credited, each year's part of it, and what has been paid."""
    loc, positions = context.loc, context.facts.positions or ()
    credited = [position for position in positions if position.credit_due]
    if not credited:
        return paragraphs(loc("Vi har inte fakturerat er mer än det som ni ska betala."))
    total = sum(position.credit_due for position in credited)
    text = loc(
        "Vi krediterar er {amount}. Det är vad vi har fakturerat er utöver det som ni ska betala.",
        amount=format_kronor(total, loc),
    )
    make = FieldMaker(loc)
    fields = [
        make.text("year", loc("År")),
        *(
            make.money(name, heading)
            for name, heading in (
                ("invoiced", loc("Fakturerat")),
                ("due", loc("Att betala")),
                ("credit", loc("Krediteras")),
            )
        ),
    ]
    records = [_record(position) for position in credited]
    sums = {
        "year": loc("Sammanlagt"),
        **{name: sum(record[name] for record in records) for name in ("invoiced", "due", "credit")},
    }
    caption = loc("Så är krediten beräknad")
    total_row = sums if len(records) > 1 else None  # of one year it would repeat the row
    table = data_block(SectionTable.of(loc, caption, fields, records, total=total_row))
    return stack(paragraphs(text), table, payments_block(context, credits_stated=True))


def _record(position: Receivable) -> dict[str, Any]:
    amounts = {
        "invoiced": position.invoiced,
        "due": position.invoiced_net,
        "credit": position.credit_due,
    }
    units = {name: Fraction(amount, THOUSANDTHS_PER_UNIT) for name, amount in amounts.items()}
    return {"year": str(position.year), **units}
