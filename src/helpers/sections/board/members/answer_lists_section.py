"""The lists of members: with a yes, with a no, and without an answer."""

from __future__ import annotations

import pandas as pd

from helpers.funding.answers.answer_states import NO, UNANSWERED, YES
from helpers.funding.totals.shares import share
from helpers.i18n.localizer import Localizer
from helpers.sections.components.block import EMPTY_BLOCK, Block, stack
from helpers.sections.components.data_table import name_list
from helpers.sections.components.notices import example_callout
from helpers.sections.components.section_context import SectionContext
from helpers.sections.components.text import paragraphs


def accepted(context: SectionContext) -> Block:
    """The members with a yes, the largest fee first."""
    loc = context.loc
    total = context.statement.total
    if not total.yes:
        return paragraphs(loc("Ingen kommun har sagt ja."))
    if context.statement.years_differ:
        text = _secured_all_years_text(context)
    else:
        text = _secured_text(context)
    return _answer_list(context, YES, text, loc("Kommuner som har sagt ja, med avgift per år"))


def _secured_all_years_text(context: SectionContext) -> str:
    """Return how many members have said yes, and what they secure over all years."""
    statement, loc = context.statement, context.loc
    return loc.plural(
        "{n} kommun har sagt ja och säkrar {amount} för {years}, {share} av det önskade beloppet "
        "för dem.",
        "{n} kommuner har sagt ja och säkrar tillsammans {amount} för {years}, {share} av det "
        "önskade beloppet för dem.",
        statement.total.yes,
        amount=loc.money(statement.funded_all_years),
        years=loc.join_years(statement.by_year),
        share=loc.percent(share(statement.funded_all_years, statement.requested_all_years)),
    )


def _secured_text(context: SectionContext) -> str:
    """Return how many members have said yes, and what they secure a year."""
    loc, total = context.loc, context.statement.total
    return loc.plural(
        "{n} kommun har sagt ja och säkrar {amount} om året{mark}, {share} av det önskade "
        "beloppet.",
        "{n} kommuner har sagt ja och säkrar tillsammans {amount} om året{mark}, {share} av det "
        "önskade beloppet.",
        total.yes,
        amount=loc.money(total.funded),
        mark=context.wording.amount_mark(),
        share=loc.percent(total.funded_share),
    )


def declined(context: SectionContext) -> Block:
    """The members with a no, the largest fee first."""
    statement = context.statement
    if not statement.round.answers.declined_known:
        return EMPTY_BLOCK
    if not statement.total.no:
        return paragraphs(context.loc("Ingen kommun har sagt nej."))
    label = context.loc("Kommuner som har sagt nej, med avgift per år")
    return _answer_list(context, NO, context.wording.answers.declined_text(), label)


def unanswered(context: SectionContext) -> Block:
    """The members without an answer, the largest fee first."""
    if not context.statement.total.unanswered:
        return paragraphs(context.loc("Alla kommuner har svarat."))
    label = context.loc("Kommuner som inte har svarat, med avgift per år")
    return _answer_list(context, UNANSWERED, context.wording.answers.unanswered_text(), label)


def _answer_list(context: SectionContext, decision: str, text: str, label: str) -> Block:
    with_answer = context.statement.answers[context.statement.answers["decision"] == decision]
    label += context.wording.amount_mark()
    return stack(
        example_callout(context), paragraphs(text), fee_list(with_answer, label, context.loc)
    )


def fee_list(members: pd.DataFrame, label: str, loc: Localizer) -> Block:
    """List members (name, code, fee and years) with their fees in columns, the largest first.

    If a member's yes is for some of the years, they follow its name.
    """
    ranked = members.sort_values(["fee", "code"], ascending=[False, True])
    names = ranked["name"].where(ranked["years"] == "", _names_with_years(ranked))
    return name_list(label, list(zip(names, map(loc.money, ranked["fee"].tolist()), strict=True)))


def _names_with_years(members: pd.DataFrame) -> pd.Series[str]:
    return members["name"] + " (" + members["years"].str.replace(",", ", ") + ")"
