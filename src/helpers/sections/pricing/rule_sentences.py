"""A round's pricing rule in words: one sentence for each rule."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

from helpers.funding.statement.round_statement import Statement
from helpers.funding.totals.reconciliation import ONE_PERCENT
from helpers.i18n.localizer import Localizer
from helpers.pricing import Pricing
from helpers.pricing.base import LimitReason
from helpers.pricing.capped_rate import RateWithCeiling
from helpers.pricing.fee_limits import FeeLimits
from helpers.pricing.fixed_total import (
    Annex,
    ByWeight,
    FixedTotal,
    Inhabitants,
    MembershipFee,
    TaxBase,
)
from helpers.sections.components.section_context import SectionContext

LIMIT_REASONS: tuple[LimitReason, ...] = ("fixed", "highest", "lowest")
MAX_LIMITED_NAMED = 10  # members that a limit stops, by name


def pricing_remarks(context: SectionContext) -> list[str]:
    """Return how fees are set, and the effect of limits or a ceiling; one remark each."""
    return [
        context.wording.rule_sentence(),
        *_limits_remark(context),
        *_step_remark(context),
    ]


def fee_rule_sentence(statement: Statement, loc: Localizer) -> str:
    """Return how a rule whose fees add up to the requested amount sets them."""
    pricing, requested = statement.round.pricing, loc.money(statement.round.requested)
    if isinstance(pricing, RateWithCeiling):
        return _rate_sentence(statement, pricing, loc)
    if isinstance(pricing, MembershipFee):
        return loc(
            "Avgifterna fördelar {requested} om året efter folkmängden den {day}. "
            "Kommuner med fler än {above} invånare får {rebate} rabatt (medlemsavgiftens princip).",
            requested=requested,
            day=loc.year_end(pricing.population_year),
            above=loc.count(pricing.rebate_above),
            rebate=loc.percent(pricing.rebate_percent * ONE_PERCENT),
        )
    if isinstance(pricing, Inhabitants):
        return loc(
            "Avgifterna fördelar {requested} om året efter folkmängden den {day}.",
            requested=requested,
            day=loc.year_end(pricing.population_year),
        )
    return _column_rule_sentence(pricing, requested, loc)


def _column_rule_sentence(pricing: Pricing, requested: str, loc: Localizer) -> str:
    """Return the sentence of a rule whose key is a column of the members' file."""
    texts = {
        TaxBase: loc(
            "Avgifterna fördelar {requested} om året efter skatteunderlaget.", requested=requested
        ),
        ByWeight: loc(
            "Avgifterna fördelar {requested} om året efter de vikter som rundan anger.",
            requested=requested,
        ),
        Annex: loc(
            "Avgifterna är de som rundan anger, tillsammans {requested} om året.",
            requested=requested,
        ),
    }
    return texts.get(type(pricing), loc("Avgifterna följer rundans egen regel."))


def _rate_sentence(statement: Statement, pricing: RateWithCeiling, loc: Localizer) -> str:
    """Return the rate, the ceiling, and the effect of the ceiling."""
    prices = statement.prices
    text = loc(
        "Avgiften är {rate} per invånare den {day}, dock högst {ceiling} om året "
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
    """Return the effect of whole kronor on members of equal size, if fees add up exactly."""
    if isinstance(statement.round.pricing, Annex):
        return loc("Avgifterna är inte avrundade, och det önskade beloppet är deras summa.")
    if statement.prices.equal_members_differ:
        return loc(
            "Varje avgift är ett helt antal kronor och summan är exakt det önskade beloppet. Det "
            "går inte ihop utan att några lika stora kommuner skiljer sig åt med en krona."
        )
    return loc(
        "Varje avgift är ett helt antal kronor, summan är exakt det önskade beloppet och lika "
        "stora kommuner betalar lika mycket."
    )


def _limits_remark(context: SectionContext) -> list[str]:
    """Return the members whose fee a limit sets, and what the limit is a share of."""
    pricing = context.statement.round.pricing
    limited = context.statement.prices.limited
    if not limited or not isinstance(pricing, FixedTotal):
        return []
    loc, limits = context.loc, pricing.limits
    names = {
        reason: [code for code, found in limited.items() if found == reason]
        for reason in LIMIT_REASONS
    }
    fixed = [
        f"{context.statement.member_name(code)} "
        f"({_format_percent(limits.fixed_percent[code], loc)})"
        for code in names["fixed"]
    ]
    texts = []
    if fixed:
        members = _list_some(fixed, loc)
        texts.append(loc("Fast andel av det önskade beloppet: {members}.", members=members))
    if names["highest"]:
        texts.append(_bound_text(context, limits, "highest", names["highest"]))
    if names["lowest"]:
        texts.append(_bound_text(context, limits, "lowest", names["lowest"]))
    return texts


def _bound_text(
    context: SectionContext,
    limits: FeeLimits,
    reason: Literal["highest", "lowest"],
    codes: list[str],
) -> str:
    """Return the members that pay the highest or lowest fee, and that fee."""
    loc = context.loc
    values = {
        "limit": _format_limit(limits, reason, loc),
        "members": _list_some([context.statement.member_name(code) for code in codes], loc),
    }
    if reason == "highest":
        return loc("Högsta avgift, {limit}: {members}.", **values)
    return loc("Lägsta avgift, {limit}: {members}.", **values)


def _format_limit(limits: FeeLimits, reason: str, loc: Localizer) -> str:
    """Format a limit as the round states it: an amount a year, or a share of the requested one."""
    amount: int | None = getattr(limits, reason)
    percent: Fraction | None = getattr(limits, f"{reason}_percent")
    parts = [] if amount is None else [loc("{amount} om året", amount=loc.money(amount))]
    if percent is not None:
        share = _format_percent(percent, loc)
        parts.append(loc("{share} av det önskade beloppet", share=share))
    return loc.join_list(parts)


def _format_percent(percent: Fraction, loc: Localizer) -> str:
    """Format a percentage of the round with all its decimals."""
    digits = next((n for n in range(9) if (percent * 10**n).denominator == 1), 9)
    return loc.percent(percent * ONE_PERCENT, digits)


def _list_some(names: list[str], loc: Localizer) -> str:
    """Return names in a list; if there are many, the first ones and the number of others."""
    if len(names) <= MAX_LIMITED_NAMED:
        return loc.join_list(names)
    more = loc("{n} till", n=loc.count(len(names) - MAX_LIMITED_NAMED))
    return loc.join_list([*names[:MAX_LIMITED_NAMED], more])


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
