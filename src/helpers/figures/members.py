"""Member by member: who said yes, who said no, and who has not answered."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from helpers.figures import price_text
from helpers.figures.block import EMPTY, Block, stack
from helpers.figures.prose import callout, paragraphs
from helpers.figures.tables import name_list
from helpers.formats import Speech
from helpers.funding.amounts import CONDITIONAL, NO, UNANSWERED, YES
from helpers.funding.statement import Statement


def decision_names(say: Speech) -> Mapping[str, str]:
    """What each answer is called."""
    return {
        YES: say("Ja"),
        NO: say("Nej"),
        CONDITIONAL: say("Ja, med villkor"),
        UNANSWERED: say("Ej svarat"),
    }


def accepted(statement: Statement, say: Speech) -> Block:
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
        mark=price_text.mark_of(statement, say),
        share=say.percent(total.funded_share),
    )
    return _listed(statement, YES, text, say("Kommuner som har sagt ja, med avgift per år"), say)


def declined(statement: Statement, say: Speech) -> Block:
    """Who said no, the largest fee first."""
    if not statement.round.answers.declined_known:
        return EMPTY
    if not statement.total.no:
        return paragraphs(say("Ingen kommun har sagt nej."))
    text = price_text.declined if statement.price else _declined
    label = say("Kommuner som har sagt nej, med avgift per år")
    return _listed(statement, NO, text(statement, say), label, say)


def _declined(statement: Statement, say: Speech) -> str:
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


def unanswered(statement: Statement, say: Speech) -> Block:
    """Who has not answered, the largest fee first."""
    if not statement.total.unanswered:
        return paragraphs(say("Alla kommuner har svarat."))
    text = price_text.outside if statement.price else _unanswered
    label = say("Kommuner som inte har svarat, med avgift per år")
    return _listed(statement, UNANSWERED, text(statement, say), label, say)


def _unanswered(statement: Statement, say: Speech) -> str:
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


def _listed(statement: Statement, decision: str, text: str, label: str, say: Speech) -> Block:
    those = statement.answers[statement.answers["decision"] == decision]
    label += price_text.mark_of(statement, say)
    return stack(method_example(statement, say), paragraphs(text), fee_list(those, label, say))


def fee_list(members: pd.DataFrame, label: str, say: Speech) -> Block:
    """Members (name, code, fee and years) with their fees in columns, the largest first.

    Beside one whose yes is for some of the years stand those years.
    """
    ranked = members.sort_values(["fee", "code"], ascending=[False, True])
    names = ranked["name"].where(ranked["years"] == "", _with_years(ranked))
    return name_list(label, list(zip(names, map(say.kr, ranked["fee"].tolist()), strict=True)))


def _with_years(members: pd.DataFrame) -> pd.Series[str]:
    return members["name"] + " (" + members["years"].str.replace(",", ", ") + ")"


def method_example(statement: Statement, say: Speech) -> Block:
    """The heading that reconstructed answers carry wherever single members are spoken of."""
    if not (statement.reconstructed and statement.total.answered):
        return EMPTY
    return callout(
        say(
            "Exempel på metod: vilka kommuner som svarat vad är rekonstruerat. Avsnittet visar hur "
            "uppgifterna skulle se ut, inte hur kommunerna faktiskt svarade."
        )
    )
