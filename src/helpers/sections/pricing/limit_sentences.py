"""Members whose fee a limit decides, in words: fixed shares, highest and lowest fees, groups."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Literal

from helpers.funding.totals.reconciliation import ONE_PERCENT
from helpers.i18n.localizer import Localizer
from helpers.pricing.base import LimitReason
from helpers.pricing.decimals import decimal_places
from helpers.pricing.fee_limits import FeeLimits
from helpers.pricing.kinds.fixed_total import FixedTotal
from helpers.sections.components.section_context import SectionContext

LIMIT_REASONS: tuple[LimitReason, ...] = ("fixed", "highest", "lowest")
MAX_LIMITED_NAMED = 10  # members that a limit stops, by name


def limits_remark(context: SectionContext) -> list[str]:
    """Which members a limit decides the fee of, and what the limit is a share of."""
    pricing = context.statement.round.pricing
    own = context.statement.on_day.joiner_prices.limited
    limited = {**context.statement.prices.limited, **_of_members_asked(context, own)}
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
    capped = context.statement.prices.capped_groups
    of_all = [code for code in names["highest"] if code not in capped]
    if of_all:
        texts.append(_bound_text(context, limits, "highest", of_all))
    for group in sorted(set(capped.values())):
        codes = [code for code in names["highest"] if capped.get(code) == group]
        texts.append(_group_cap_text(context, limits, group, codes))
    if names["lowest"]:
        texts.append(_bound_text(context, limits, "lowest", names["lowest"]))
    return texts


def _of_members_asked(
    context: SectionContext, limited: Mapping[str, LimitReason]
) -> dict[str, LimitReason]:
    """The limits of joiners, once they are asked."""
    if not limited:  # the rows of a large round take a second
        return {}
    asked = context.statement.rows_by_code
    return {code: reason for code, reason in limited.items() if code in asked}


def _bound_text(
    context: SectionContext,
    limits: FeeLimits,
    reason: Literal["highest", "lowest"],
    codes: list[str],
) -> str:
    """The members that pay the highest or lowest fee, and what that fee is."""
    loc = context.loc
    values = {
        "limit": _format_limit(limits, reason, loc),
        "members": _list_some([context.statement.member_name(code) for code in codes], loc),
    }
    if reason == "highest":
        return loc("Högsta avgift, {limit}: {members}.", **values)
    return loc("Lägsta avgift, {limit}: {members}.", **values)


def _group_cap_text(
    context: SectionContext, limits: FeeLimits, group: str, codes: list[str]
) -> str:
    """The members that pay the highest fee of their group, and what that fee is."""
    loc, names = context.loc, context.statement.round.groups
    amount, percent = limits.group_highest.get(group), limits.group_highest_percent.get(group)
    return loc(
        "Högsta avgift i gruppen {group}, {limit}: {members}.",
        group=loc.text(names[group]) if group in names else group,
        limit=_format_amount_and_percent(amount, percent, loc),
        members=_list_some([context.statement.member_name(code) for code in codes], loc),
    )


def _format_limit(limits: FeeLimits, reason: str, loc: Localizer) -> str:
    """A limit as the round states it: an amount a year, or a share of the requested amount."""
    return _format_amount_and_percent(
        getattr(limits, reason), getattr(limits, f"{reason}_percent"), loc
    )


def _format_amount_and_percent(amount: int | None, percent: Fraction | None, loc: Localizer) -> str:
    parts = [] if amount is None else [loc("{amount} per år", amount=loc.money(amount))]
    if percent is not None:
        share = _format_percent(percent, loc)
        parts.append(loc("{share} av det önskade beloppet", share=share))
    return loc.join_list(parts)


def _format_percent(percent: Fraction, loc: Localizer) -> str:
    """A percentage that the round states, with all its decimals."""
    return loc.percent(percent * ONE_PERCENT, decimal_places(percent))


def _list_some(names: list[str], loc: Localizer) -> str:
    """Names in a row; of many the first ones, and how many more there are."""
    if len(names) <= MAX_LIMITED_NAMED:
        return loc.join_list(names)
    more = loc("{n} till", n=loc.count(len(names) - MAX_LIMITED_NAMED))
    return loc.join_list([*names[:MAX_LIMITED_NAMED], more])
