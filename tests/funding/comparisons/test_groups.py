from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from math import comb
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.funding.comparisons.groups import profile_members, profile_statement
from helpers.funding.comparisons.proportions import (
    ConfidenceInterval,
    Proportion,
    chance_that_excludes_zero,
    newcombe_interval,
    wilson_interval,
)
from helpers.funding.figures_json.group_json import profile_figures
from helpers.funding.statement.round_statement import Statement
from helpers.funding.statement.statement_computation import compute_statement
from helpers.model.answer_register import Register
from helpers.model.funding_round import Round
from support.optional_values import present


def answers_of(*members: tuple[int, str, str, str]) -> pd.DataFrame:
    return pd.DataFrame(members, columns=["population", "group", "county", "decision"])


@pytest.mark.parametrize(
    ("count", "of", "low", "high"),
    [  # Newcombe, Statistics in Medicine 17 (1998) 857–872, table I, method 3
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_as_published(count: int, of: int, low: float, high: float) -> None:
    found = wilson_interval(count, of)
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


@pytest.mark.parametrize(
    ("first", "second", "low", "high"),
    [  # Newcombe, Statistics in Medicine 17 (1998) 873–890, table II, method 10
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((10, 10), (0, 10), 0.6075, 1.0000),
    ],
)
def test_newcombe_as_published(
    first: tuple[int, int], second: tuple[int, int], low: float, high: float
) -> None:
    found = newcombe_interval(Proportion(*first), Proportion(*second))
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


@pytest.mark.parametrize(("count", "of"), [(-1, 5), (6, 5), (0, 0)])
def test_what_is_no_share_has_no_interval(count: int, of: int) -> None:
    with pytest.raises(ValueError, match=f"{count} of {of} is not a share"):
        wilson_interval(count, of)


def test_of_all_members_an_interval_ends_at_one_exactly() -> None:
    # By algebra; in floats the formula gives a little more than 1 of 15 members.
    assert wilson_interval(15, 15).high == 1


def test_of_no_members_there_is_neither_share_nor_interval() -> None:
    assert (Proportion(0, 0).share, Proportion(0, 0).interval) == (None, None)
    assert Proportion(0, 20).interval == wilson_interval(0, 20)


@given(st.integers(0, 300), st.integers(0, 300), st.integers(0, 300), st.integers(0, 300))
def test_intervals_hold_what_was_seen_and_turn_with_it(a: int, b: int, c: int, d: int) -> None:
    first, second = Proportion(a, a + b + 1), Proportion(c, c + d + 1)
    share, other = present(first.share), present(second.share)
    one = wilson_interval(first.count, first.of)
    assert 0 <= one.low <= share <= one.high <= 1
    there, back = newcombe_interval(first, second), newcombe_interval(second, first)
    assert there.low <= share - other <= there.high
    assert (there.low, there.high) == pytest.approx((-back.high, -back.low))
    assert there.excludes_zero == (there.low > 0 or there.high < 0)


def test_an_interval_below_zero_excludes_it() -> None:
    assert ConfidenceInterval(-0.3, -0.1).excludes_zero
    assert not ConfidenceInterval(-0.1, 0.1).excludes_zero
    assert not ConfidenceInterval(0.0, 0.1).excludes_zero
    assert not ConfidenceInterval(-0.1, 0.0).excludes_zero


def chance_by_counting(first: Proportion, second: Proportion) -> Fraction:
    """The chance that the interval excludes 0: every count on its own, by binomial coefficients."""
    counted, clear = first.count + second.count, 0
    for count in range(max(0, counted - second.of), min(first.of, counted) + 1):
        rates = Proportion(count, first.of), Proportion(counted - count, second.of)
        if newcombe_interval(*rates).excludes_zero:
            clear += comb(first.of, count) * comb(second.of, counted - count)
    return Fraction(clear, comb(first.of + second.of, counted))


def test_two_of_252_draws_exclude_zero() -> None:
    # Five counted of ten in two halves: see below. C(10, 5) = 252 draws, of which two.
    assert chance_that_excludes_zero(Proportion(3, 5), Proportion(2, 5)) == Fraction(2, 252)


@pytest.mark.parametrize("of", range(1, 13))
def test_the_chance_is_that_of_counting_every_draw(of: int) -> None:
    for other in range(1, 13):
        for counted in range(of + other + 1):
            inside = min(counted, of)
            pair = Proportion(inside, of), Proportion(counted - inside, other)
            assert chance_that_excludes_zero(*pair) == chance_by_counting(*pair), pair


@given(st.integers(1, 150), st.integers(1, 150), st.data())
def test_the_chance_of_larger_groups_is_that_of_counting_every_draw(
    of: int, other: int, data: st.DataObject
) -> None:
    counted = data.draw(st.integers(0, of + other))
    inside = data.draw(st.integers(max(0, counted - other), min(counted, of)))
    pair = Proportion(inside, of), Proportion(counted - inside, other)
    assert chance_that_excludes_zero(*pair) == chance_by_counting(*pair)


def test_a_class_of_size_begins_at_its_bound() -> None:
    found = profile_members(
        answers_of(
            (9_999, "A", "X", "yes"),
            (10_000, "A", "X", "no"),
            (19_999, "B", "X", "unanswered"),
            (200_000, "B", "X", "conditional"),
        )
    )
    assert [(c.at_least, c.below, c.members) for c in found.classes_of("size")] == [
        (None, 10_000, 1),
        (10_000, 20_000, 2),
        (200_000, None, 1),
    ]
    assert [(c.yes, c.no, c.conditional, c.unanswered) for c in found.classes_of("size")] == [
        (1, 0, 0, 0),
        (0, 1, 0, 1),
        (0, 0, 1, 0),
    ]


def test_shares_silent_are_of_members_and_declined_of_those_that_answered() -> None:
    found = profile_members(
        answers_of(
            *[(1, "A", "X", "no")] * 2,
            *[(1, "A", "X", "yes")] * 3,
            (1, "A", "X", "conditional"),
            *[(1, "A", "X", "unanswered")] * 4,
            *[(1, "B", "X", "yes")] * 5,
        ),
        size_bounds=(),
    )
    a, b = found.classes_of("group")
    assert a.name == "A"
    assert a.unanswered_proportion == Proportion(4, 10)
    assert a.declined_proportion == Proportion(2, 6)
    assert (b.name, b.unanswered_proportion.share, b.declined_proportion.share) == ("B", 0, 0)
    unanswered, declined = a.comparisons
    assert (unanswered.measure, unanswered.rest, unanswered.difference) == (
        "silent",
        Proportion(0, 5),
        Fraction(2, 5),
    )
    assert (declined.measure, declined.rest) == ("declined", Proportion(0, 5))
    assert unanswered.interval == newcombe_interval(Proportion(4, 10), Proportion(0, 5))
    assert not unanswered.clear
    # One size and one county hold everyone: there is no rest to compare them with.
    assert [c.comparisons for c in (*found.classes_of("size"), *found.classes_of("county"))] == [
        (),
        (),
    ]
    assert found.comparisons == 4
    # Without those that declined, the two comparisons of the silent are left.
    of_unanswered = found.unanswered_only
    assert [c.measure for one in of_unanswered.classes for c in one.comparisons] == ["silent"] * 2
    assert (of_unanswered.comparisons, of_unanswered.declined_known) == (2, False)
    assert [one.name for one in of_unanswered.classes] == [one.name for one in found.classes]


def test_a_class_in_which_nobody_has_answered_has_no_share_declined() -> None:
    found = profile_members(answers_of((1, "A", "X", "unanswered"), (1, "B", "X", "no")))
    a, b = found.classes_of("group")
    assert a.declined_proportion.share is None
    assert [c.measure for c in a.comparisons] == ["silent"]
    assert [c.measure for c in b.comparisons] == ["silent"]


def halves(unanswered_a: int, unanswered_b: int, size: int) -> pd.DataFrame:
    return answers_of(
        *[(1, "A", "X", "unanswered")] * unanswered_a,
        *[(1, "A", "X", "yes")] * (size - unanswered_a),
        *[(1, "B", "X", "unanswered")] * unanswered_b,
        *[(1, "B", "X", "yes")] * (size - unanswered_b),
    )


def test_a_difference_is_clear_when_its_interval_excludes_zero() -> None:
    # 5 of 5 against 0 of 5: Newcombe, from 0.43 up. 3 of 5 against 1 of 5: 0 is well inside.
    for found, clear in (
        (profile_members(halves(5, 0, 5)), True),
        (profile_members(halves(3, 1, 5)), False),
    ):
        a, b = (one.comparisons[0] for one in found.classes_of("group"))
        assert (a.clear, b.clear) == (clear, clear)
        assert a.difference == -b.difference
        assert found.clear == 2 * clear


def test_of_fewer_than_five_members_nothing_is_clear() -> None:
    found = profile_members(answers_of((1, "A", "X", "unanswered"), *[(1, "B", "X", "yes")] * 50))
    alone = found.classes_of("group")[0].comparisons[0]
    assert alone.interval.excludes_zero
    assert not alone.clear
    assert (alone.chance_of_clear, found.expected_by_chance) == (0, 0)


@pytest.mark.parametrize(("members", "clear"), [(4, False), (5, True)])
def test_of_five_members_a_difference_can_be_clear(members: int, clear: bool) -> None:
    # All of 4 or 5 silent against none of 50: Wilson's lower end is 0.51 or 0.57, far from 0.07.
    unanswered = [(1, "A", "X", "unanswered")] * members
    a, b = profile_members(answers_of(*unanswered, *[(1, "B", "X", "yes")] * 50)).classes_of(
        "group"
    )
    assert (a.comparisons[0].clear, b.comparisons[0].clear) == (clear, clear)
    assert profile_members(answers_of(*unanswered, (1, "B", "X", "yes"))).declined_known


def test_what_chance_is_expected_to_flag_is_counted_over_all_draws() -> None:
    # Five silent of ten in two halves. Wilson gives 4 of 5 0.3755–0.9638 and 1 of 5 0.0362–0.6245:
    # 0.6 − √(0.4245² + 0.4245²) is just below 0, so only 5 and 0 and 0 and 5 are clear: two of the
    # C(10, 5) = 252 draws.
    found = profile_members(halves(3, 2, 5))
    expected = Fraction(2, 252)
    a, b = (one.comparisons[0] for one in found.classes_of("group"))
    assert a.chance_of_clear == b.chance_of_clear == expected
    # Nobody declined, so however lots fall, those comparisons are never clear.
    assert found.expected_by_chance == 2 * expected
    assert found.comparisons == 4


def test_the_shipped_round_is_everyone_once_in_each_dimension(
    shipped_on: Callable[[date, date], Statement],
) -> None:
    found = profile_members(shipped_on(date(2017, 2, 22), date(2017, 2, 22)).answers)
    for dimension in ("size", "group", "county"):
        classes = found.classes_of(dimension)
        # SKL's letter: 290 members, 209 yes and 44 no.
        counts = [(c.members, c.yes, c.no, c.unanswered) for c in classes]
        assert [sum(column) for column in zip(*counts, strict=True)] == [290, 209, 44, 37]
    assert len(found.classes_of("size")) == 6
    assert len(found.classes_of("county")) == 21
    # Who answered what is drawn by lot here; about one in twenty or thirty is flagged all the same.
    assert 0 < found.expected_by_chance < found.comparisons / 20


def test_the_profile_by_the_names_of_figures_json() -> None:
    found = profile_figures(
        profile_members(
            answers_of(
                *[(1, "A", "X", "yes")] * 3,
                (1, "A", "X", "no"),
                (1, "B", "X", "unanswered"),
            ),
            size_bounds=(),
        )
    )
    size, a, b, county = found.pop("classes")
    assert found == {"level": 0.95, "comparisons": 2, "clear": 0, "expected_by_chance": 0}
    assert (size["dimension"], county["name"], size["comparisons"]) == ("size", "X", [])
    names = ("members", "yes", "no", "conditional", "unanswered", "silent_share", "declined_share")
    assert [b[name] for name in names] == [1, 0, 0, 0, 1, 1.0, None]
    interval = newcombe_interval(Proportion(0, 4), Proportion(1, 1))
    assert a == {
        "dimension": "group",
        "name": "A",
        "at_least": None,
        "below": None,
        "members": 4,
        "yes": 3,
        "no": 1,
        "conditional": 0,
        "unanswered": 0,
        "answered": 4,
        "silent_share": 0.0,
        "declined_share": 0.25,
        "comparisons": [
            {
                "measure": "silent",
                "rest_share": 1.0,
                "difference": -1.0,
                "low": interval.low,
                "high": interval.high,
                "clear": False,
                "by_chance": 0,
            },
        ],
    }


@pytest.mark.parametrize(
    ("more", "sizes", "declined_known"),
    [
        # Fors alone has 10 000 inhabitants or more.
        ({}, [(None, 10_000, 4), (10_000, 20_000, 1)], True),
        ({"answers": {"declined_known": False}}, [(None, 10_000, 4), (10_000, 20_000, 1)], False),
        # A weight is no number of inhabitants to bound a class by.
        ({"pricing": {"rule": "by-weight"}}, [(None, None, 5)], True),
    ],
)
def test_a_rounds_members_have_a_size_where_they_pay_by_inhabitants(
    register_of: Callable[..., Register],
    five_members: pd.DataFrame,
    five_round: Round,
    more: dict[str, Any],
    sizes: list[tuple[None, int, int] | tuple[int, int, int]] | list[tuple[None, None, int]],
    declined_known: bool,
) -> None:
    round_ = Round.model_validate(five_round.model_dump() | more)
    day = date(2016, 7, 31)
    register = register_of("0005,2016-06-15,2016-06-20,,yes")
    found = profile_statement(compute_statement(round_, five_members, register, [], day, day))
    assert [(c.at_least, c.below, c.members) for c in found.classes_of("size")] == sizes
    assert found.declined_known is declined_known
