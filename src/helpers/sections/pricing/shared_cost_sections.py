"""The sections of a shared cost: the price by who joins, and the call list."""

from __future__ import annotations

from functools import partial

from helpers.funding.totals.shared_price import JOINERS_LISTED, PriceStep, SharedPrice
from helpers.i18n.localizer import Localizer
from helpers.sections.charts.price_curve import draw_price_curve
from helpers.sections.components.answer_names import answer_names
from helpers.sections.components.block import EMPTY_BLOCK, Block, stack
from helpers.sections.components.data_table import Column, table_block
from helpers.sections.components.figure import chart_block
from helpers.sections.components.notices import contact_block, example_mark, picture_foot
from helpers.sections.components.section_context import SectionContext
from helpers.sections.components.text import paragraphs
from helpers.sections.pricing.estimated_price import estimate_mark, format_marked_price

_SHOWN_JOINING_COUNTS = (1, 5, 10, 20)  # more members; the call list has those between


def price_as_more_join(context: SectionContext, shared_price: SharedPrice) -> Block:
    """The price per inhabitant by how many have joined."""
    loc = context.loc
    finding = _price_finding(shared_price, loc)
    alternative = loc(
        "{finding}. Kurva över priset per invånare efter hur stor del av invånarna som är med: "
        "{highest} upp till {break_even}, därefter fallande till {least} när alla är med. Nu är "
        "{share} med.",
        finding=finding,
        highest=loc.unit_price(shared_price.highest_rate),
        break_even=loc.percent(shared_price.break_even_share),
        least=loc.unit_price(shared_price.if_all_join.rate),
        share=loc.percent(shared_price.now.share),
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
        "Kurvan är beräknad: kostnaden, {cost} per år, är inte publicerad.",
        cost=loc.money(shared_price.cost),
    )


def _price_table(shared_price: SharedPrice, loc: Localizer) -> Block:
    """Return the price now and as the largest remaining members join."""
    columns = [
        Column(loc("Fler som ansluter sig"), "left"),
        Column(loc("Kommuner")),
        Column(loc("Invånare")),
        Column(loc("Andel av invånarna")),
        Column(loc("Kr per invånare")),
        Column(loc("Betalas tillsammans, kr per år")),
    ]
    last = shared_price.if_all_unanswered_join
    shown_steps = [s for s in shared_price.steps if s.joining in _SHOWN_JOINING_COUNTS or s == last]
    names = {last.joining: loc("Alla {n}", n=loc.count(last.joining))} if shown_steps else {}
    rows = [
        [names.get(s.joining, loc.count(s.joining)), *_price_row(s, loc)]
        for s in (shared_price.now, *shown_steps)
    ]
    caption = loc(
        "Priset om fler ansluter sig, de största först{mark}",
        mark=estimate_mark(shared_price, loc),
    )
    return table_block(caption, columns, rows)


def _price_row(step: PriceStep, loc: Localizer) -> list[str]:
    return [
        loc.count(step.members),
        loc.count(step.inhabitants),
        loc.percent(step.share),
        loc.decimals(step.rate, 2),
        loc.count(step.funded),
    ]


def call_list_by_price(context: SectionContext, shared_price: SharedPrice) -> Block:
    """Return the largest remaining members as a call list; if there are none, the bounds."""
    statement, loc = context.statement, context.loc
    if not statement.call_list:
        return EMPTY_BLOCK
    columns = [
        Column(loc("Kommun"), "left"),
        Column(loc("Län"), "left"),
        Column(loc("Invånare")),
        Column(loc("Avgift om den ansluter sig, kr")),
        Column(loc("Kr per invånare om den och alla ovan ansluter sig")),
    ]
    by_size = sorted(statement.call_list, key=lambda reply: (-reply.population, reply.code))
    rows = [
        [r.name, r.county, *map(loc.count, (r.population, r.fee)), loc.decimals(step.rate, 2)]
        for r, step in zip(by_size[:JOINERS_LISTED], shared_price.steps, strict=False)
    ]
    caption = loc("De svar som betyder mest{mark}", mark=estimate_mark(shared_price, loc))
    table = table_block(caption + example_mark(context), columns, rows)
    return stack(contact_block(context), table)


def gap_beyond_highest_price(context: SectionContext) -> Block:
    """Return what is left to share if the rule already shares the cost."""
    if context.statement.total.gap <= 0:
        return EMPTY_BLOCK
    return paragraphs(
        context.loc(
            "Det som saknas, {gap} per år, kan inte delas av dem som är med: de betalar redan det "
            "högsta priset. Det täcks när fler ansluter sig, eller av någon annan.",
            gap=context.loc.money(context.statement.total.gap),
        )
    )


def largest_by_inhabitants(context: SectionContext, shared_price: SharedPrice) -> Block:
    """The largest members by inhabitants, and the price if one of them leaves."""
    loc = context.loc
    members = [context.statement.rows_by_code[code] for code in shared_price.largest]
    text = loc(
        "De {n} största kommunerna har {share} av invånarna.",
        n=loc.count(len(members)),
        share=loc.percent(shared_price.population_share(*shared_price.largest)),
    )
    columns = [
        Column(loc("Kommun"), "left"),
        Column(loc("Svar"), "left"),
        Column(loc("Invånare")),
        Column(loc("Andel")),
        Column(loc("Avgift, kr")),
        Column(loc("Kr per invånare om den drar sig ur")),
    ]
    names = answer_names(loc)
    rows = [
        [
            str(row["name"]),
            names[row["decision"]],
            loc.count(row["population"]),
            loc.percent(shared_price.population_share(row["code"]), 1),
            loc.count(row["fee"]),
            loc.decimals(shared_price.if_one_leaves[row["code"]].rate, 2)
            if row["code"] in shared_price.if_one_leaves
            else "–",
        ]
        for row in members
    ]
    caption = loc(
        "De största kommunerna, per år{mark}",
        mark=estimate_mark(shared_price, loc),
    )
    table = table_block(caption, columns, rows)
    return stack(paragraphs(text), table)
