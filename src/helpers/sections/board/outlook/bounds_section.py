"""What may still come: bounds, never a forecast, and the replies that matter."""

from __future__ import annotations

from helpers.funding.scenarios.call_list import SmallestSet
from helpers.funding.statement.round_statement import Statement
from helpers.i18n.localizer import Localizer
from helpers.sections.board.status.decision_section import bounds_text, measure_name
from helpers.sections.components.block import Block, stack
from helpers.sections.components.data_table import Column, table_block
from helpers.sections.components.notices import example_callout
from helpers.sections.components.text import paragraphs
from helpers.sections.pricing import shared_cost_sections

CALL_LIST_LENGTH = 10  # silent members listed one by one; the section on the silent has them all


def possible(statement: Statement, say: Localizer) -> Block:
    """The bounds now and after more answers, and whose answers would change most."""
    if statement.price:
        return shared_cost_sections.call_list_by_price(statement, statement.price, say)
    if not statement.total.unanswered:
        return paragraphs(bounds_text(statement, say))
    return stack(
        _bounds_table(statement, say),
        example_callout(statement, say),
        *(paragraphs(_smallest_set_text(found, say)) for found in statement.smallest_sets),
        _call_list(statement, say),
    )


def _bounds_table(statement: Statement, say: Localizer) -> Block:
    """Between what least and what most the funded amount lies after so many more answers."""
    columns = [
        Column(say("Fler svar"), "left"),
        Column(say("Säkrat då, minst")),
        Column(say("Säkrat då, högst")),
        Column(say("Till slut högst, om de säger nej")),
        Column(say("Till slut minst, om de säger ja")),
    ]
    rows = [
        [
            say.count(after.answers),
            *map(say.count, (after.funded.low, after.funded.high)),
            *map(say.count, (after.worst.high, after.best.low)),
        ]
        for after in statement.after_more_answers
    ]
    caption = say(
        "Gränser efter fler svar, kr per år, räknat på de största som inte har svarat. Gränserna "
        "säger vad som kan hända, inte vad som är troligt."
    )
    return table_block(caption, columns, rows)


def _call_list(statement: Statement, say: Localizer) -> Block:
    """The largest silent members, as a list to call from."""
    shown = statement.replies[:CALL_LIST_LENGTH]
    last = shown[-1]
    text = say.plural(
        "Om den största som inte har svarat säger ja blir {funded} om året säkrade ({share}).",
        "Om de {n} största som inte har svarat säger ja blir {funded} om året säkrade ({share}).",
        len(shown),
        funded=say.kr(last.funded),
        share=say.percent(last.funded_share),
    )
    blocks = [paragraphs(text)]
    if statement.round.contact:
        who = say.text(statement.round.contact)
        blocks.append(paragraphs(say("Frågan ställs till {role}.", role=who)))
    in_counties = any(r.county for r in shown)
    county = [Column(say("Län"), "left")] if in_counties else []
    columns = [
        Column(say("Kommun"), "left"),
        *county,
        Column(say("Avgift, kr")),
        Column(say("Säkrat om den och alla ovan säger ja, kr")),
        Column(say("Andel av önskat")),
    ]
    rows = [
        [
            r.name,
            *([r.county] if in_counties else []),
            *map(say.count, (r.fee, r.funded)),
            say.percent(r.funded_share),
        ]
        for r in shown
    ]
    blocks.append(table_block(say("De svar som betyder mest"), columns, rows))
    return stack(*blocks)


def _smallest_set_text(found: SmallestSet, say: Localizer) -> str:
    """The fewest whose yes reaches what the round needs, or how near they come."""
    measure = measure_name(found.measure, say)
    values = {"measure": measure, "needed": say.count(found.needed)}
    if found.met:
        return say("{measure}: de {needed} som krävs är nådda.", **values)
    if not found.attainable:
        return say(
            "{measure}: {needed} krävs. Även om alla som inte har svarat säger ja blir det högst "
            "{possible}; {short} saknas då.",
            possible=say.count(found.possible),
            short=say.count(found.short),
            **values,
        )
    return say.plural(
        "{measure}: {needed} krävs. Det räcker att {n} kommun till säger ja: {names}.",
        "{measure}: {needed} krävs. Det räcker att {n} kommuner till säger ja: {names}.",
        len(found.replies),
        names=say.listed([reply.name for reply in found.replies]),
        **values,
    )
