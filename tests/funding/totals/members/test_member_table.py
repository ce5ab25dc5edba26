from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pandas as pd
import pytest

from helpers.funding.answers.counting import latest_answers
from helpers.funding.answers.effective_answers import effective_answers
from helpers.funding.totals.members.member_count import count_members, count_members_by
from helpers.funding.totals.members.member_table import add_secured, build_member_table
from helpers.funding.totals.shares import share
from helpers.funding.totals.tally import Tally
from helpers.model.answer_register import Register
from helpers.model.funding_round import Round
from helpers.model.settings.round_settings import AnswerRules
from support.five_member_round import CHANGING, DAY, FEES


@pytest.fixture
def answers(
    register_of: Callable[..., Register], five_members: pd.DataFrame, five_round: Round
) -> pd.DataFrame:
    rows = latest_answers(effective_answers(register_of(*CHANGING), DAY, DAY).known, AnswerRules())
    return add_secured(five_round, build_member_table(five_members, FEES, rows))[0]


def test_every_member_has_one_row_with_its_fee_and_answer(answers: pd.DataFrame) -> None:
    assert answers["code"].tolist() == ["0001", "0002", "0003", "0004", "0005"]
    assert answers["fee"].tolist() == [100, 200, 300, 400, 900]
    decisions = ["yes", "no", "unanswered", "yes", "unanswered"]
    assert answers["decision"].tolist() == decisions


def test_days_are_those_of_the_counting_answer_and_blank_for_the_silent(
    answers: pd.DataFrame,
) -> None:
    by_name = answers.set_index("name")
    assert by_name.loc["Berg", "decided_on"] == pd.Timestamp(2016, 7, 1)
    assert by_name.loc["Ek", "received_on"] == pd.Timestamp(2016, 7, 10)
    assert by_name.loc["Berg", "first_received_on"] == pd.Timestamp(2016, 6, 20)
    assert by_name.loc[["Dal", "Fors"], ["decided_on", "received_on"]].isna().all(axis=None)


def test_what_the_silent_have_not_said_is_blank_and_nothing_is_withdrawn(
    answers: pd.DataFrame,
) -> None:
    unanswered = answers[answers["decision"] == "unanswered"]
    said = unanswered[["years", "condition", "case_number", "withdrawn"]]
    assert said.to_numpy().tolist() == [["", "", "", False]] * 2


# Yes: Alm 1 000 inhabitants and 100 kr, Ek 4 000 and 400. No: Berg 2 000 and 200.
# Silent: Dal 3 000 and 300, Fors 10 000 and 900. All: 20 000 and 1 900.
BY_HAND = {
    "members": 5,
    "yes": 2,
    "no": 1,
    "answered": 3,
    "unanswered": 2,
    "outside": 3,  # Berg, Dal and Fors
    "population": 20_000,
    "yes_population": 5_000,
    "no_population": 2_000,
    "unanswered_population": 13_000,
    "requested": 1_900,
    "funded": 500,
    "declined": 200,
    "possible": 1_200,
    "gap": 1_400,
    "funded_if_all_unanswered_yes": 1_700,
    "funded_if_all_unanswered_yes_share": Fraction(17, 19),
    "funded_share": Fraction(5, 19),
    "declined_share": Fraction(2, 19),
    "possible_share": Fraction(12, 19),
    "answered_share": Fraction(3, 5),
    "yes_share": Fraction(2, 5),
    "no_share": Fraction(1, 5),
    "unanswered_share": Fraction(2, 5),
    "yes_of_answered_share": Fraction(2, 3),
    "no_of_answered_share": Fraction(1, 3),
    "yes_population_share": Fraction(1, 4),
    "no_population_share": Fraction(1, 10),
    "unanswered_population_share": Fraction(13, 20),
    # Alm and Ek pay 100 and 400; Berg, Dal and Fors 200, 300 and 900.
    "mean_fee_yes": 250,
    "mean_fee_others": Fraction(1_400, 3),
    "per_inhabitant": Fraction(1_900, 20_000),
    "unanswered_fees": 1_200,
    "unanswered_fees_share": Fraction(12, 19),
    # No answer has a condition or is for some of the years only.
    **dict.fromkeys(["conditional", "conditional_population", "conditional_fees", "uncovered"], 0),
    "over_ceiling": 0,  # no ceiling: see test_collection_ceiling
    "over_ceiling_share": 0,
    # Nothing is pledged, and nobody else contributes: see test_pledges_add_up.
    **dict.fromkeys(["unconfirmed", "above_requested", "contributors", "contributors_funded"], 0),
    **dict.fromkeys(["gifts", "conditional_uncovered"], 0),  # see test_part_pledges.py
    # Nobody has left or joined: see test_members_come_and_go.
    **dict.fromkeys(["lost", "lost_share", "left", "left_population", "left_funded"], 0),
    **dict.fromkeys(["joined", "joined_yes", "joined_population", "joined_funded"], 0),
    "conditional_share": 0,
    "conditional_population_share": 0,
    "conditional_fees_share": 0,
    "uncovered_share": 0,
}


@pytest.mark.parametrize(("name", "value"), BY_HAND.items(), ids=BY_HAND)
def test_each_figure_is_that_worked_out_by_hand(
    answers: pd.DataFrame, name: str, value: int | Fraction
) -> None:
    assert getattr(count_members(answers), name) == value


def test_every_figure_of_a_tally_is_worked_out_above() -> None:
    assert [figure.name for figure in Tally.figures if figure.name not in BY_HAND] == []


def test_nobody_at_all_has_no_shares(answers: pd.DataFrame) -> None:
    nobody = count_members(answers.iloc[:0])
    assert nobody == Tally(
        members=0,
        yes=0,
        no=0,
        population=0,
        yes_population=0,
        no_population=0,
        requested=0,
        funded=0,
        declined=0,
    )
    shares = {name: getattr(nobody, name) for name in BY_HAND if name.endswith("_share")}
    assert shares == dict.fromkeys(shares)
    assert "funded_share" in shares


def test_without_answers_only_shares_of_answered_members_are_missing(
    five_members: pd.DataFrame,
) -> None:
    unanswered = five_members.assign(
        fee=five_members["code"].map(FEES), decision="unanswered", secured=0
    )
    count = count_members(unanswered)
    assert count.yes_of_answered_share is None
    assert count.no_of_answered_share is None
    assert count.yes_share == 0
    assert count.possible == 1_900


def test_a_share_of_nothing_is_none_and_a_share_above_one_is_not_clipped() -> None:
    assert share(3, 0) is None
    assert share(3, 2) == Fraction(3, 2)


# Norra län has Alm, Berg and Dal, Södra län Ek and Fors; A1 has Alm and Dal, B3 the others.
COUNTS: list[tuple[str, dict[str, list[int]]]] = [
    (
        "county",
        {
            "Norra län": [3, 1, 1, 6_000, 1_000, 2_000, 600, 100, 200],
            "Södra län": [2, 1, 0, 14_000, 4_000, 0, 1_300, 400, 0],
        },
    ),
    (
        "group",
        {
            "A1": [2, 1, 0, 4_000, 1_000, 0, 400, 100, 0],
            "B3": [3, 1, 1, 16_000, 4_000, 2_000, 1_500, 400, 200],
        },
    ),
]
KEYS = [
    "members", "yes", "no", "population", "yes_population", "no_population", "requested", "funded",
    "declined",
]  # fmt: skip


@pytest.mark.parametrize(("column", "counts"), COUNTS)
def test_each_county_or_group_is_counted_apart(
    answers: pd.DataFrame, column: str, counts: dict[str, list[int]]
) -> None:
    found = count_members_by(answers.iloc[::-1], column)
    assert found == {
        name: Tally(**dict(zip(KEYS, numbers, strict=True))) for name, numbers in counts.items()
    }
    assert list(found) == list(counts)  # sorted, whichever comes first among the members


def test_a_yes_covers_every_year(five_round: Round, answers: pd.DataFrame) -> None:
    assert add_secured(five_round, answers)[1] == {2017: 500, 2018: 500}
