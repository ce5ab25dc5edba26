"""The sections of a shared cost: the price by who joins, and the call list."""

from __future__ import annotations

from functools import partial

from helpers.funding.totals.shared_price import JOINERS_LISTED, SharedPrice
from helpers.i18n.localizer import Localizer
from helpers.i18n.spelled_out import number_in_words, percent_in_words
from helpers.sections.charts.price_curve import draw_price_curve
from helpers.sections.components.answer_names import answer_names
from helpers.sections.components.block import Block, does_not_apply, stack
from helpers.sections.components.data_table import data_block
from helpers.sections.components.figure import chart_block
from helpers.sections.components.notices import contact_block, example_mark, picture_foot
from helpers.sections.components.section_context import SectionContext
from helpers.sections.components.tables.section_table import SectionTable
from helpers.sections.components.tables.table_fields import FieldMaker
from helpers.sections.components.text import paragraphs
from helpers.sections.pricing.sharing.estimated_price import (
    estimate_mark,
    estimated_units,
    format_estimated_amount,
    format_marked_price,
)

_SHOWN_JOINING_COUNTS = (1, 5, 10, 20)  # more members; the call list has those between


def price_as_more_join(context: SectionContext, shared_price: SharedPrice) -> Block:
    """The price per inhabitant by how many have joined."""
    loc = context.loc
    finding = percent_in_words(_price_finding(shared_price, loc))
    alternative = loc(
        "{finding}. Kurva över priset per invånare efter hur stor del av invånarna som är med. "
        "Tabellen nedanför har priserna.",
        finding=finding,
    )
    draw = partial(draw_price_curve, shared_price, loc, alternative)
    return stack(
        chart_block(
            draw,
            finding,
            alternative,
            _estimated_cost_note(shared_price, loc),
            foot=picture_foot(context),
        ),
        _price_table(shared_price, loc),
    )


def _price_finding(shared_price: SharedPrice, loc: Localizer) -> str:
    values = {
        "rate": format_marked_price(shared_price.now.rate, shared_price, loc),
        "all": format_marked_price(shared_price.if_all_join.rate, shared_price, loc),
        "share": loc.percent(shared_price.break_even_share),
    }
    if shared_price.highest_rate_binds:
        return loc(
            "Priset är {rate} tills {share} av invånarna är med; är alla med blir det {all}",
            **values,
        )
    return loc("Priset är {rate}; är alla kommuner med blir det {all}", **values)


def _estimated_cost_note(shared_price: SharedPrice, loc: Localizer) -> str:
    if not shared_price.estimated:
        return ""
    return loc(
        "Kurvan bygger på en uppskattad kostnad, {cost} per år. Den är inte publicerad.",
        cost=format_estimated_amount(shared_price.cost, shared_price, loc),
    )


def _price_table(shared_price: SharedPrice, loc: Localizer) -> Block:
    """Return the price now and as the largest remaining members join."""
    last = shared_price.if_all_unanswered_join
    shown_steps = [s for s in shared_price.steps if s.joining in _SHOWN_JOINING_COUNTS or s == last]
    names = {last.joining: loc("Alla {n}", n=loc.count(last.joining))} if shown_steps else {}
    make = FieldMaker(loc)
    joining = make.count("joining", loc("Fler som ansluter sig"), "members that join as well")
    fields = [
        joining.shown_as(lambda row: names.get(row["joining"], loc.count(row["joining"]))),
        make.members("members", loc("Kommuner")),
        make.inhabitants("inhabitants", loc("Invånare")),
        make.share("share", loc("Andel av invånarna"), "all inhabitants"),
        make.price("rate", loc("Kr per invånare"), 2),
        make.amount("funded", loc("Betalas tillsammans, kr per år")).in_unit(
            estimated_units(shared_price), 1, loc
        ),
    ]
    steps = (shared_price.now, *shown_steps)
    caption = loc(
        "Priset om fler ansluter sig, de största först{mark}",
        mark=estimate_mark(shared_price, loc),
    )
    return data_block(SectionTable.of(loc, caption, fields, steps))


def call_list_by_price(context: SectionContext, shared_price: SharedPrice) -> Block:
    """Return the largest remaining members as a call list; if there are none, the bounds."""
    statement, loc = context.statement, context.loc
    if not statement.call_list:
        return does_not_apply(loc("Alla kommuner har svarat."))
    make = FieldMaker(loc)
    rate = make.price("rate", loc("Kr per invånare om kommunen och alla ovan ansluter sig"), 2)
    fields = [
        make.text("name", loc("Kommun")),
        make.text("county", loc("Län")),
        make.inhabitants("population", loc("Invånare")),
        make.amount("fee", loc("Avgift om den ansluter sig, kr")),
        rate.counted_from_above(),
        make.text("code", loc("Kod")).not_shown(),
    ]
    by_size = sorted(statement.call_list, key=lambda reply: (-reply.population, reply.code))
    names = ("name", "county", "population", "fee", "code")
    records = [
        {**{name: getattr(reply, name) for name in names}, "rate": step.rate}
        for reply, step in zip(by_size[:JOINERS_LISTED], shared_price.steps, strict=False)
    ]
    caption = loc("De svar som betyder mest{mark}", mark=estimate_mark(shared_price, loc))
    table = data_block(SectionTable.of(loc, caption + example_mark(context), fields, records))
    return stack(contact_block(context), table)


def gap_beyond_highest_price(context: SectionContext) -> Block:
    """Return what is left to share if the rule already shares the cost."""
    if context.statement.total.gap <= 0:
        return does_not_apply(context.loc("Inget saknas: det finns inget att dela på."))
    return paragraphs(
        context.loc(
            "Det som saknas, {gap} per år, kan inte delas av de kommuner som är med: de betalar "
            "redan det högsta priset. Det täcks när fler ansluter sig, eller av någon annan.",
            gap=context.loc.money(context.statement.total.gap),
        )
    )


def largest_by_inhabitants(context: SectionContext, shared_price: SharedPrice) -> Block:
    """The largest members by inhabitants, and the price if one of them leaves."""
    loc = context.loc
    members = [context.statement.rows_by_code[code] for code in shared_price.largest]
    text = loc(
        "De {n} största kommunerna har {share} av invånarna.",
        n=number_in_words(len(members), loc),
        share=loc.percent(shared_price.population_share(*shared_price.largest)),
    )
    make = FieldMaker(loc)
    fields = [
        make.text("name", loc("Kommun")),
        make.text("decision", loc("Svar"), answer_names(loc)),
        make.inhabitants("population", loc("Invånare")),
        make.share("population_share", loc("Andel"), "all inhabitants", 1),
        make.amount("fee", loc("Avgift, kr")),
        make.price("rate_without", loc("Kr per invånare om kommunen drar sig ur"), 2),
        make.text("code", loc("Kod")).not_shown(),
    ]
    without = {code: step.rate for code, step in shared_price.if_one_leaves.items()}
    records = [
        {
            **row,
            "population_share": shared_price.population_share(row["code"]),
            "rate_without": without.get(row["code"]),
        }
        for row in members
    ]
    caption = loc(
        "De största kommunerna och vad de betalar per år{mark}",
        mark=estimate_mark(shared_price, loc),
    )
    table = data_block(SectionTable.of(loc, caption, fields, records))
    return stack(paragraphs(text), table)
