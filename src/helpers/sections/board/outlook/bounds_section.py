"""The section on what may still come: bounds, never a forecast, and the call list."""

from __future__ import annotations

from helpers.funding.scenarios.call_list import SmallestSet
from helpers.i18n.localizer import Localizer
from helpers.sections.board.status.decision_section import measure_name
from helpers.sections.components.block import Block, stack
from helpers.sections.components.data_table import data_block
from helpers.sections.components.notices import contact_block, example_callout
from helpers.sections.components.section_context import SectionContext
from helpers.sections.components.tables.section_table import SectionTable
from helpers.sections.components.tables.table_fields import FieldMaker
from helpers.sections.components.text import paragraphs

CALL_LIST_LENGTH = 10  # members listed one by one; the section on unanswered members has them all


def possible(context: SectionContext) -> Block:
    """The bounds now and after more answers, and the members whose answers have most effect."""
    statement = context.statement
    own_section = context.wording.own_section("possible")
    if own_section is not None:
        return own_section
    if not statement.call_list:
        return paragraphs(context.wording.bounds())
    return stack(
        _bounds_table(context),
        example_callout(context),
        *(
            paragraphs(_smallest_set_text(smallest_set, context.loc))
            for smallest_set in statement.smallest_sets
        ),
        _call_list(context),
    )


def _bounds_table(context: SectionContext) -> Block:
    """Return the least and the most that can be funded after a number of further answers."""
    loc = context.loc
    make = FieldMaker(loc)
    fields = [
        make.count("answers", loc("Fler svar"), "answers that come after the day"),
        make.amount("low", loc("Säkrat då, minst")),
        make.amount("high", loc("Säkrat då, högst")),
        make.amount("final_high", loc("Till slut högst, om de säger nej")),
        make.amount("final_low", loc("Till slut minst, om de säger ja")),
    ]
    records = [
        {
            "answers": after.answers,
            "low": after.funded.low,
            "high": after.funded.high,
            "final_high": after.worst.high,
            "final_low": after.best.low,
        }
        for after in context.statement.after_more_answers
    ]
    caption = loc(
        "Gränser efter fler svar, kr per år, räknat på de största som inte har svarat. Gränserna "
        "säger vad som kan hända, inte vad som är troligt."
    )
    return data_block(SectionTable.of(loc, caption, fields, records))


def _call_list(context: SectionContext) -> Block:
    """Return the largest members without an answer, as a list to call from."""
    statement, loc = context.statement, context.loc
    listed_replies = statement.call_list[:CALL_LIST_LENGTH]
    last = listed_replies[-1]
    text = loc.plural(
        "Om den största som inte har svarat säger ja blir {funded} per år säkrade ({share}).",
        "Om de {n} största som inte har svarat säger ja blir {funded} per år säkrade ({share}).",
        len(listed_replies),
        funded=loc.money(last.funded),
        share=loc.percent(last.funded_share),
    )
    make = FieldMaker(loc)
    county = make.text("county", loc("Län"))
    fields = [
        make.text("name", loc("Kommun")),
        county if any(r.county for r in listed_replies) else county.not_shown(),
        make.amount("fee", loc("Avgift, kr")),
        make.amount("funded", loc("Säkrat om den och alla ovan säger ja, kr")),
        make.share("funded_share", loc("Andel av önskat"), "the requested amount"),
        make.text("code", loc("Kod")).not_shown(),
        make.inhabitants("population", loc("Invånare")).not_shown(),
    ]
    listed = SectionTable.of(
        loc, loc("De svar som betyder mest"), fields, statement.call_list, limit=CALL_LIST_LENGTH
    )
    table = data_block(listed)
    return stack(paragraphs(text), contact_block(context), table)


def _smallest_set_text(smallest_set: SmallestSet, loc: Localizer) -> str:
    """Return the fewest members whose yes reaches the threshold, or how close they come."""
    measure = measure_name(smallest_set.measure, loc)
    values = {"measure": measure, "needed": loc.count(smallest_set.needed)}
    if smallest_set.met:
        return loc("{measure}: de {needed} som krävs är nådda.", **values)
    if not smallest_set.attainable:
        return loc(
            "{measure}: {needed} krävs. Även om alla som inte har svarat säger ja blir det högst "
            "{possible}; {short} saknas då.",
            possible=loc.count(smallest_set.possible),
            short=loc.count(smallest_set.short),
            **values,
        )
    values["names"] = loc.join_list([reply.name for reply in smallest_set.replies])
    if smallest_set.others_would_do:
        return loc.plural(
            "{measure}: {needed} krävs. Det räcker att {n} kommun till säger ja, till exempel "
            "{names}.",
            "{measure}: {needed} krävs. Det räcker att {n} kommuner till säger ja, till exempel "
            "{names}.",
            len(smallest_set.replies),
            **values,
        )
    return loc.plural(
        "{measure}: {needed} krävs. Det räcker att {n} kommun till säger ja: {names}.",
        "{measure}: {needed} krävs. Det räcker att {n} kommuner till säger ja: {names}.",
        len(smallest_set.replies),
        **values,
    )
