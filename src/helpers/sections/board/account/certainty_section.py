"""How sure the figures are: the independent check, what is assumed, and what is not known."""

from __future__ import annotations

from helpers.funding.billing.receivables_ledger import ReceivablesLedger
from helpers.i18n.spelled_out import counts_in_words
from helpers.sections.board.account.published_figure_texts import check_text, given_text
from helpers.sections.components.block import Block
from helpers.sections.components.section_context import SectionContext
from helpers.sections.components.text import bullets


def certainty(context: SectionContext, ledger: ReceivablesLedger | None = None) -> Block:
    """What the figures rest on and what a reader should know before trusting them."""
    loc = context.loc
    remarks = [check_text(context), given_text(context), _answers_text(context)]
    if ledger is None:
        remarks.append(
            loc("Rapporten visar vad som är säkrat. Underlaget säger inte vad som är betalt.")
        )
    remarks += [loc.text(assumed.text) for assumed in context.statement.assumptions]
    return bullets([remark for remark in remarks if remark])


def _answers_text(context: SectionContext) -> str:
    """How many rows of the register count, of the rows that were known on the day."""
    loc, accounting = context.loc, context.statement.quality.accounting
    known = accounting["read"] - accounting["not_yet_known"]
    if not known:
        return ""
    if accounting["counting"] == known:
        return loc.plural(
            "Registret har ett svar, och det räknas.",
            "Registret har {n} svar, och alla räknas.",
            known,
        )
    return loc(
        "Registret har {known} rader. {counting} av dem räknas; bilagan om beräkning och underlag "
        "förklarar varför de andra inte räknas.",
        **counts_in_words(
            loc, loc("en"), loc("ingen"), known=known, counting=accounting["counting"]
        ),
    )
