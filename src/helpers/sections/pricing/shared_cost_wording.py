"""A shared cost in words: the headline, the lead, the bounds, the rule."""

from __future__ import annotations

from fractions import Fraction

from helpers.funding.totals.shared_price import SharedPrice
from helpers.i18n.localizer import Localizer
from helpers.sections.components.section_context import SectionContext
from helpers.sections.components.text import capitalize_first


def price_headline(context: SectionContext, price: SharedPrice) -> str:
    """Whether the cost is covered, and the price per inhabitant that it gives."""
    loc = context.loc
    values = {
        "day": loc.date(context.statement.as_of),
        "highest": loc.kr_per(price.highest_rate),
        "rate": format_marked_price(price.now.rate, price, loc),
        "share": loc.percent(context.statement.total.funded_share),
    }
    if not price.now.members:
        return loc("Ingen kommun är med per den {day}", **values)
    if price.binds:
        text = loc(
            "{share} av kostnaden är täckt per den {day}; priset är det högsta, {highest} per "
            "invånare",
            **values,
        )
        return capitalize_first(text)
    return loc("Kostnaden är täckt per den {day}: {rate}, mot högst {highest}", **values)


def price_lead(context: SectionContext, price: SharedPrice) -> str:
    """Who is in, who is not, and from how many on the price falls."""
    loc = context.loc
    total = context.statement.total
    text = loc(
        "{yes} av {members} kommuner ({yes_share}) är med; de har {people} av invånarna.",
        yes=loc.count(total.yes),
        members=loc.count(total.members),
        yes_share=loc.percent(total.yes_share),
        people=loc.percent(total.yes_population_share),
    )
    return f"{text} {_not_joined_text(context)} " + loc(
        "Kostnaden, {cost} om året{mark}, är täckt när {share} av invånarna är med; därefter "
        "sjunker priset för alla.",
        cost=loc.kr(price.cost),
        share=loc.percent(price.break_even_share),
        mark=estimate_mark(price, loc),
    )


def _not_joined_text(context: SectionContext) -> str:
    loc = context.loc
    total = context.statement.total
    if not context.statement.round.answers.declined_known:
        return loc.plural(
            "{n} är inte ansluten; det är inte känt om den har sagt nej.",
            "{n} är inte anslutna; det är inte känt hur många av dem som har sagt nej.",
            total.unanswered,
        )
    return loc(
        "{no} har sagt nej och {unanswered} har inte svarat.",
        no=loc.count(total.no),
        unanswered=loc.count(total.unanswered),
    )


def price_bounds(context: SectionContext, price: SharedPrice) -> str:
    """The price if nobody more joins, and if all do that may."""
    loc = context.loc
    if not context.statement.total.unanswered:
        return loc("Alla har svarat: priset ändras inte utan att någon ändrar sitt svar.")
    rates = (price.now.rate, price.if_all_silent_join.rate)
    now, after = (format_marked_price(rate, price, loc) for rate in rates)
    return loc.plural(
        "Ansluter sig inte den som återstår är priset {now}. Ansluter den sig blir det {all}. Det "
        "är gränser, inte en prognos, och förutsätter att ingen ändrar sitt svar.",
        "Ansluter sig ingen av de {n} som återstår är priset {now}. Ansluter sig alla blir det "
        "{all}. Det är gränser, inte en prognos, och förutsätter att ingen ändrar sitt svar.",
        context.statement.total.unanswered,
        now=now,
        all=after,
    )


def shared_cost_rule(context: SectionContext, price: SharedPrice, year: int) -> str:
    """How the fees are set."""
    loc = context.loc
    return loc(
        "De som är med delar kostnaden, {cost} om året{mark}, efter folkmängden den {day}, "
        "och betalar högst {highest} per invånare. Avgiften för den som inte är med är vad "
        "den skulle betala om den ensam anslöt sig nu.",
        cost=loc.kr(price.cost),
        day=loc.year_end(year),
        highest=loc.kr_per(price.highest_rate),
        mark=estimate_mark(price, loc),
    )


def format_marked_price(rate: Fraction, price: SharedPrice, loc: Localizer) -> str:
    """A price per inhabitant, marked where it rests on a cost that is not the organiser's own."""
    text = loc("{rate} per invånare", rate=loc.kr_per(rate))
    if not price.estimated or rate == price.highest_rate:
        return text
    return text + estimate_mark(price, loc)


def estimate_mark(price: SharedPrice, loc: Localizer) -> str:
    """What stands after all that rests on a cost that is not the organiser's own; else blank."""
    return loc(" (beräknat)") if price.estimated else ""


def amount_mark(context: SectionContext) -> str:
    """The same for an amount, or a heading of amounts, of any round."""
    return estimate_mark(context.statement.price, context.loc) if context.statement.price else ""


def estimate_note(context: SectionContext) -> str:
    """The same as a sentence, for a chart of amounts."""
    if context.statement.price is None or not context.statement.price.estimated:
        return ""
    return context.loc("Kostnaden är beräknad, inte publicerad.")


def unanswered_inhabitants_text(context: SectionContext) -> str:
    """Members that have not answered, by their inhabitants: their fees do not add up."""
    loc = context.loc
    total = context.statement.total
    return loc.plural(
        "{n} kommun har inte svarat. Den har {people} invånare, {share} av alla. Avgiften är vad "
        "den skulle betala om den anslöt sig nu. Tystnad räknas aldrig som ett nej.",
        "{n} kommuner har inte svarat. De har {people} invånare, {share} av alla. Avgiften är vad "
        "var och en skulle betala om den ensam anslöt sig nu. Tystnad räknas aldrig som ett nej.",
        total.unanswered,
        people=loc.count(total.unanswered_population),
        share=loc.percent(total.unanswered_population_share),
    )


def declined_inhabitants_text(context: SectionContext) -> str:
    """Members that said no, by their inhabitants."""
    loc = context.loc
    total = context.statement.total
    return loc.plural(
        "{n} kommun har sagt nej. Den har {people} invånare, {share} av alla.",
        "{n} kommuner har sagt nej. De har {people} invånare, {share} av alla.",
        total.no,
        people=loc.count(total.no_population),
        share=loc.percent(total.no_population_share),
    )
