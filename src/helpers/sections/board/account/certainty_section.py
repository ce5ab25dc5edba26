"""How sure the figures are: the independent check, what is assumed, and what is not known."""

from __future__ import annotations

from helpers.funding.billing.receivables_ledger import ReceivablesLedger
from helpers.funding.totals.reconciliation import ReconciliationLine
from helpers.sections.board.account.reconciliation_section import (
    format_published_difference,
    format_published_value,
    published_value_name,
)
from helpers.sections.components.block import Block
from helpers.sections.components.section_context import SectionContext
from helpers.sections.components.text import bullets


def certainty(context: SectionContext, ledger: ReceivablesLedger | None = None) -> Block:
    """What the figures rest on and what a reader should know before trusting them."""
    loc = context.loc
    remarks = [check_text(context), _given_text(context), _answers_text(context)]
    if ledger is None:
        remarks.append(
            loc("Rapporten visar vad som är säkrat. Underlaget säger inte vad som är betalt.")
        )
    remarks += [loc.text(assumed.text) for assumed in context.statement.assumptions]
    return bullets([remark for remark in remarks if remark])


def check_text(context: SectionContext) -> str:
    """How published figures that the report does not rest on agree with it; '' for none."""
    loc, lines = context.loc, context.statement.reconciliation
    independent = [line for line in lines if not line.published.by_construction]
    checks = [line for line in independent if line.published.figure != "requested"]
    if not checks:
        return ""
    if len(checks) > 1:
        return loc(
            "{agreeing} av {lines} publicerade uppgifter som rapporten inte bygger på stämmer med "
            "dess egna.",
            agreeing=loc.count(sum(line.agrees for line in checks)),
            lines=loc.count(len(checks)),
        )
    return _one_check_text(context, checks[0])


def _one_check_text(context: SectionContext, line: ReconciliationLine) -> str:
    loc = context.loc
    values = {
        "name": published_value_name(context, line.published),
        "published": format_published_value(line.published, line.published.exact_value, loc),
        "computed": format_published_value(line.published, line.computed, loc, computed=True),
        "difference": format_published_difference(line, loc),
    }
    opening = loc("En publicerad uppgift prövar rapportens siffror: {name}.", **values)
    if not line.difference:
        return f"{opening} " + loc("Den är {published} i båda.", **values)
    if line.relative is None:
        apart = ""
    else:
        apart = loc(", {share} av beloppet", share=loc.percent(abs(line.relative), 1))
    return f"{opening} " + loc(
        "Den är publicerad som {published} och här beräknad till {computed}. Skillnaden är "
        "{difference}{apart}.",
        apart=apart,
        **values,
    )


def _given_text(context: SectionContext) -> str:
    """How many published figures are among the inputs, so that they check nothing."""
    given = sum(line.published.by_construction for line in context.statement.reconciliation)
    if not given:
        return ""
    if not check_text(context):
        return context.loc.plural(
            "{n} publicerad uppgift är inlagd i underlaget och prövar därför inget.",
            "{n} publicerade uppgifter är inlagda i underlaget och prövar därför inget.",
            given,
        )
    return context.loc.plural(
        "{n} annan publicerad uppgift är inlagd i underlaget och prövar därför inget.",
        "{n} andra publicerade uppgifter är inlagda i underlaget och prövar därför inget.",
        given,
    )


def _answers_text(context: SectionContext) -> str:
    """How many rows of the register count, of the rows that were known on the day."""
    loc, accounting = context.loc, context.statement.quality.accounting
    known = accounting["read"] - accounting["not_yet_known"]
    if not known:
        return ""
    if accounting["counting"] == known:
        return loc.plural(
            "Registret har {n} svar, och det räknas.",
            "Registret har {n} svar, och alla räknas.",
            known,
        )
    return loc(
        "Registret har {known} rader. {counting} av dem räknas; bilagan om beräkning och underlag "
        "förklarar varför de andra inte räknas.",
        known=loc.count(known),
        counting=loc.count(accounting["counting"]),
    )
