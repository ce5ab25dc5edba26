"""Member by member: who said yes, who said no, and who has not answered."""

from __future__ import annotations

import pandas as pd

from helpers.funding.answers.answer_states import NO, UNANSWERED, YES
from helpers.funding.statement.round_statement import Statement
from helpers.i18n.localizer import Localizer
from helpers.sections.components.block import EMPTY_BLOCK, Block, stack
from helpers.sections.components.data_table import name_list
from helpers.sections.components.notices import example_callout
from helpers.sections.components.text import paragraphs
from helpers.sections.pricing import shared_cost_wording


def accepted(statement: Statement, say: Localizer) -> Block:
    """Who said yes, the largest fee first."""
    total = statement.total
    if not total.yes:
        return paragraphs(say("Ingen kommun har sagt ja."))
    text = say.plural(
        "{n} kommun har sagt ja och säkrar {amount} om året{mark}, {share} av det önskade "
        "beloppet.",
        "{n} kommuner har sagt ja och säkrar tillsammans {amount} om året{mark}, {share} av det "
        "önskade beloppet.",
        total.yes,
        amount=say.kr(total.funded),
        mark=shared_cost_wording.amount_mark(statement, say),
        share=say.percent(total.funded_share),
    )
    return _answer_list(
        statement, YES, text, say("Kommuner som har sagt ja, med avgift per år"), say
    )


def declined(statement: Statement, say: Localizer) -> Block:
    """Who said no, the largest fee first."""
    if not statement.round.answers.declined_known:
        return EMPTY_BLOCK
    if not statement.total.no:
        return paragraphs(say("Ingen kommun har sagt nej."))
    text = shared_cost_wording.declined_inhabitants_text if statement.price else _declined_text
    label = say("Kommuner som har sagt nej, med avgift per år")
    return _answer_list(statement, NO, text(statement, say), label, say)


def _declined_text(statement: Statement, say: Localizer) -> str:
    total = statement.total
    return say.plural(
        "{n} kommun har sagt nej. Dess avgift är {amount} om året, {share} av det önskade "
        "beloppet.",
        "{n} kommuner har sagt nej. Deras avgifter är tillsammans {amount} om året, {share} av det "
        "önskade beloppet.",
        total.no,
        amount=say.kr(total.declined),
        share=say.percent(total.declined_share),
    )


def unanswered(statement: Statement, say: Localizer) -> Block:
    """Who has not answered, the largest fee first."""
    if not statement.total.unanswered:
        return paragraphs(say("Alla kommuner har svarat."))
    text = shared_cost_wording.unanswered_inhabitants_text if statement.price else _unanswered_text
    label = say("Kommuner som inte har svarat, med avgift per år")
    return _answer_list(statement, UNANSWERED, text(statement, say), label, say)


def _unanswered_text(statement: Statement, say: Localizer) -> str:
    total = statement.total
    return say.plural(
        "{n} kommun har inte svarat. Dess avgift är {amount} om året, {share} av det önskade "
        "beloppet. Tystnad räknas aldrig som ett nej.",
        "{n} kommuner har inte svarat. Deras avgifter är tillsammans {amount} om året, {share} av "
        "det önskade beloppet. Tystnad räknas aldrig som ett nej.",
        total.unanswered,
        amount=say.kr(total.unanswered_fees),
        share=say.percent(total.unanswered_fees_share),
    )


def _answer_list(
    statement: Statement, decision: str, text: str, label: str, say: Localizer
) -> Block:
    those = statement.answers[statement.answers["decision"] == decision]
    label += shared_cost_wording.amount_mark(statement, say)
    return stack(example_callout(statement, say), paragraphs(text), fee_list(those, label, say))


def fee_list(members: pd.DataFrame, label: str, say: Localizer) -> Block:
    """Members (name, code, fee and years) with their fees in columns, the largest first.

    Beside one whose yes is for some of the years stand those years.
    """
    ranked = members.sort_values(["fee", "code"], ascending=[False, True])
    names = ranked["name"].where(ranked["years"] == "", _names_with_years(ranked))
    return name_list(label, list(zip(names, map(say.kr, ranked["fee"].tolist()), strict=True)))


def _names_with_years(members: pd.DataFrame) -> pd.Series[str]:
    return members["name"] + " (" + members["years"].str.replace(",", ", ") + ")"
