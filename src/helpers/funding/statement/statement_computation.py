"""Compute the statement of a round on a day from its loaded inputs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache, partial

import pandas as pd

from helpers.funding.answers.counted_years import counted_year
from helpers.funding.answers.data_quality import assess_data_quality
from helpers.funding.answers.effective_answers import EffectiveAnswers, effective_answers
from helpers.funding.answers.key_dates import milestones, raise_if_before_start
from helpers.funding.answers.memberships import known_memberships
from helpers.funding.statement.round_statement import Statement
from helpers.funding.totals.members.member_count import count_members_by
from helpers.funding.totals.members.member_counter import MemberCounter
from helpers.funding.totals.members.member_prices import (
    make_prices_if_joined,
    with_requested_amount,
)
from helpers.funding.totals.members.members_on_day import MembersOnDay
from helpers.funding.totals.price_over_time import answers_over_time_priced
from helpers.funding.totals.reconciliation import reconcile
from helpers.funding.totals.shared_price import joined_codes
from helpers.funding.totals.tally import Tally
from helpers.model.answer_register import Register, reconstructed
from helpers.model.funding_round import Round
from helpers.model.settings.published_figure import PublishedFigure
from helpers.model.settings.reachable_thresholds import require_reachable


def compute_statement(
    round_: Round,
    members: pd.DataFrame,
    register: Register,
    published: list[PublishedFigure],
    as_of: date,
    known_on: date,
) -> Statement:
    """Compute the statement of a round on a day.

    `members` is the frame of members_file.load_members. Raises ReportError if `as_of` or `known_on`
    is before the day the round began.
    """
    raise_if_before_start(round_, as_of=as_of, known_on=known_on)
    stood = effective_answers(register, as_of, known_on)
    counter = _count_least_year(member_counter(round_, members, known_on), stood, as_of)
    round_, prices = counter.round, counter.prices
    on_day = counter.on(stood, as_of)
    total = _count_of(counter, on_day)
    tally_on = _tallies(partial(_tally_on, counter, register, known_on), {as_of: total})
    shares = prices(joined_codes(on_day.answers))
    known, public = counter.known_rows(stood), _published_by(published, as_of, known_on)
    return Statement(
        round=round_,
        as_of=as_of,
        known_on=known_on,
        total=total,
        by_year=on_day.by_year,
        by_county=count_members_by(on_day.everyone, "county"),
        by_group=count_members_by(on_day.everyone, "group"),
        answers=on_day.answers,
        on_day=on_day,
        over_time=answers_over_time_priced(known, counter.due(shares), round_, prices, as_of),
        milestones={day: tally_on(day) for day in milestones(round_, as_of, known_on)},
        prices=shares,
        prices_if_joined=prices,
        reconciliation=reconcile(public, shares, round_.requested, tally_on),
        quality=assess_data_quality(register, stood, known_on),
        reconstructed=round_.reconstructed or reconstructed(stood.known),
    )


def _tallies(count: Callable[[date], Tally], known: dict[date, Tally]) -> Callable[[date], Tally]:
    """The count of a day, each computed once, `known` not again."""
    counted = cache(count)
    return lambda day: known[day] if day in known else counted(day)


def _tally_on(counter: MemberCounter, register: Register, known_on: date, day: date) -> Tally:
    """The count of all members on a day, as it was known on another."""
    return _count_of(counter, counter.on(effective_answers(register, day, known_on), day))


def _count_of(counter: MemberCounter, on_day: MembersOnDay) -> Tally:
    """The count of all members, with the money of the year that is counted."""
    return on_day.tally_by_year[counted_year(counter.round, on_day.by_year)]


def member_counter(round_: Round, members: pd.DataFrame, known_on: date) -> MemberCounter:
    """Counts the members as their memberships were known, with the requested amount filled in.

    Raises DataError or ReportError where no report can be computed: limits that clash, sums that
    differ, a threshold that a county or group cannot meet.
    """
    memberships = known_memberships(round_, members, known_on)
    outside = frozenset({*memberships.absent, *memberships.joiners["code"]})
    prices = make_prices_if_joined(round_, memberships.base, outside)
    asked = pd.concat([memberships.base, memberships.joiners])
    require_reachable(round_, asked, prices(()).fees)
    return MemberCounter(with_requested_amount(round_, prices(())), memberships, prices)


def _count_least_year(counter: MemberCounter, stood: EffectiveAnswers, day: date) -> MemberCounter:
    """Return the counter for the year with the least secured on the day, if the amounts differ.

    All figures a year are then of that year, on all days. With one amount for every year, it is the
    same counter. Source: docs/explanation/counting.md, "Years".
    """
    round_, memberships = counter.round, counter.memberships
    if not round_.requested_of_years:
        return counter
    outside = frozenset({*memberships.absent, *memberships.joiners["code"]})
    prices_if_joined = {
        year: make_prices_if_joined(round_.counting(year), memberships.base, outside)
        for year in round_.years
    }
    prices = {year: prices(()) for year, prices in prices_if_joined.items()}
    by_year = replace(counter, prices_of_years=prices).on(stood, day).by_year
    least = counted_year(round_, by_year)
    return MemberCounter(round_.counting(least), memberships, prices_if_joined[least], prices)


def _published_by(
    published: list[PublishedFigure], as_of: date, known_on: date
) -> list[PublishedFigure]:
    """Return the figures published by a day that concern days until then."""
    return [p for p in published if p.known_from <= known_on and p.state_on <= as_of]
