"""What a round's pricing rule says, in words: one sentence a rule."""

from __future__ import annotations

from helpers.figures import price_text
from helpers.formats import Speech
from helpers.funding.reconcile import PERCENT
from helpers.funding.statement import Statement
from helpers.pricing import Pricing
from helpers.pricing.fixed import Annex, ByWeight, FixedTotal, Inhabitants, MembershipFee, TaxBase
from helpers.pricing.rate import RateWithCeiling
from helpers.pricing.shared import SharedCost


def pricing_text(statement: Statement, say: Speech) -> list[str]:
    """How the fees are set, and what limits or a ceiling do to them; one remark each."""
    return [_rule(statement, say), *_limited(statement, say), *_stepped(statement, say)]


def _rule(statement: Statement, say: Speech) -> str:
    pricing, requested = statement.round.pricing, say.kr(statement.round.requested)
    if isinstance(pricing, RateWithCeiling):
        return _rate(pricing, statement, say)
    if isinstance(pricing, SharedCost) and statement.price:
        return price_text.rule(statement, statement.price, pricing.population_year, say)
    if isinstance(pricing, MembershipFee):
        return say(
            "Avgifterna fördelar {requested} om året efter folkmängden den {day}. "
            "Kommuner med fler än {above} invånare får {rebate} rabatt (medlemsavgiftens princip).",
            requested=requested, day=say.year_end(pricing.population_year),
            above=say.count(pricing.rebate_above),
            rebate=say.percent(pricing.rebate_percent * PERCENT),
        )  # fmt: skip
    if isinstance(pricing, Inhabitants):
        return say(
            "Avgifterna fördelar {requested} om året efter folkmängden den {day}.",
            requested=requested, day=say.year_end(pricing.population_year),
        )  # fmt: skip
    return _by_column(pricing, requested, say)


def _by_column(pricing: Pricing, requested: str, say: Speech) -> str:
    """The rules that take their key from a column of the members' file, as it stands."""
    texts = {
        TaxBase: say(
            "Avgifterna fördelar {requested} om året efter skatteunderlaget.", requested=requested
        ),
        ByWeight: say(
            "Avgifterna fördelar {requested} om året efter de vikter som rundan anger.",
            requested=requested,
        ),
        Annex: say(
            "Avgifterna är de som rundan anger, tillsammans {requested} om året.",
            requested=requested,
        ),
    }
    return texts.get(type(pricing), say("Avgifterna följer rundans egen regel."))


def _rate(pricing: RateWithCeiling, statement: Statement, say: Speech) -> str:
    """The rate, the ceiling, and what the ceiling does."""
    shares = statement.shares
    text = say(
        "Avgiften är {rate} per invånare den {day}, dock högst {ceiling} om året "
        "från alla tillsammans.",
        rate=say.kr_rate(pricing.rate), day=say.year_end(pricing.population_year),
        ceiling=say.kr(pricing.ceiling),
    )  # fmt: skip
    if shares.binding != "ceiling":
        return text
    return f"{text} " + say(
        "Taket är nått: det är det önskade beloppet, och varje avgift är sänkt i samma mån, till "
        "{rate} per invånare.",
        rate=say.kr_per(shares.rate),
    )


def _limited(statement: Statement, say: Speech) -> list[str]:
    """How many members a limit decides the fee of."""
    number = len(statement.shares.limited)
    if not number:
        return []
    return [
        say.plural(
            "För {n} kommun bestäms avgiften av rundans gränser för den högsta eller lägsta "
            "avgiften, eller av en fast andel.",
            "För {n} kommuner bestäms avgiften av rundans gränser för den högsta eller lägsta "
            "avgiften, eller av en fast andel.",
            number,
        )
    ]


def _stepped(statement: Statement, say: Speech) -> list[str]:
    """That the fees are in steps, where they are."""
    pricing = statement.round.pricing
    if not isinstance(pricing, FixedTotal) or pricing.step == 1:
        return []
    return [say("Varje avgift är jämnt delbar med {step}.", step=say.kr(pricing.step))]
