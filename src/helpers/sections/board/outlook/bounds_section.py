"""The section on which answers would have most effect: the call list."""

from __future__ import annotations

from helpers.funding.scenarios.call_list import SmallestSet
from helpers.funding.scenarios.joiners_to_ask import find_joiners_to_ask
from helpers.funding.statement.threshold_sets import smallest_sets
from helpers.funding.totals.thresholds import ThresholdOutcome
from helpers.i18n.localizer import Localizer
from helpers.i18n.spelled_out import members_in_words, number_in_words
from helpers.sections.components.block import EMPTY_BLOCK, Block, stack
from helpers.sections.components.data_table import data_block
from helpers.sections.components.notices import contact_block, example_mark
from helpers.sections.components.section_context import SectionContext, localizer_of_year
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
            paragraphs(*_smallest_set_text(context, smallest_set, outcome))
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
    text = loc(
        "Om de {n} största kommuner som inte har svarat säger ja blir {funded} per år säkrade "
        "({share}).",
        n=count,
        funded=loc.money(last.funded),
        share=loc.percent(last.funded_share),
    )
    # Where all are listed, the bounds above state what their yes secures.
    lead = paragraphs(text) if len(listed_replies) < len(statement.call_list) else EMPTY_BLOCK
    make = FieldMaker(loc)
    county = make.text("county", loc("Län"))
    funded = make.amount("funded", loc("Säkrat om kommunen och alla ovan säger ja, kr"))
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
    return stack(lead, contact_block(context), table)


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


def _smallest_set_text(
    context: SectionContext, smallest_set: SmallestSet, outcome: ThresholdOutcome
) -> list[str]:
    """Return the fewest members whose yes reaches the threshold, or how close they come.

    Blank where it is reached, which the table of what is required states.
    """
    loc = localizer_of_year(context.statement, context.loc, outcome.year)
    if smallest_set.met:
        return []
    if not smallest_set.attainable:
        return [_unattainable_text(smallest_set, loc)]
    values = {
        "aim": _aim_text(smallest_set, loc),
        "names": join_first(loc, [reply.name for reply in smallest_set.replies]),
    }
    text = (
        loc.plural(
            "{aim} räcker det att en kommun till säger ja, till exempel {names}.",
            "{aim} räcker det att {n} kommuner till säger ja, till exempel {names}.",
            len(smallest_set.replies),
            **values,
        )
        if smallest_set.others_would_do
        else loc.plural(
            "{aim} räcker det att en kommun till säger ja: {names}.",
            "{aim} räcker det att {n} kommuner till säger ja: {names}.",
            len(smallest_set.replies),
            **values,
        )
    )
    return [text]


def _aim_text(smallest_set: SmallestSet, loc: Localizer) -> str:
    """What is required, as the beginning of a sentence."""
    needed = smallest_set.needed
    if smallest_set.measure == "amount":
        return loc("För att {amount} per år ska vara säkrade", amount=loc.money(needed))
    if smallest_set.measure == "inhabitants":
        return loc("För att kommuner med {n} invånare ska ha sagt ja", n=loc.count(needed))
    return loc.plural(
        "För att en kommun ska ha sagt ja", "För att {n} kommuner ska ha sagt ja", int(needed)
    )


def _unattainable_text(smallest_set: SmallestSet, loc: Localizer) -> str:
    """The most that can be reached, and what is missing even then."""
    names = ("possible", "short", "needed")
    numbers = {name: getattr(smallest_set, name) for name in names}
    if smallest_set.measure == "amount":
        return loc(
            "Om alla som inte har svarat säger ja blir {possible} per år säkrade. Då saknas ändå "
            "{short} av de {needed} som krävs.",
            **{name: loc.money(number) for name, number in numbers.items()},
        )
    if smallest_set.measure == "inhabitants":
        return loc(
            "Om alla som inte har svarat säger ja bor {possible} invånare i kommuner som har sagt "
            "ja. Då saknas ändå {short} av de {needed} som krävs.",
            **{name: loc.count(number) for name, number in numbers.items()},
        )
    return loc(
        "Om alla som inte har svarat säger ja har {possible} av de {needed} kommuner som krävs "
        "sagt ja.",
        **members_in_words(loc, possible=int(numbers["possible"]), needed=int(numbers["needed"])),
    )
