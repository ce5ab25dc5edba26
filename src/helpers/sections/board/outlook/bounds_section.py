"""The section on which answers would have most effect: the call list."""

from __future__ import annotations

from helpers.funding.scenarios.call_list import SmallestSet
from helpers.funding.scenarios.joiners_to_ask import find_joiners_to_ask
from helpers.funding.statement.threshold_sets import smallest_sets
from helpers.funding.totals.thresholds import ThresholdOutcome
from helpers.i18n.localizer import Localizer
from helpers.i18n.spelled_out import number_in_words
from helpers.sections.board.status.group_threshold_block import measure_name
from helpers.sections.components.block import EMPTY_BLOCK, Block, stack
from helpers.sections.components.data_table import data_block
from helpers.sections.components.notices import contact_block, example_mark
from helpers.sections.components.section_context import SectionContext
from helpers.sections.components.tables.section_table import SectionTable
from helpers.sections.components.tables.table_fields import FieldMaker
from helpers.sections.components.text import join_first, paragraphs

CALL_LIST_LENGTH = 10  # members listed one by one; the section on unanswered members has them all


def possible(context: SectionContext) -> Block:
    """The members whose answers have most effect, the largest first.

    None are listed if all have answered, or if a ceiling is reached and more answers add nothing.
    """
    statement = context.statement
    own_section = context.wording.own_section("possible")
    if own_section is not None:
        return own_section
    if not statement.call_list:
        return _joiners_table(context)
    return stack(
        *(
            paragraphs(_smallest_set_text(smallest_set, outcome, context.loc))
            for outcome, smallest_set in zip(
                statement.thresholds, smallest_sets(statement), strict=True
            )
        ),
        _call_list(context) if statement.total.gap > 0 else EMPTY_BLOCK,
        _joiners_table(context),
    )


def _call_list(context: SectionContext) -> Block:
    """Return the largest members without an answer, as a list to call from."""
    statement, loc = context.statement, context.year_loc
    listed_replies = statement.call_list[:CALL_LIST_LENGTH]
    last = listed_replies[-1]
    count = number_in_words(len(listed_replies), loc)
    text = loc.plural(
        "Om den största som inte har svarat säger ja blir {funded} per år säkrade ({share}).",
        "Om de {n} största som inte har svarat säger ja blir {funded} per år säkrade ({share}).",
        len(listed_replies),
        n=count,
        funded=loc.money(last.funded),
        share=loc.percent(last.funded_share),
    )
    make = FieldMaker(loc)
    county = make.text("county", loc("Län"))
    funded = make.amount("funded", loc("Säkrat om den och alla ovan säger ja, kr"))
    funded_share = make.share("funded_share", loc("Andel av önskat"), "the requested amount")
    fields = [
        make.text("name", loc("Kommun")),
        county if any(r.county for r in listed_replies) else county.not_shown(),
        make.amount("fee", loc("Avgift, kr")),
        funded.counted_from_above(),
        funded_share.counted_from_above(),
        make.text("code", loc("Kod")).not_shown(),
        make.inhabitants("population", loc("Invånare")).not_shown(),
    ]
    listed = SectionTable.of(
        loc,
        loc("De svar som betyder mest") + example_mark(context),
        fields,
        statement.call_list,
        limit=CALL_LIST_LENGTH,
    )
    table = data_block(listed)
    return stack(paragraphs(text), contact_block(context), table)


def _joiners_table(context: SectionContext) -> Block:
    """Members that joined later and have not answered, and what they would pay; blank for none."""
    statement, loc = context.statement, context.loc
    found = find_joiners_to_ask(statement.round, statement.on_day)
    if not found.members:
        return EMPTY_BLOCK
    make = FieldMaker(loc)
    county = make.text("county", loc("Län"))
    together = loc("För {years}, kr", years=loc.join_years(found.by_year))
    fields = [
        make.text("name", loc("Kommun")),
        county if any(member.county for member in found.members) else county.not_shown(),
        make.amount("fee", loc("Avgift, kr")),
        make.amount("all_years", together, "{currency}"),
        make.text("code", loc("Kod")).not_shown(),
    ]
    caption = loc("Nya medlemmar som inte har svarat, vars avgifter är utöver det önskade beloppet")
    return data_block(SectionTable.of(loc, caption, fields, found.members, limit=CALL_LIST_LENGTH))


def _smallest_set_text(smallest_set: SmallestSet, outcome: ThresholdOutcome, loc: Localizer) -> str:
    """Return the fewest members whose yes reaches the threshold, or how close they come."""
    measure = measure_name(outcome.threshold.measure, loc, outcome.year)
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
    values["names"] = join_first(loc, [reply.name for reply in smallest_set.replies])
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
