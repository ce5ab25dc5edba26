"""The receipt of a member's fee: each step from its inhabitants to whole kronor."""

from __future__ import annotations

from fractions import Fraction

from helpers.figures import price_text
from helpers.figures.block import EMPTY, Block, stack
from helpers.figures.prose import paragraphs
from helpers.figures.tables import Column, table_block
from helpers.formats import Speech
from helpers.funding.receipt import Receipt
from helpers.funding.statement import Statement
from helpers.pricing import SharedCost
from helpers.pricing.fixed import FixedTotal, MembershipFee, TaxBase
from helpers.rounding import half_up

MOST_DIGITS = 9  # decimals that a rate may have, see pricing.decimals


def receipt_block(statement: Statement, made: Receipt, say: Speech) -> Block:
    """How the fee is computed, as a table where there are steps, and how it is rounded."""
    steps = {"share": _by_share, "rate": _by_rate, "limit": _by_limit}.get(made.way)
    table = EMPTY
    if steps:
        columns = [Column(say("Steg i beräkningen"), "left", 3), Column(say("Värde"), width=1)]
        total = [say("Avgift per år"), say.kr(made.fee)]
        rows = [_key_row(statement, made, say), *steps(statement, made, say)]
        table = table_block(say("Så är avgiften beräknad"), columns, rows, total)
    return stack(table, paragraphs(_remark(statement, made, say)))


def _key_row(statement: Statement, made: Receipt, say: Speech) -> list[str]:
    if made.population_year is not None:
        label = say("Folkmängd den {day}", day=say.year_end(made.population_year))
    elif isinstance(statement.round.pricing, TaxBase):
        label = say("Skatteunderlag")
    else:
        label = say("Vikt")
    return [label, say.count(made.key)]


def _by_share(statement: Statement, made: Receipt, say: Speech) -> list[list[str]]:
    """The member's part of an amount that is shared by weight."""
    return [
        *_rebate(statement, made, say),
        [_together_label(statement, made, say), exactly(made.together, say)],
        [say("Er andel"), say.percent(made.share, 4)],
        [say("Belopp att dela på per år"), say.kr(made.shared)],
        *_rounded(say("Er andel av beloppet"), made, say),
    ]


def _rebate(statement: Statement, made: Receipt, say: Speech) -> list[list[str]]:
    pricing = statement.round.pricing
    if not isinstance(pricing, MembershipFee) or not made.rebate:
        return []
    label = say(
        "Rabatt: {percent} för fler än {above} invånare",
        percent=say.percent(Fraction(pricing.rebate_percent, 100)),
        above=say.count(pricing.rebate_above),
    )
    return [
        [label, exactly(-made.rebate, say)],
        [say("Folkmängd efter rabatt"), exactly(made.weight, say)],
    ]


def _together_label(statement: Statement, made: Receipt, say: Speech) -> str:
    pricing = statement.round.pricing
    if isinstance(pricing, SharedCost):
        return say("Folkmängd hos dem som har gått med, er inräknad")
    if statement.shares.limited:
        return say("Alla kommuner vars avgift ingen gräns bestämmer")
    if isinstance(pricing, MembershipFee):
        return say("Folkmängd i alla kommuner efter rabatt")
    return say("Alla kommuner tillsammans")


def _by_rate(statement: Statement, made: Receipt, say: Speech) -> list[list[str]]:
    """The rate times the inhabitants."""
    del statement
    rate = made.rate or Fraction(0)
    price = say.kr_per(rate) if _digits(rate) <= 2 else exactly(rate, say)
    return [
        [say("Pris per invånare och år"), price],
        *_rounded(say("Folkmängden gånger priset"), made, say),
    ]


def _by_limit(statement: Statement, made: Receipt, say: Speech) -> list[list[str]]:
    """What a limit says, whatever the key."""
    labels = {
        "highest": say("Rundans högsta avgift"),
        "lowest": say("Rundans lägsta avgift"),
        "fixed": say("Fast andel enligt rundan"),
    }
    del statement
    return _rounded(labels[made.limited or "fixed"], made, say)


def _rounded(label: str, made: Receipt, say: Speech) -> list[list[str]]:
    """The exact amount and what rounding does to it, both to the öre and so that they add up."""
    exact = Fraction(half_up(made.exact, Fraction(1, 100)), 100)
    rounding = say.signed_kr_per(made.fee - exact)
    return [[label, say.kr_per(exact)], [say("Avrundning"), rounding]]


def _remark(statement: Statement, made: Receipt, say: Speech) -> str:
    """How the fees are rounded, or where the fee comes from if not from steps."""
    pricing = statement.round.pricing
    if made.way == "listed":
        return say("Avgiften är den som rundan anger för er.")
    if made.way == "own":
        return say("Avgiften följer rundans egen regel.")
    if isinstance(pricing, SharedCost):
        return _shared_cost(pricing, statement, say)
    if isinstance(pricing, FixedTotal):
        return say(
            "Alla avgifter är jämna {step} och avrundade så att de tillsammans blir exakt "
            "{requested}.",
            step=say.kr(pricing.step), requested=say.kr(statement.round.requested),
        ) if pricing.step > 1 else say(
            "Alla avgifter är hela kronor och avrundade så att de tillsammans blir exakt "
            "{requested}.",
            requested=say.kr(statement.round.requested),
        )  # fmt: skip
    if statement.shares.binding == "ceiling":
        return say(
            "Priset är {rate} per invånare, men taket för alla tillsammans är nått. Därför delas "
            "takbeloppet efter folkmängd.",
            rate=say.kr_per(statement.shares.highest_rate),
        )
    return say("Avgiften är avrundad till hela kronor.")


def _shared_cost(pricing: SharedCost, statement: Statement, say: Speech) -> str:
    """That the price falls as more join, and never passes the highest."""
    text = say(
        "Ju fler som går med, desto lägre blir priset; det är högst {highest} per invånare. "
        "Avgiften gäller med dem som har gått med per den {day}.",
        highest=say.kr_per(pricing.highest_rate), day=say.date(statement.as_of),
    )  # fmt: skip
    return f"{text} {price_text.note_of(statement, say)}".strip()


def exactly(number: Fraction, say: Speech) -> str:
    """A number with as many decimals as it has, and no more."""
    return say.decimals(number, _digits(number))


def _digits(number: Fraction) -> int:
    """How many decimals a number has; MOST_DIGITS for one that never ends."""
    places = (n for n in range(MOST_DIGITS) if (number * 10**n).denominator == 1)
    return next(places, MOST_DIGITS)
