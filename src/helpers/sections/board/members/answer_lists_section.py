"""The lists of members: with a yes, with a no, and without an answer."""

from __future__ import annotations

import pandas as pd

from helpers.funding.answers.answer_states import LEFT, NO, UNANSWERED, YES
from helpers.funding.totals.shares import share
from helpers.i18n.localizer import Localizer
from helpers.sections.components.block import EMPTY_BLOCK, Block, stack
from helpers.sections.components.data_table import data_block
from helpers.sections.components.notices import example_callout
from helpers.sections.components.section_context import SectionContext
from helpers.sections.components.tables.member_fields import member_fields
from helpers.sections.components.tables.section_table import SectionTable
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
    text = " ".join(filter(None, [text, _left_text(context)]))
    if context.statement.round.requested_of_years:
        return _answer_list_of_all_years(context, text)
    return _answer_list(context, YES, text, loc("Kommuner som har sagt ja, med avgift per år"))


def _answer_list_of_all_years(context: SectionContext, text: str) -> Block:
    """Who said yes, with what each secures in all years, where the amounts of years differ."""
    statement, loc = context.statement, context.loc
    by_year = statement.on_day.secured.values()
    members = statement.on_day.present
    secured = members["code"].map(lambda code: sum(of_year[code] for of_year in by_year))
    with_all_years = members.assign(secured_all_years=secured.astype("int64"))
    with_yes = with_all_years[members["decision"] == YES]
    label = loc(
        "Kommuner som har sagt ja, med vad de säkrar för {years}",
        years=loc.join_years(statement.by_year),
    )
    texts = paragraphs(*filter(None, [text, _joined_text(with_yes, loc)]))
    listed = fee_list(context, with_yes, label, "secured_all_years")
    return stack(example_callout(context), texts, listed)


def _left_text(context: SectionContext) -> str:
    """What members that have left secure of it; '' for nothing."""
    statement, loc = context.statement, context.loc
    left = statement.answers.loc[statement.answers["decision"] == LEFT, "code"]
    amount = sum(by_code[code] for by_code in statement.on_day.secured.values() for code in left)
    if not amount:
        return ""
    return loc(
        "Av beloppet kommer {amount} för {years} från dem som har utträtt.",
        amount=loc.money(amount),
        years=loc.join_years(statement.by_year),
    )


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
        "{n} kommun har sagt ja och säkrar {amount} per år{mark}, {share} av det önskade beloppet.",
        "{n} kommuner har sagt ja och säkrar tillsammans {amount} per år{mark}, {share} av det "
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
    members = context.statement.on_day.present
    with_answer = members[members["decision"] == decision]
    label += context.wording.amount_mark()
    joined = _joined_text(with_answer, context.loc)
    return stack(
        example_callout(context),
        paragraphs(*filter(None, [text, joined])),
        fee_list(context, with_answer, label),
    )


def _joined_text(members: pd.DataFrame, loc: Localizer) -> str:
    """Whose fees of those listed are not in the amounts, as they joined later; '' for none."""
    joined = members.loc[members["joined"], "name"] if "joined" in members else []
    if not len(joined):
        return ""
    return loc(
        "I antalet men inte i beloppet ingår {names}, eftersom medlemskapet började senare.",
        names=loc.join_list(list(joined)),
    )


def fee_list(
    context: SectionContext, members: pd.DataFrame, label: str, amount: str = "fee"
) -> Block:
    """List members with their fees, or another amount, in columns, the largest first.

    If a member's yes is for some of the years, they follow its name.
    """
    ranked = members.sort_values([amount, "code"], ascending=[False, True])
    fields = member_fields(context, ranked, amount)
    records = ranked.to_dict("records")
    return data_block(SectionTable.of(context.loc, label, fields, records, as_names=True))
