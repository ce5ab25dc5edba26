"""A cost shared by those that join, in words: the headline, the lead, the bounds, the rule."""

from __future__ import annotations

from fractions import Fraction

from helpers.figures.prose import sentence
from helpers.formats import Speech
from helpers.funding.shared_cost import SharedPrice
from helpers.funding.statement import Statement


def headline(statement: Statement, price: SharedPrice, say: Speech) -> str:
    """Whether the cost is covered, and the price per inhabitant that it gives."""
    values = {
        "day": say.date(statement.as_of),
        "highest": say.kr_per(price.highest_rate),
        "rate": marked(price.now.rate, price, say),
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
        return sentence(text)
    return say("Kostnaden är täckt per den {day}: {rate}, mot högst {highest}", **values)


def lead(statement: Statement, price: SharedPrice, say: Speech) -> str:
    """Who is in, who is not, and from how many on the price falls."""
    total = statement.total
    text = say(
        "{yes} av {members} kommuner ({yes_share}) är med; de har {people} av invånarna.",
        yes=say.count(total.yes), members=say.count(total.members),
        yes_share=say.percent(total.yes_share), people=say.percent(total.yes_population_share),
    )  # fmt: skip
    return f"{text} {_others(statement, say)} " + say(
        "Kostnaden, {cost} om året{mark}, är täckt när {share} av invånarna är med; därefter "
        "sjunker priset för alla.",
        cost=say.kr(price.cost), share=say.percent(price.break_even_share),
        mark=mark(price, say),
    )  # fmt: skip


def _others(statement: Statement, say: Speech) -> str:
    total = statement.total
    if not statement.round.answers.declined_known:
        return say.plural(
            "{n} är inte ansluten; det är inte känt om den har sagt nej.",
            "{n} är inte anslutna; det är inte känt hur många av dem som har sagt nej.",
            total.unanswered,
        )
    return say(
        "{no} har sagt nej och {unanswered} har inte svarat.",
        no=say.count(total.no), unanswered=say.count(total.unanswered),
    )  # fmt: skip


def bounds(statement: Statement, price: SharedPrice, say: Speech) -> str:
    """The price if nobody more joins, and if all do that may."""
    if not statement.total.unanswered:
        return say("Alla har svarat: priset ändras inte utan att någon ändrar sitt svar.")
    rates = (price.now.rate, price.if_all_silent_join.rate)
    now, after = (marked(rate, price, say) for rate in rates)
    return say.plural(
        "Ansluter sig inte den som återstår är priset {now}. Ansluter den sig blir det {all}. Det "
        "är gränser, inte en prognos, och förutsätter att ingen ändrar sitt svar.",
        "Ansluter sig ingen av de {n} som återstår är priset {now}. Ansluter sig alla blir det "
        "{all}. Det är gränser, inte en prognos, och förutsätter att ingen ändrar sitt svar.",
        statement.total.unanswered,
        now=now, all=after,
    )  # fmt: skip


def rule(statement: Statement, price: SharedPrice, year: int, say: Speech) -> str:
    """How the fees are set."""
    return say(
        "De som är med delar kostnaden, {cost} om året{mark}, efter folkmängden den {day}, "
        "och betalar högst {highest} per invånare. Avgiften för den som inte är med är vad "
        "den skulle betala om den ensam anslöt sig nu.",
        cost=say.kr(price.cost), day=say.year_end(year), highest=say.kr_per(price.highest_rate),
        mark=mark(price, say),
    )  # fmt: skip


def marked(rate: Fraction, price: SharedPrice, say: Speech) -> str:
    """A price per inhabitant, marked where it rests on a cost that is not the organiser's own."""
    text = say("{rate} per invånare", rate=say.kr_per(rate))
    if not price.estimated or rate == price.highest_rate:
        return text
    return text + mark(price, say)


def mark(price: SharedPrice, say: Speech) -> str:
    """What stands after all that rests on a cost that is not the organiser's own; else blank."""
    return say(" (beräknat)") if price.estimated else ""


def mark_of(statement: Statement, say: Speech) -> str:
    """The same for an amount, or a heading of amounts, of any round."""
    return mark(statement.price, say) if statement.price else ""


def note_of(statement: Statement, say: Speech) -> str:
    """The same as a sentence, for a chart of amounts."""
    if statement.price is None or not statement.price.estimated:
        return ""
    return say("Kostnaden är beräknad, inte publicerad.")


def outside(statement: Statement, say: Speech) -> str:
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


def declined(statement: Statement, say: Speech) -> str:
    """Those that said no, by their inhabitants."""
    total = statement.total
    return say.plural(
        "{n} kommun har sagt nej. Den har {people} invånare, {share} av alla.",
        "{n} kommuner har sagt nej. De har {people} invånare, {share} av alla.",
        total.no,
        people=say.count(total.no_population), share=say.percent(total.no_population_share),
    )  # fmt: skip
