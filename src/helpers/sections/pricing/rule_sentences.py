"""A round's pricing rule in words: one sentence for each rule."""

from __future__ import annotations

from fractions import Fraction

from helpers.funding.statement.round_statement import Statement
from helpers.funding.totals.reconciliation import ONE_PERCENT
from helpers.i18n.localizer import Localizer
from helpers.model.funding_round import Round
from helpers.pricing import Pricing
from helpers.pricing.decimals import decimal_places
from helpers.pricing.kinds.capped_rate import RateWithCeiling
from helpers.pricing.kinds.fixed_total import (
    Annex,
    ByWeight,
    FixedTotal,
    Inhabitants,
    MembershipFee,
    TaxBase,
)
from helpers.sections.components.section_context import SectionContext
from helpers.sections.pricing.limit_sentences import limits_remark

_MAX_AMOUNTS_LISTED = 3  # amounts of years stated with decimals; of more, only the sum


def pricing_remarks(context: SectionContext) -> list[str]:
    """Return how fees are set, and the effect of limits or a ceiling; one remark each."""
    return [
        context.wording.rule_sentence(),
        *limits_remark(context),
        *_step_remark(context),
    ]


def fees_secured_text(loc: Localizer) -> str:
    """Return that the secured amount is the sum of fees."""
    return loc(
        "Det säkrade beloppet är summan av avgifterna för de kommuner som har sagt ja. Ett svar "
        "räknas från den dag då det har kommit in. Om en kommun har svarat flera gånger räknas "
        "det svar som beslutades sist. Kommuner som inte har svarat räknas varken som ja eller "
        "nej."
    )


def fee_rule_sentence(statement: Statement, loc: Localizer) -> str:
    """How a rule whose fees add up to the requested amount sets them."""
    pricing, prices = statement.round.pricing, statement.prices
    requested = loc.money(statement.round.requested)
    if isinstance(pricing, FixedTotal):
        requested = loc.money(statement.round.requested - prices.rounding_difference)
    if isinstance(pricing, RateWithCeiling):
        return _rate_sentence(statement, pricing, loc)
    if isinstance(pricing, MembershipFee):
        return loc(
            "Avgifterna fördelar {requested} per år efter folkmängden den {day}. "
            "Kommuner med fler än {above} invånare får {rebate} rabatt (medlemsavgiftens princip).",
            requested=requested,
            day=loc.year_end(pricing.population_year),
            above=loc.count(pricing.rebate_above),
            rebate=loc.percent(pricing.rebate_percent * ONE_PERCENT),
        )
    if isinstance(pricing, Inhabitants):
        return loc(
            "Avgifterna fördelar {requested} per år efter folkmängden den {day}.",
            requested=requested,
            day=loc.year_end(pricing.population_year),
        )
    return _column_rule_sentence(pricing, requested, loc)


def _column_rule_sentence(pricing: Pricing, requested: str, loc: Localizer) -> str:
    """Return the sentence of a rule whose key is a column of the members' file."""
    texts = {
        TaxBase: loc(
            "Avgifterna fördelar {requested} per år efter skatteunderlaget.", requested=requested
        ),
        ByWeight: loc(
            "Avgifterna fördelar {requested} per år efter de vikter som omgången anger.",
            requested=requested,
        ),
        Annex: loc(
            "Avgifterna är de som omgången anger, tillsammans {requested} per år.",
            requested=requested,
        ),
    }
    return texts.get(type(pricing), loc("Avgifterna följer omgångens egen regel."))


def _rate_sentence(statement: Statement, pricing: RateWithCeiling, loc: Localizer) -> str:
    """Return the rate, the ceiling, and the effect of the ceiling."""
    prices = statement.prices
    text = loc(
        "Avgiften är {rate} per invånare den {day}, dock högst {ceiling} per år "
        "från alla tillsammans.",
        rate=loc.exact_rate(pricing.rate),
        day=loc.year_end(pricing.population_year),
        ceiling=loc.money(pricing.ceiling),
    )
    if statement.total.over_ceiling:
        text += " " + loc(
            "Avgifterna är tillsammans högre än taket. Taket minskar det som inte är säkrat med "
            "{over} per år.",
            over=loc.money(statement.total.over_ceiling),
        )
    if statement.ceiling_lowers_fees:
        text += " " + loc(
            "Taket är nått. De kommuner som har sagt ja delar på takbeloppet efter folkmängd."
        )
    if prices.binding != "ceiling":
        return text
    return f"{text} " + loc(
        "Taket är nått: det är det önskade beloppet, och varje avgift är sänkt i samma mån, till "
        "{rate} per invånare.",
        rate=loc.unit_price(prices.rate),
    )


def fee_sum_remark(statement: Statement, loc: Localizer) -> str:
    """What whole kronor do to members of equal size and, where it has decimals, to the total."""
    texts = [
        _fee_sum_text(statement, loc),
        *_indexation_texts(statement.round, loc),
        *_stated_amount_texts(statement.round, loc),
    ]
    return " ".join(texts)


def _indexation_texts(round_: Round, loc: Localizer) -> list[str]:
    """How the requested amount of each year follows from that of the first."""
    if round_.indexation is None or len(round_.years) == 1:
        return []
    first, percent = min(round_.years), round_.indexation.percent
    return [
        loc(
            "Det önskade beloppet är {amount} för {year} och räknas därefter upp med {percent} "
            "procent varje år. Varje års belopp är beräknat från det första och avrundat till hela "
            "kronor en gång.",
            amount=loc.money(round_.requested_in(first)),
            year=str(first),
            percent=loc.decimals(percent, decimal_places(percent)),
        )
    ]


def _stated_amount_texts(round_: Round, loc: Localizer) -> list[str]:
    """The requested amounts that are stated with decimals, and what rounding them adds."""
    stated, added = round_.requested_as_stated, round_.requested_rounding
    if not stated or not round_.pricing.needs_requested:
        return []
    if not round_.requested_of_years:
        amount, more = next(iter(stated.values())), next(iter(added.values()))
        return [
            loc(
                "Det önskade beloppet är angivet som {stated} och avrundat till hela kronor, "
                "{more} per år.",
                stated=loc.exact_rate(amount),
                more=_signed_exactly(more, loc),
            )
        ]
    if len(stated) > _MAX_AMOUNTS_LISTED:
        return [
            loc(
                "De önskade beloppen är angivna med decimaler och vart och ett är avrundat till "
                "hela kronor, tillsammans {more}.",
                more=_signed_exactly(sum(added.values(), Fraction()), loc),
            )
        ]
    return [
        loc(
            "Det önskade beloppet för {year} är angivet som {stated} och avrundat till hela "
            "kronor, {more}.",
            year=str(year),
            stated=loc.exact_rate(amount),
            more=_signed_exactly(added[year], loc),
        )
        for year, amount in sorted(stated.items())
    ]


def _signed_exactly(amount: Fraction, loc: Localizer) -> str:
    return ("+" if amount > 0 else "") + loc.exact_rate(amount)


def _fee_sum_text(statement: Statement, loc: Localizer) -> str:
    pricing, more = statement.round.pricing, statement.prices.rounding_difference
    if isinstance(pricing, Annex):
        return _listed_fees_remark(statement, loc)
    if isinstance(pricing, FixedTotal) and pricing.rounding == "each":
        values = {
            "sum": loc.money(statement.round.requested),
            "shared": loc.money(statement.round.requested - more),
            "more": loc.signed_money(more),
        }
        if not more:
            return loc("Varje avgift är avrundad för sig, och summan är exakt {sum}.", **values)
        return loc(
            "Varje avgift är avrundad för sig. Tillsammans blir de {sum}, vilket skiljer {more} "
            "från de {shared} som fördelas.",
            **values,
        )
    over = sum(statement.prices.fees.values()) - statement.round.requested
    if statement.ceiling is not None and over > 0:
        return loc(
            "Varje avgift är ett helt antal kronor, och lika stora kommuner har lika stor avgift. "
            "Avgifterna är tillsammans {over} högre än det önskade beloppet, som är taket.",
            over=loc.money(over),
        )
    if statement.prices.equal_members_differ:
        return loc(
            "Varje avgift är ett helt antal kronor och summan är exakt det önskade beloppet. Det "
            "går inte ihop utan att några lika stora kommuner skiljer sig åt med en krona."
        )
    return loc(
        "Varje avgift är ett helt antal kronor, summan är exakt det önskade beloppet och lika "
        "stora kommuner betalar lika mycket."
    )


def _listed_fees_remark(statement: Statement, loc: Localizer) -> str:
    """That listed fees are used as they are, or what rounding them does to their sum."""
    prices = statement.prices
    if all(prices.exact[code] == fee for code, fee in prices.fees.items()):
        return loc("Avgifterna är inte avrundade, och det önskade beloppet är deras summa.")
    return loc(
        "De angivna avgifterna har decimaler. Varje avgift är avrundad för sig till hela kronor. "
        "Tillsammans blir de {sum}, vilket skiljer {more} från de angivna.",
        sum=loc.money(statement.round.requested),
        more=loc.signed_money(prices.rounding_difference),
    )


def _step_remark(context: SectionContext) -> list[str]:
    """Return that the fees are in steps, if they are."""
    pricing = context.statement.round.pricing
    if not isinstance(pricing, FixedTotal) or pricing.step == 1:
        return []
    return [
        context.loc(
            "Varje avgift är jämnt delbar med {step}.", step=context.loc.money(pricing.step)
        )
    ]
