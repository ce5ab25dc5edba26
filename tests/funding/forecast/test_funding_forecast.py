from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction
from random import Random

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.funding.forecast.forecast_priors import PRIORS, Priors
from helpers.funding.forecast.funding_forecast import (
    Forecast,
    NoForecast,
    default_horizon,
    forecast_funded,
)
from helpers.funding.statement.round_statement import Statement
from helpers.model.funding_round import Round
from support.optional_values import present

BEGAN, REPLY_BY, DAY = date(2016, 6, 10), date(2016, 9, 30), date(2016, 9, 1)
HORIZON = date(2017, 1, 20)
ALL_ANSWER = Priors(before_size=(50.0, 0.0), powers=(1.0,), rush_shares=(0.0,), pace_change=0.0)
NONE_ANSWER = Priors(before_size=(1e-12, 0.0), after_size=(1e-12, 0.0), pace_change=0.0)


def rows(*members: tuple[str, int], group: str = "A", on: date = date(2016, 8, 1)) -> pd.DataFrame:
    """Members as decision and fee; those that have answered all did so on one day."""
    table = pd.DataFrame(members, columns=["decision", "fee"])
    answered = table["decision"] != "unanswered"
    return table.assign(
        code=[f"{number:04}" for number in range(len(table))],
        group=group,
        first_received_on=pd.to_datetime(pd.Series([on if a else None for a in answered])),
        secured=table["fee"].where(table["decision"] == "yes", 0),
    )


def asked(answers: pd.DataFrame, day: date = DAY, priors: Priors = PRIORS) -> Forecast:
    found = forecast_funded(answers, day, BEGAN, REPLY_BY, HORIZON, priors)
    assert isinstance(found, Forecast)
    return found


def ends(found: Forecast) -> tuple[int, int, int]:
    return found.low, found.median, found.high


def test_when_all_have_answered_nothing_is_left_to_chance() -> None:
    found = asked(rows(*[("yes", 100)] * 7, *[("no", 50)] * 4))
    assert ends(found) == (700, 700, 700)
    assert (found.requested, found.ceiling, found.unanswered) == (900, 700, 0)
    assert found.low_share == found.median_share == found.high_share == Fraction(7, 9)
    assert found.further_answers == 0
    assert found.model.answering is found.model.yes_of_further is None


def test_when_the_horizon_has_passed_the_silent_are_not_awaited() -> None:
    found = asked(rows(*[("yes", 100)] * 10, ("unanswered", 50)), day=HORIZON)
    assert ends(found) == (1_000, 1_000, 1_000)
    assert (found.ceiling, found.unanswered, found.model.answering) == (1_050, 1, 0)


def test_of_nine_answers_it_says_nothing_of_ten_it_does() -> None:
    nine = rows(*[("yes", 100)] * 9, *[("unanswered", 100)] * 9)
    declined = forecast_funded(nine, DAY, BEGAN, REPLY_BY)
    assert declined == NoForecast(DAY, answered=9, reason="too_few_answers", needed=10)
    ten = rows(*[("yes", 100)] * 10, *[("unanswered", 100)] * 9)
    assert isinstance(forecast_funded(ten, DAY, BEGAN, REPLY_BY), Forecast)


def test_even_chances_give_the_quantiles_of_the_binomial_distribution() -> None:
    # The coefficients are held at 0: a chance of 1/2 each. Of 100, binomial tables give 44, 50, 56.
    even = Priors(
        before_size=(50.0, 0.0),
        pace_change=0.0,
        level=1e-6,
        late=1e-6,
        fee=1e-6,
        group_spreads=(1e-6,),
    )
    found = asked(rows(*[("yes", 1)] * 10, *[("unanswered", 1)] * 100), priors=even)
    assert [end - 10 for end in ends(found)] == pytest.approx([44, 50, 56], abs=1)
    assert found.further_answers == 100
    assert found.model.answering == 1
    assert float(present(found.model.yes_of_further)) == pytest.approx(0.5, abs=0.005)


def test_if_all_or_none_answer_only_the_yes_is_random() -> None:
    members = rows(*[("yes", 7), ("no", 7)] * 10, *[("unanswered", 7)] * 30)
    assert asked(members, priors=ALL_ANSWER).further_answers == 30
    nobody = asked(members, priors=NONE_ANSWER)
    assert ends(nobody) == (70, 70, 70)
    assert (nobody.further_answers, nobody.model.yes_of_further) == (0, None)


def test_a_condition_is_an_answer_and_not_a_yes() -> None:
    # Not silent, so not in the ceiling; and it speaks against a yes from the others.
    firm = rows(*[("yes", 10)] * 20, *[("unanswered", 10)] * 40)
    apart = rows(*[("yes", 10)] * 20, *[("conditional", 10)] * 20, *[("unanswered", 10)] * 20)
    found = asked(apart)
    assert (found.funded, found.ceiling, found.unanswered) == (200, 400, 20)
    firmly = present(asked(firm).model.yes_of_further)
    assert present(found.model.yes_of_further) < firmly


def test_more_yes_so_far_means_more_to_come() -> None:
    unanswered = [("unanswered", 10)] * 50
    medians = [
        asked(rows(*[("yes", 10)] * yes, *[("no", 10)] * (40 - yes), *unanswered)).median - 10 * yes
        for yes in (0, 10, 20, 30, 40)
    ]
    assert medians == sorted(medians)
    assert medians[0] < medians[-1]


def test_the_silent_are_judged_by_their_group_and_drawn_towards_the_rest() -> None:
    seen = pd.concat([rows(*[("yes", 10)] * 30), rows(*[("no", 10)] * 30, group="B")])
    few = rows(*[("no", 10)] * 2, group="C")

    def of_further(group: str) -> float:
        unanswered = rows(*[("unanswered", 10)] * 40, group=group)
        members = pd.concat([seen, few, unanswered])
        members["code"] = [f"{number:04}" for number in range(len(members))]
        return float(present(asked(members).model.yes_of_further))

    a, b, c, unseen = map(of_further, "ABCD")
    # Of the three with answers, the one with two is nearest to half; one with none nearer still.
    assert b < c < unseen < a


def test_the_interval_closes_as_answers_come_in(
    shipped_on: Callable[[date, date], Statement], shipped_round: Round
) -> None:
    widths, extended = [], date(2016, 10, 31)
    for day in (date(2016, 9, 1), date(2016, 9, 30), extended, date(2017, 2, 22)):
        answers = shipped_on(day, day).answers
        found = forecast_funded(answers, day, shipped_round.recommended_on, extended)
        assert isinstance(found, Forecast)
        total = shipped_on(day, day).total
        assert found.funded == total.funded <= found.low <= found.median <= found.high
        assert found.high <= found.ceiling == total.funded_if_all_unanswered_yes
        widths.append(found.high - found.low)
    assert widths == sorted(widths, reverse=True)


def test_after_the_date_answers_that_keep_coming_promise_more_than_none() -> None:
    day = date(2016, 11, 30)
    members = [("yes", 10)] * 60 + [("unanswered", 10)] * 40
    early = rows(*members)
    trickle = early.copy()
    trickle.loc[40:59, "first_received_on"] = pd.date_range("2016-10-03", periods=20, freq="3D")
    none, some = asked(early, day), asked(trickle, day)
    assert none.model.phase == some.model.phase == "after"
    assert none.further_answers < some.further_answers


def test_without_a_reply_date_there_is_no_forecast_unless_all_answered() -> None:
    answers = rows(*[("yes", 10)] * 12, *[("unanswered", 10)] * 12)
    assert forecast_funded(answers, DAY, BEGAN, None) == NoForecast(DAY, 12, "no_reply_date")
    done = forecast_funded(answers.head(12), DAY, BEGAN, None)
    assert isinstance(done, Forecast)
    assert (ends(done), done.horizon, done.model.phase) == ((120, 120, 120), DAY, "over")


def test_an_answer_from_before_the_beginning_counts_as_of_the_first_day() -> None:
    members = [("yes", 10)] * 12 + [("unanswered", 10)] * 12
    eager, first = (asked(rows(*members, on=day)) for day in (date(2016, 6, 1), BEGAN))
    assert eager == first


def test_answers_long_after_a_short_reply_time_are_no_trouble() -> None:
    # Two days to answer, and answers 200 of those later.
    answers = rows(*[("yes", 10)] * 12, *[("unanswered", 10)] * 12, on=date(2017, 7, 1))
    found = forecast_funded(answers, date(2017, 7, 15), BEGAN, date(2016, 6, 11))
    assert isinstance(found, Forecast)
    assert 120 == found.funded <= found.low <= found.high <= 240


def test_the_phase_is_before_until_the_end_of_the_reply_date() -> None:
    answers = rows(*[("yes", 10)] * 12, *[("unanswered", 10)] * 12)
    phases = [asked(answers, REPLY_BY + timedelta(days=n)).model.phase for n in (0, 1)]
    assert phases == ["before", "after"]


def test_a_horizon_before_the_reply_date_leaves_the_time_between_out() -> None:
    answers = rows(*[("yes", 10)] * 12, *[("unanswered", 10)] * 40)
    near = forecast_funded(answers, DAY, BEGAN, REPLY_BY, DAY + timedelta(days=3))
    assert isinstance(near, Forecast)
    assert near.further_answers < asked(answers).further_answers


def test_fees_of_nothing_have_no_share() -> None:
    found = asked(rows(*[("yes", 0)] * 10, *[("unanswered", 0)] * 10))
    assert ends(found) == (0, 0, 0)
    assert found.median_share is None


@pytest.mark.parametrize(
    ("day", "reply_by", "horizon"),
    [
        # 143 days from 10 June to 31 October, and 143 more.
        (date(2016, 7, 1), date(2016, 10, 31), date(2017, 3, 23)),
        (date(2017, 3, 1), date(2016, 10, 31), date(2017, 3, 29)),  # four weeks ahead
    ],
)
def test_the_horizon_where_nobody_has_said(day: date, reply_by: date, horizon: date) -> None:
    assert default_horizon(day, BEGAN, reply_by) == horizon


@pytest.mark.parametrize(("day", "reply_by"), [(date(2016, 6, 9), REPLY_BY), (DAY, BEGAN)])
def test_days_before_the_beginning_are_an_error(day: date, reply_by: date) -> None:
    with pytest.raises(ValueError, match="must come after the beginning, 2016-06-10"):
        forecast_funded(rows(("yes", 1)), day, BEGAN, reply_by)


def test_what_it_rests_on_goes_with_it() -> None:
    model = asked(rows(*[("yes", 10)] * 12, *[("unanswered", 10)] * 12)).model
    assert (model.mark, model.draws, model.priors) == ("beräknat", 2001, PRIORS)
    assert "answers_stand" in model.assumed


members_strategy = st.lists(
    st.tuples(
        st.sampled_from(["yes", "no", "conditional", "unanswered"]),
        st.integers(0, 400_000),
        st.sampled_from("ABC"),
        st.integers(-3, 170),
    ),
    min_size=10,
    max_size=60,
)


@settings(max_examples=60, deadline=None)
@given(members=members_strategy, at=st.integers(0, 230), order=st.randoms(use_true_random=False))
def test_the_interval_is_ordered_possible_and_free_of_the_rows_order(
    members: list[tuple[str, int, str, int]], at: int, order: Random
) -> None:
    day = BEGAN + timedelta(days=at)
    answers = rows(*[(decision, fee) for decision, fee, _, _ in members])
    answers["group"] = [group for _, _, group, _ in members]
    come = [BEGAN + timedelta(days=min(after, at)) for *_, after in members]
    answered = answers["decision"] != "unanswered"
    answers["first_received_on"] = pd.Series(pd.to_datetime(come)).where(answered)
    found = forecast_funded(answers, day, BEGAN, REPLY_BY)
    shuffled = answers.iloc[order.sample(range(len(answers)), len(answers))]
    assert forecast_funded(shuffled, day, BEGAN, REPLY_BY) == found
    if isinstance(found, Forecast):
        assert found.funded <= found.low <= found.median <= found.high <= found.ceiling
        assert 0 <= found.further_answers <= found.unanswered
