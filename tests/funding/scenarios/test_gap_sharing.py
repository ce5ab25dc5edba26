from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.errors import ReportError
from helpers.funding.scenarios.gap_sharing import IncreaseLimits, share_gap
from helpers.funding.statement.round_statement import Statement
from helpers.model.funding_round import Round
from helpers.pricing.base import RaiseLimits
from support.optional_values import present

# Weights 9 : 3 of 1 900 are 1 425 and 475: 525 more on 900, 175 more on 300, 7/12 for each.
TWO = {"Fors": "yes", "Dal": "yes", "Ek": "no"}


def test_those_who_said_yes_share_the_gap_by_their_weights(
    answers_of: Callable[..., pd.DataFrame], five_round: Round, five_weights: dict[str, int]
) -> None:
    sharing = present(share_gap(five_round, answers_of(**TWO), five_weights))
    rows = [(s.code, s.name, s.before, s.after, s.increase) for s in sharing.sharers]
    assert rows == [("0003", "Dal", 300, 475, 175), ("0005", "Fors", 900, 1_425, 525)]
    assert {s.increase_share for s in sharing.sharers} == {Fraction(7, 12)}
    assert (sharing.requested, sharing.shared) == (1_900, 700)
    assert not sharing.equal_members_differ


def test_fees_per_inhabitant_are_exact_before_and_after(
    answers_of: Callable[..., pd.DataFrame], five_round: Round, five_weights: dict[str, int]
) -> None:
    dal, fors = present(share_gap(five_round, answers_of(**TWO), five_weights)).sharers
    assert (dal.per_inhabitant_before, dal.per_inhabitant_after) == (
        Fraction(1, 10),
        Fraction(19, 120),
    )
    assert (fors.per_inhabitant_before, fors.per_inhabitant_after) == (
        Fraction(9, 100),
        Fraction(57, 400),
    )


@pytest.mark.parametrize(
    ("limits", "beyond"),
    [
        (IncreaseLimits(), []),
        (IncreaseLimits(highest_increase=Fraction(7, 12)), []),
        (IncreaseLimits(highest_increase=Fraction(1, 2)), ["Dal", "Fors"]),
        # 0.158 and 0.1425 an inhabitant.
        (IncreaseLimits(highest_per_inhabitant=Fraction(3, 20)), ["Dal"]),
        (IncreaseLimits(highest_per_inhabitant=Fraction(19, 120)), []),
        (IncreaseLimits(Fraction(7, 12), Fraction(3, 20)), ["Dal"]),
    ],
)
def test_a_limit_names_those_whose_fee_would_lie_above_it(
    answers_of: Callable[..., pd.DataFrame],
    five_round: Round,
    five_weights: dict[str, int],
    limits: IncreaseLimits,
    beyond: list[str],
) -> None:
    sharing = present(share_gap(five_round, answers_of(**TWO), five_weights, limits))
    assert [sharer.name for sharer in sharing.beyond_limit] == beyond


def test_a_member_that_paid_nothing_exceeds_any_limit_on_the_increase() -> None:
    limits = IncreaseLimits(highest_increase=Fraction(100))
    assert limits.exceeded(before=0, after=1, population=10)
    assert not limits.exceeded(before=0, after=0, population=10)


def test_a_yes_for_some_years_or_on_a_condition_takes_no_part(
    answers_of: Callable[..., pd.DataFrame], five_round: Round, five_weights: dict[str, int]
) -> None:
    answers = answers_of(Fors="yes", Ek="yes,2017", Dal="yes,,if all do")
    sharing = present(share_gap(five_round, answers, five_weights))
    assert [(s.name, s.after) for s in sharing.sharers] == [("Fors", 1_900)]


@pytest.mark.parametrize("said", [{}, {"Ek": "no"}, {"Ek": "yes,2018"}])
def test_no_one_with_a_yes_for_all_years_leaves_no_one_to_share(
    answers_of: Callable[..., pd.DataFrame],
    five_round: Round,
    five_weights: dict[str, int],
    said: dict[str, str],
) -> None:
    assert share_gap(five_round, answers_of(**said), five_weights) is None


def test_weights_may_be_fractions(
    answers_of: Callable[..., pd.DataFrame], five_round: Round
) -> None:
    weights = {"0003": Fraction(1, 6), "0005": Fraction(1, 2)}
    sharing = present(share_gap(five_round, answers_of(**TWO), weights))
    assert [sharer.after for sharer in sharing.sharers] == [475, 1_425]


def test_a_yes_without_a_weight_is_an_error(
    answers_of: Callable[..., pd.DataFrame], five_round: Round
) -> None:
    with pytest.raises(ReportError, match="No weight is given for 0003"):
        share_gap(five_round, answers_of(**TWO), {"0005": 9})
    with pytest.raises(ReportError, match="No weight is given for 0003, 0005, whose"):
        share_gap(five_round, answers_of(**TWO), {})


def test_whom_rounding_would_let_off_with_less_keeps_the_fee(
    made_up: Callable[..., tuple[Round, pd.DataFrame, dict[str, int]]],
) -> None:
    # Shares of 2 by 1, 2, 2, 3 of 8: 0.25, 0.5, 0.5, 0.75, so two to round up: the pair (1.0 in
    # all) or the first and the last (1.0): a tie, to the lowest code: fees 1, 0, 0, 1.
    rows = [(1, "no"), (2, "yes"), (2, "yes"), (3, "yes")]
    round_, answers, weights = made_up(2, rows)
    assert answers["fee"].tolist() == [1, 0, 0, 1]
    # Without the first, 4/7, 4/7 and 6/7: only the pair fills two places, and the last would pay 0.
    # It keeps its 1; the pair shares the other, which only one of them can pay.
    sharing = present(share_gap(round_, answers, weights))
    assert [(s.code, s.before, s.after) for s in sharing.sharers] == [
        ("0002", 0, 1),
        ("0003", 0, 0),
        ("0004", 1, 1),
    ]
    assert sharing.equal_members_differ
    assert sharing.sharers[0].increase_share is None


def test_members_whose_share_would_be_less_keep_their_fees(
    made_up: Callable[..., tuple[Round, pd.DataFrame, dict[str, int]]],
) -> None:
    # Shares of 5 by five times 1 and six times 2, 17 in all: 5/17 and 10/17. Five places are to be
    # rounded up, which the first five fill and six do not.
    round_, answers, weights = made_up(5, [*[(1, "yes")] * 5, (2, "no"), *[(2, "yes")] * 5])
    assert answers["fee"].tolist() == [1] * 5 + [0] * 6
    # Without one of the six, 1/3 and 2/3: the last five would pay 1 each and the first nothing. So
    # the first keep their 1, and nothing is left to share.
    sharing = present(share_gap(round_, answers, weights))
    assert [sharer.after for sharer in sharing.sharers] == [1] * 5 + [0] * 5


def test_who_keeps_a_fee_may_let_another_fall_below_its_own(
    made_up: Callable[..., tuple[Round, pd.DataFrame, dict[str, int]]],
) -> None:
    # 6 by 1, 1, 1, 1, 2, 5 of 11: 6/11 four times, 1 1/11 and 2 8/11; three places, which no blocks
    # fill: to the largest remainders, the last, the first and the second.
    rows = [(1, "yes"), (1, "yes"), (1, "no"), (1, "yes"), (2, "yes"), (5, "yes")]
    round_, answers, weights = made_up(6, rows)
    assert answers["fee"].tolist() == [1, 1, 0, 0, 1, 3]
    # Without the third, 0.6 three times, 1.2 and 3: the first two keep 1 each. 4 by 1, 2, 5 of 8:
    # 0.5, 1 and 2.5: the last keeps 3, and the fifth its 1, as it has just that. Nothing is left.
    sharing = present(share_gap(round_, answers, weights))
    assert [sharer.after for sharer in sharing.sharers] == [1, 1, 0, 1, 3]


def test_the_shipped_rounds_yes_share_its_gap(
    shipped_on: Callable[[date, date], Statement],
    shipped_round: Round,
    shipped_weights: dict[str, int],
) -> None:
    statement = shipped_on(date(2017, 2, 22), date(2017, 2, 22))
    quarter = IncreaseLimits(highest_increase=Fraction(1, 4))
    sharing = present(share_gap(shipped_round, statement.answers, shipped_weights, quarter))
    assert len(sharing.sharers) == 209
    assert sum(sharer.after for sharer in sharing.sharers) == 3_400_000
    assert sharing.shared == statement.total.gap
    # 3.4 of a little over 2.6 million: about 30 % more for each, so all beyond a quarter.
    assert len(sharing.beyond_limit) == 209
    assert all(0.29 < present(sharer.increase_share) < 0.31 for sharer in sharing.sharers)


@given(data=st.data(), requested=st.integers(0, 500))
@settings(deadline=None)
def test_shares_add_up_and_nobody_pays_less_than_before(
    data: st.DataObject,
    requested: int,
    made_up: Callable[..., tuple[Round, pd.DataFrame, dict[str, int]]],
    any_rows: st.SearchStrategy[list[tuple[int, str]]],
) -> None:
    rows = data.draw(any_rows)
    round_, answers, weights = made_up(requested, [*rows, (7, "yes")])
    sharing = present(share_gap(round_, answers, weights))
    assert sum(sharer.after for sharer in sharing.sharers) == requested
    assert all(sharer.after >= sharer.before for sharer in sharing.sharers)
    assert sharing.shared == requested - sum(sharer.before for sharer in sharing.sharers)
    fees: dict[int, set[int]] = {}
    for sharer in sharing.sharers:
        fees.setdefault(weights[sharer.code], set()).add(sharer.after)
    assert sharing.equal_members_differ == any(len(paid) > 1 for paid in fees.values())


def test_the_rules_of_the_round_leave_a_part_that_nobody_may_carry(
    answers_of: Callable[..., pd.DataFrame], five_round: Round, five_weights: dict[str, int]
) -> None:
    # Fors and Dal pay 900 and 300 of 1 900; by 9 : 3 they would pay 1 425 and 475. At most 1 000
    # each: Fors 1 000, Dal 900. At most 1 000 and 300: 600 remain, a limit of the round or not.
    shared = present(
        share_gap(
            five_round,
            answers_of(**TWO),
            five_weights,
            raise_limits=RaiseLimits({"0003": 1000, "0005": 1000}),
        )
    )
    assert [(s.name, s.after) for s in shared.sharers] == [("Dal", 900), ("Fors", 1_000)]
    assert (shared.stopped, shared.remaining, shared.carried) == (("0005",), 0, 1_900)
    short = present(
        share_gap(
            five_round,
            answers_of(**TWO),
            five_weights,
            raise_limits=RaiseLimits({"0003": 300, "0005": 1000}),
        )
    )
    assert [(s.name, s.after) for s in short.sharers] == [("Dal", 300), ("Fors", 1_000)]
    assert (short.shared, short.remaining, short.carried) == (100, 600, 1_300)
