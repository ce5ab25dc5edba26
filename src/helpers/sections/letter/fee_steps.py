"""How a member's fee is computed: each step from its inhabitants to whole kronor."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from helpers.funding.billing.fee_breakdown import FeeBreakdown
from helpers.i18n.localizer import Localizer
from helpers.pricing import SharedCost
from helpers.pricing.kinds.fixed_total import FixedTotal, MembershipFee, TaxBase
from helpers.rounding import round_half_up
from helpers.sections.components.block import EMPTY_BLOCK, Block, stack
from helpers.sections.components.data_table import data_block
from helpers.sections.components.section_context import SectionContext
from helpers.sections.components.tables.section_table import SectionTable
from helpers.sections.components.tables.table_fields import FieldMaker
from helpers.sections.components.text import paragraphs

MAX_DECIMALS = 9  # decimals that a rate may have, see pricing.decimals


def fee_steps_block(context: SectionContext, breakdown: FeeBreakdown) -> Block:
    """How the fee is computed, as a table if there are steps, and how it is rounded."""
    loc = context.loc
    steps = {"share": _share_steps, "rate": _rate_steps, "limit": _limit_steps}.get(
        breakdown.method
    )
    table = EMPTY_BLOCK
    if steps:
        make = FieldMaker(loc)
        fields = [
            make.text("step", loc("Steg i beräkningen")).wide(3),
            replace(make.text("value", loc("Värde")), align="right").wide(1),
        ]
        key = [_fee_key_row(context, breakdown)] if breakdown.key else []  # a fixed share has none
        rows = [*key, *steps(context, breakdown)]
        records = [{"step": step, "value": value} for step, value in rows]
        label = loc("Avgift per år") + context.wording.amount_mark()
        total = {"step": label, "value": loc.money(breakdown.fee)}
        caption = loc("Så är avgiften beräknad")
        table = data_block(SectionTable.of(loc, caption, fields, records, total=total))
    return stack(table, paragraphs(_rounding_remark(context, breakdown)))


def _fee_key_row(context: SectionContext, breakdown: FeeBreakdown) -> list[str]:
    loc = context.loc
    if breakdown.population_year is not None:
        label = loc("Folkmängd den {day}", day=loc.year_end(breakdown.population_year))
    elif isinstance(context.statement.round.pricing, TaxBase):
        label = loc("Skatteunderlag")
    else:
        label = loc("Vikt")
    return [label, loc.count(breakdown.key)]


def _share_steps(context: SectionContext, breakdown: FeeBreakdown) -> list[list[str]]:
    """Return the steps of a member's share of an amount by weight."""
    loc, mark = context.loc, context.wording.amount_mark()
    return [
        *_rebate_steps(context, breakdown),
        [_total_weight_label(context), format_exactly(breakdown.total_weight, loc)],
        [loc("Andel"), loc.percent(breakdown.share, 4)],
        [loc("Belopp att dela på per år") + mark, loc.money(breakdown.amount_shared)],
        # Öre of an estimate would be false precision.
        *([] if mark else _exact_step(loc("Andel av beloppet"), breakdown, loc)),
    ]


def _rebate_steps(context: SectionContext, breakdown: FeeBreakdown) -> list[list[str]]:
    loc = context.loc
    pricing = context.statement.round.pricing
    if not isinstance(pricing, MembershipFee) or not breakdown.rebate:
        return []
    label = loc(
        "Rabatt: {percent} för fler än {above} invånare",
        percent=loc.percent(Fraction(pricing.rebate_percent, 100)),
        above=loc.count(pricing.rebate_above),
    )
    return [
        [label, format_exactly(-breakdown.rebate, loc)],
        [loc("Folkmängd efter rabatt"), format_exactly(breakdown.weight, loc)],
    ]


def _total_weight_label(context: SectionContext) -> str:
    loc = context.loc
    pricing = context.statement.round.pricing
    if isinstance(pricing, SharedCost):
        return loc("Folkmängd i de kommuner som är med, den egna inräknad")
    if context.statement.prices.limited:
        return loc("Alla kommuner vars avgift ingen gräns bestämmer")
    if isinstance(pricing, MembershipFee):
        return loc("Folkmängd i alla kommuner efter rabatt")
    return loc("Alla kommuner tillsammans")


def _rate_steps(context: SectionContext, breakdown: FeeBreakdown) -> list[list[str]]:
    """Return the steps of a rate times the inhabitants."""
    loc = context.loc
    rate = breakdown.rate or Fraction(0)
    price = loc.unit_price(rate) if _count_decimals(rate) <= 2 else format_exactly(rate, loc)
    return [
        [loc("Pris per invånare och år"), price],
        *_exact_step(loc("Folkmängden gånger priset"), breakdown, loc),
    ]


def _highest_label(context: SectionContext, group: str) -> str:
    """The highest fee, of all members or of those in a group."""
    loc, names = context.loc, context.statement.round.groups
    if not group:
        return loc("Omgångens högsta avgift")
    name = loc.text(names[group]) if group in names else group
    return loc("Högsta avgift i gruppen {group}", group=name)


def _limit_steps(context: SectionContext, breakdown: FeeBreakdown) -> list[list[str]]:
    """Return the step of a limit, which does not depend on the key."""
    loc = context.loc
    labels = {
        "highest": _highest_label(context, breakdown.limited_group),
        "lowest": loc("Omgångens lägsta avgift"),
        "fixed": loc("Fast andel enligt omgången"),
    }
    return _exact_step(labels[breakdown.limited or "fixed"], breakdown, loc)


def _exact_step(label: str, breakdown: FeeBreakdown, loc: Localizer) -> list[list[str]]:
    """Return the exact amount with öre; the text below the table states how it is rounded."""
    exact = Fraction(round_half_up(breakdown.exact, Fraction(1, 100)), 100)
    return [[label, loc.unit_price(exact)]]


def _rounding_remark(context: SectionContext, breakdown: FeeBreakdown) -> str:
    """How the fees are rounded, or where the fee comes from if not from steps."""
    loc, pricing = context.loc, context.statement.round.pricing
    if breakdown.method == "listed":
        if breakdown.rounding:
            return loc("Avgiften är den som omgången anger för er, avrundad till hela kronor.")
        return loc("Avgiften är den som omgången anger för er.")
    if breakdown.method == "own":
        return loc("Avgiften följer omgångens egen regel.")
    if isinstance(pricing, SharedCost):
        return _shared_cost_remark(context, pricing)
    if isinstance(pricing, FixedTotal):
        return _fixed_total_remark(context, pricing, breakdown)
    return _rate_remark(context)


def _rate_remark(context: SectionContext) -> str:
    """What a ceiling does to the fee, or that it is rounded."""
    statement, loc = context.statement, context.loc
    if statement.prices.binding == "ceiling":
        return loc(
            "Priset är {rate} per invånare, men taket för alla tillsammans är nått. Därför delas "
            "takbeloppet efter folkmängd.",
            rate=loc.unit_price(statement.prices.highest_rate),
        )
    return (
        loc(
            "Taket för alla tillsammans är nått. De kommuner som har sagt ja delar därför på "
            "takbeloppet efter folkmängd och betalar mindre än full avgift."
        )
        if statement.ceiling_lowers_fees
        else loc("Avgiften är avrundad till hela kronor.")
    )


def _fixed_total_remark(
    context: SectionContext, pricing: FixedTotal, breakdown: FeeBreakdown
) -> str:
    """That the fees add up, unless each is rounded by itself, as those of members that joined."""
    loc, step = context.loc, context.loc.money(pricing.step)
    round_ = context.statement.round
    requested = loc.money(round_.requested)
    if round_.counted_year:
        requested = loc("{amount} för {years}", amount=requested, years=str(round_.counted_year))
    if breakdown.joined_later:
        if pricing.step == 1:
            return loc("Avgiften är avrundad till hela kronor.")
        return loc("Avgiften är avrundad till jämna {step}.", step=step)
    if pricing.rounding == "each":
        return loc("Varje avgift är avrundad för sig till jämna {step}.", step=step)
    if pricing.step > 1:
        return loc(
            "Alla avgifter är jämna {step} och avrundade så att de tillsammans blir exakt "
            "{requested}.",
            step=step,
            requested=requested,
        )
    return loc(
        "Alla avgifter är hela kronor och avrundade så att de tillsammans blir exakt {requested}.",
        requested=requested,
    )


def _shared_cost_remark(context: SectionContext, pricing: SharedCost) -> str:
    """Return that the price falls as more members join, and never exceeds the highest."""
    loc = context.loc
    text = loc(
        "Ju fler kommuner som går med, desto lägre blir priset; det är högst {highest} per "
        "invånare. Avgiften är räknad på de kommuner som är med den {day}.",
        highest=loc.unit_price(pricing.highest_rate),
        day=loc.date(context.statement.as_of),
    )
    return f"{text} {context.wording.amount_note()}".strip()


def format_exactly(number: Fraction, loc: Localizer) -> str:
    """Format a number with exactly the decimals that it has."""
    return loc.decimals(number, _count_decimals(number))


def _count_decimals(number: Fraction) -> int:
    """Return the number of decimals of a number, limited for an infinite decimal."""
    exact_decimals = (n for n in range(MAX_DECIMALS) if (number * 10**n).denominator == 1)
    return next(exact_decimals, MAX_DECIMALS)
