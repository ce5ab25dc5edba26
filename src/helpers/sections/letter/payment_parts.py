"""What a letter states of invoices and payments, and what the member has to do about them."""

from __future__ import annotations

from helpers.funding.answers.answer_states import NO, YES
from helpers.funding.billing.receivables_ledger import ReceivableSums
from helpers.model.currency import THOUSANDTHS_PER_UNIT
from helpers.sections.components.block import EMPTY_BLOCK, Block
from helpers.sections.components.payment_texts import format_kronor
from helpers.sections.components.text import paragraphs
from helpers.sections.letter.letter_context import LetterContext


def payments_block(context: LetterContext, *, credits_stated: bool = False) -> Block:
    """What the member has been invoiced and has paid; blank where there is nothing to state.

    With `credits_stated` the letter has the credit elsewhere: a second time, it reads as another.
    """
    sums = context.facts.payments
    if sums is None or not (sums.invoiced or sums.paid):
        return EMPTY_BLOCK
    texts = [
        _state_text(context, sums),
        *_overpaid_texts(context, sums),
        *([] if credits_stated else _credit_texts(context, sums)),
        *_unasked_texts(context, sums),
    ]
    return paragraphs(" ".join(filter(None, texts)))


def has_paid_without_yes(context: LetterContext) -> bool:
    """Whether the member has paid for a year that no yes of its covers."""
    sums = context.facts.payments
    return sums is not None and sums.paid_without_yes >= THOUSANDTHS_PER_UNIT


def is_left_to_invoice(context: LetterContext) -> bool:
    """Whether an invoice is still to be sent to a member that has said yes."""
    sums = context.facts.payments
    return sums is None or sums.not_invoiced > 0


def _state_text(context: LetterContext, sums: ReceivableSums) -> str:
    """What is invoiced and paid by the day of the letter, and what is left of the fee."""
    loc = context.loc
    values = {
        "day": loc.date(context.statement.as_of),
        "invoiced": format_kronor(sums.invoiced, loc),
        "paid": format_kronor(sums.paid, loc),
        "outstanding": format_kronor(sums.outstanding, loc),
        "left": format_kronor(sums.not_invoiced, loc),
    }
    text = loc(
        "Till och med den {day} har vi fakturerat er {invoiced}, och ni har betalat {paid}.",
        **values,
    )
    if context.facts.answer != YES:
        return text
    if sums.outstanding and sums.not_invoiced:
        rest = loc("{outstanding} är inte betalda, och {left} är inte fakturerade än.", **values)
    elif sums.outstanding:
        rest = loc("{outstanding} är inte betalda.", **values)
    elif sums.not_invoiced:
        rest = loc("{left} är inte fakturerade än.", **values)
    else:
        rest = context.wording.letter.all_paid()
    return f"{text} {rest}"


def _overpaid_texts(context: LetterContext, sums: ReceivableSums) -> list[str]:
    """What has been paid beyond what is due, and what becomes of it."""
    if not sums.overpaid:
        return []
    loc, amount = context.loc, format_kronor(sums.overpaid, context.loc)
    if context.statement.round.invoicing.overpaid == "advance":
        return [
            loc("Ni har betalat {amount} för mycket, som blir kvar som förskott.", amount=amount)
        ]
    return [loc("Ni har betalat {amount} för mycket, som vi betalar tillbaka.", amount=amount)]


def _credit_texts(context: LetterContext, sums: ReceivableSums) -> list[str]:
    """What has been invoiced beyond what is due."""
    if not sums.credit_due:
        return []
    amount = format_kronor(sums.credit_due, context.loc)
    return [context.loc("{amount} är fakturerat för mycket och krediteras.", amount=amount)]


def _unasked_texts(context: LetterContext, sums: ReceivableSums) -> list[str]:
    """What has been paid for years without a yes."""
    if not has_paid_without_yes(context):
        return []
    text = context.loc(
        "{amount} av det som ni har betalat gäller år som ni inte har sagt ja till.",
        amount=format_kronor(sums.paid_without_yes, context.loc),
    )
    return [text]


def paid_without_yes_request(context: LetterContext, office: str) -> str:
    """What is asked of a member that has paid for a year without a yes."""
    loc = context.loc
    if context.facts.answer == NO:
        return loc(
            "Ni ska inte betala något. Skriv till {office} hur ni vill ha pengarna tillbaka.",
            office=office,
        )
    return context.wording.letter.counts_payment(office)
