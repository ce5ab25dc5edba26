"""Compute the statement of a round on a day from its loaded inputs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache, partial

import pandas as pd

from helpers.funding.answers.counting import latest_answers
from helpers.funding.answers.data_quality import assess_data_quality
from helpers.funding.answers.effective_answers import EffectiveAnswers, effective_answers
from helpers.funding.answers.key_dates import milestones, raise_if_before_start
from helpers.funding.statement.round_statement import Statement
from helpers.funding.totals.member_prices import (
    PricesIfJoined,
    make_prices_if_joined,
    with_requested_amount,
)
from helpers.funding.totals.member_table import add_secured, build_member_table, count_members_by
from helpers.funding.totals.reconciliation import reconcile
from helpers.funding.totals.shared_price import (
    answers_over_time_priced,
    count_all_members,
    joined_codes,
)
from helpers.funding.totals.tally import Tally
from helpers.model.answer_register import Register, reconstructed
from helpers.model.funding_round import Round
from helpers.model.published_figure import PublishedFigure


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
    prices = make_prices_if_joined(round_, members)
    round_ = with_requested_amount(round_, prices(()))
    worth = partial(_members_with_secured, round_, members, prices)
    tally_on = cache(partial(_tally_on, round_, worth, prices, register, known_on))
    answers, by_year = worth(stood := effective_answers(register, as_of, known_on))
    shares = prices(joined_codes(answers))
    return Statement(
        round=round_,
        as_of=as_of,
        known_on=known_on,
        total=tally_on(as_of),
        by_year=by_year,
        by_county=count_members_by(answers, "county"),
        by_group=count_members_by(answers, "group"),
        answers=answers,
        over_time=answers_over_time_priced(stood.known, round_, prices, as_of),
        milestones={day: tally_on(day) for day in milestones(round_, as_of, known_on)},
        prices=shares,
        prices_if_joined=prices,
        reconciliation=reconcile(
            _published_by(published, as_of, known_on), shares, round_.requested, tally_on
        ),
        quality=assess_data_quality(register, stood, known_on),
        reconstructed=round_.reconstructed or reconstructed(stood.known),
    )


def _tally_on(
    round_: Round,
    worth: Callable[[EffectiveAnswers], tuple[pd.DataFrame, dict[int, int]]],
    prices: PricesIfJoined,
    register: Register,
    known_on: date,
    day: date,
) -> Tally:
    """Return the count of all members on a day, with the knowledge of another."""
    rows, _ = worth(effective_answers(register, day, known_on))
    return count_all_members(round_, rows, prices)


def _published_by(
    published: list[PublishedFigure], as_of: date, known_on: date
) -> list[PublishedFigure]:
    """Return the figures published by a day that concern days until then."""
    return [p for p in published if p.known_from <= known_on and p.state_on <= as_of]


def _members_with_secured(
    round_: Round, members: pd.DataFrame, prices: PricesIfJoined, stood: EffectiveAnswers
) -> tuple[pd.DataFrame, dict[int, int]]:
    """Return one row per member with its answer and what it secures, and the sum of each year."""
    rows = latest_answers(stood.known, round_.answers)
    return add_secured(round_, build_member_table(members, prices(joined_codes(rows)).fees, rows))
