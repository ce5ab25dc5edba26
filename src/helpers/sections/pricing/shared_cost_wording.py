"""A cost shared by those that join, in words: the headline, the lead, the bounds, the rule."""

from __future__ import annotations

from fractions import Fraction

from helpers.funding.statement.round_statement import Statement
from helpers.funding.totals.shared_price import SharedPrice
from helpers.i18n.localizer import Localizer
from helpers.sections.components.text import capitalize_first


def price_headline(statement: Statement, price: SharedPrice, say: Localizer) -> str:
    """Whether the cost is covered, and the price per inhabitant that it gives."""
    values = {
        "day": say.date(statement.as_of),
        "highest": say.kr_per(price.highest_rate),
        "rate": format_marked_price(price.now.rate, price, say),
        "share": say.percent(statement.total.funded_share),
    }
    if not price.now.members:
        return say("Ingen kommun är med per den {day}", **values)
    if price.binds:
        text = say(
            "{share} av kostnaden är täckt per den {day}; priset är det högsta, {highest} per "
            "invånare",
            **values,
        )
        return capitalize_first(text)
    return say("Kostnaden är täckt per den {day}: {rate}, mot högst {highest}", **values)


def price_lead(statement: Statement, price: SharedPrice, say: Localizer) -> str:
    """Who is in, who is not, and from how many on the price falls."""
    total = statement.total
    text = say(
        "{yes} av {members} kommuner ({yes_share}) är med; de har {people} av invånarna.",
        yes=say.count(total.yes),
        members=say.count(total.members),
        yes_share=say.percent(total.yes_share),
        people=say.percent(total.yes_population_share),
    )
    return f"{text} {_not_joined_text(statement, say)} " + say(
        "Kostnaden, {cost} om året{mark}, är täckt när {share} av invånarna är med; därefter "
        "sjunker priset för alla.",
        cost=say.kr(price.cost),
        share=say.percent(price.break_even_share),
        mark=estimate_mark(price, say),
    )


def _not_joined_text(statement: Statement, say: Localizer) -> str:
    total = statement.total
    if not statement.round.answers.declined_known:
        return say.plural(
            "{n} är inte ansluten; det är inte känt om den har sagt nej.",
            "{n} är inte anslutna; det är inte känt hur många av dem som har sagt nej.",
            total.unanswered,
        )
    return say(
        "{no} har sagt nej och {unanswered} har inte svarat.",
        no=say.count(total.no),
        unanswered=say.count(total.unanswered),
    )


def price_bounds(statement: Statement, price: SharedPrice, say: Localizer) -> str:
    """The price if nobody more joins, and if all do that may."""
    if not statement.total.unanswered:
        return say("Alla har svarat: priset ändras inte utan att någon ändrar sitt svar.")
    rates = (price.now.rate, price.if_all_silent_join.rate)
    now, after = (format_marked_price(rate, price, say) for rate in rates)
    return say.plural(
        "Ansluter sig inte den som återstår är priset {now}. Ansluter den sig blir det {all}. Det "
        "är gränser, inte en prognos, och förutsätter att ingen ändrar sitt svar.",
        "Ansluter sig ingen av de {n} som återstår är priset {now}. Ansluter sig alla blir det "
        "{all}. Det är gränser, inte en prognos, och förutsätter att ingen ändrar sitt svar.",
        statement.total.unanswered,
        now=now,
        all=after,
    )


def shared_cost_rule(statement: Statement, price: SharedPrice, year: int, say: Localizer) -> str:
    """How the fees are set."""
    return say(
        "De som är med delar kostnaden, {cost} om året{mark}, efter folkmängden den {day}, "
        "och betalar högst {highest} per invånare. Avgiften för den som inte är med är vad "
        "den skulle betala om den ensam anslöt sig nu.",
        cost=say.kr(price.cost),
        day=say.year_end(year),
        highest=say.kr_per(price.highest_rate),
        mark=estimate_mark(price, say),
    )


def format_marked_price(rate: Fraction, price: SharedPrice, say: Localizer) -> str:
    """A price per inhabitant, marked where it rests on a cost that is not the organiser's own."""
    text = say("{rate} per invånare", rate=say.kr_per(rate))
    if not price.estimated or rate == price.highest_rate:
        return text
    return text + estimate_mark(price, say)


def estimate_mark(price: SharedPrice, say: Localizer) -> str:
    """What stands after all that rests on a cost that is not the organiser's own; else blank."""
    return say(" (beräknat)") if price.estimated else ""


def amount_mark(statement: Statement, say: Localizer) -> str:
    """The same for an amount, or a heading of amounts, of any round."""
    return estimate_mark(statement.price, say) if statement.price else ""


def estimate_note(statement: Statement, say: Localizer) -> str:
    """The same as a sentence, for a chart of amounts."""
    if statement.price is None or not statement.price.estimated:
        return ""
    return say("Kostnaden är beräknad, inte publicerad.")


def unanswered_inhabitants_text(statement: Statement, say: Localizer) -> str:
    """Those that have not answered, by their inhabitants: their fees make no sum."""
    total = statement.total
    return say.plural(
        "{n} kommun har inte svarat. Den har {people} invånare, {share} av alla. Avgiften är vad "
        "den skulle betala om den anslöt sig nu. Tystnad räknas aldrig som ett nej.",
        "{n} kommuner har inte svarat. De har {people} invånare, {share} av alla. Avgiften är vad "
        "var och en skulle betala om den ensam anslöt sig nu. Tystnad räknas aldrig som ett nej.",
        total.unanswered,
        people=say.count(total.unanswered_population),
        share=say.percent(total.unanswered_population_share),
    )


def declined_inhabitants_text(statement: Statement, say: Localizer) -> str:
    """Those that said no, by their inhabitants."""
    total = statement.total
    return say.plural(
        "{n} kommun har sagt nej. Den har {people} invånare, {share} av alla.",
        "{n} kommuner har sagt nej. De har {people} invånare, {share} av alla.",
        total.no,
        people=say.count(total.no_population),
        share=say.percent(total.no_population_share),
    )
