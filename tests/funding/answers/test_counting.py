from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from helpers.funding.answers.counting import (
    answers_over_time,
    apply_answer_rules,
    first_day_reaching,
    latest_answers,
)
from helpers.funding.answers.effective_answers import effective_answers, known_answers
from helpers.funding.statement.statement_computation import compute_statement
from helpers.funding.totals.members.member_count import count_members
from helpers.funding.totals.members.member_table import add_secured, build_member_table
from helpers.model.answer_register import Register
from helpers.model.funding_round import Round
from helpers.model.settings.round_settings import AnswerRules
from support.five_member_round import FEES, whole_fees

FIRST, LAST = date(2016, 6, 10), date(2016, 7, 31)
HEADING = "code,decided_on,received_on,registered_on,decision,years,condition"
APART, COUNTS = AnswerRules(), AnswerRules(conditional_yes="counts")
UNFORESEEN, FREES, BINDS = (
    AnswerRules(withdrawn_yes=rule) for rule in ("unforeseen", "frees", "binds")
)


@pytest.fixture
def worth(
    register_of: Callable[..., Register], five_members: pd.DataFrame, five_round: Round
) -> Callable[..., tuple[pd.DataFrame, dict[int, int]]]:
    """What each member's answer is worth on the last day, and the sum of each year."""

    def ask(rules: AnswerRules, *lines: str) -> tuple[pd.DataFrame, dict[int, int]]:
        rows = effective_answers(register_of(*lines, heading=HEADING), LAST, LAST).known
        answers = build_member_table(five_members, FEES, latest_answers(rows, rules))
        return add_secured(five_round, answers)

    return ask


def alm(*said: str) -> list[str]:
    """Alm's answers, one a day from 1 July: decision, years and condition of each."""
    return [f"0001,2016-07-{at:02},2016-07-{at:02},,{cells}" for at, cells in enumerate(said, 1)]


FIRM, HALF, LATE_HALF, NO = "yes,,", "yes,2017,", "yes,2018,", "no,,"
ON_CONDITION = "yes,,om alla är med"


def test_a_yes_on_a_condition_stands_apart_or_counts_by_the_rounds_rule(
    worth: Callable[..., tuple[pd.DataFrame, dict[int, int]]],
) -> None:
    lines = [*alm(ON_CONDITION), "0002,2016-07-01,2016-07-05,,yes,,"]
    apart, counts = (count_members(worth(rules, *lines)[0]) for rules in (APART, COUNTS))
    # Alm has 1 000 inhabitants and 100 kr, Berg 200 kr. Dal, Ek and Fors are silent: 1 600 kr.
    assert (apart.yes, apart.conditional, apart.answered, apart.funded) == (1, 1, 2, 200)
    assert (apart.conditional_fees, apart.conditional_population) == (100, 1_000)
    assert (apart.possible, apart.unanswered_fees) == (1_700, 1_600)
    assert apart.funded_if_all_unanswered_yes == 1_800
    assert (counts.yes, counts.conditional, counts.answered, counts.funded) == (2, 0, 2, 300)
    assert (counts.conditional_fees, counts.possible, counts.unanswered_fees) == (0, 1_600, 1_600)


@pytest.mark.parametrize(
    ("said", "decision"),
    [
        ([ON_CONDITION, FIRM], "yes"),  # an answer without one has come
        ([FIRM, ON_CONDITION], "conditional"),
        ([ON_CONDITION, NO], "no"),
    ],
)
def test_the_last_answer_says_whether_there_is_a_condition(
    worth: Callable[..., tuple[pd.DataFrame, dict[int, int]]], said: list[str], decision: str
) -> None:
    answers, _ = worth(APART, *alm(*said))
    assert (answers["decision"][0], answers["withdrawn"].any()) == (decision, False)


def test_a_yes_for_one_year_counts_only_in_that_year(
    worth: Callable[..., tuple[pd.DataFrame, dict[int, int]]],
) -> None:
    answers, sums = worth(
        APART,
        *alm(HALF),
        "0002,2016-07-01,2016-07-05,,yes,2018,",
        '0004,2016-07-01,2016-07-05,,yes,"2017, 2018",',
    )
    # 100 + 400 in 2017, 200 + 400 in 2018; of the three fees, 700, 2017 leaves Berg's 200.
    assert sums == {2017: 500, 2018: 600}
    assert answers["secured"].tolist() == [100, 0, 0, 400, 0]
    count = count_members(answers)
    assert (count.yes, count.funded, count.uncovered) == (3, 500, 200)
    # 1 900 − 500, of which the silent Dal and Fors can give 1 200.
    assert (count.gap, count.unanswered_fees) == (1_400, 1_200)


def test_where_the_years_tie_the_earliest_is_the_smallest(
    worth: Callable[..., tuple[pd.DataFrame, dict[int, int]]],
) -> None:
    lines = ["0002,2016-07-01,2016-07-05,,yes,2017,", "0003,2016-07-01,2016-07-05,,yes,2018,"]
    answers, sums = worth(APART, *alm(HALF), *lines)
    assert sums == {2017: 300, 2018: 300}
    assert answers["secured"].tolist() == [100, 200, 0, 0, 0]


# What Alm has said; whether a yes is withdrawn; its answer, and its kronor in 2017 and 2018, where
# the no counts and where the yes binds.
WITHDRAWN = [
    ([FIRM, NO], True, ("no", 0, 0), ("yes", 100, 100)),
    ([FIRM, NO, NO], True, ("no", 0, 0), ("yes", 100, 100)),
    ([HALF, NO], True, ("no", 0, 0), ("yes", 100, 0)),
    ([FIRM, LATE_HALF, NO], True, ("no", 0, 0), ("yes", 0, 100)),
    ([FIRM, NO, HALF], False, ("yes", 100, 0), ("yes", 100, 0)),
    ([NO, FIRM], False, ("yes", 100, 100), ("yes", 100, 100)),
    ([NO], False, ("no", 0, 0), ("no", 0, 0)),
    # A yes on a condition has not counted: there is nothing to withdraw.
    ([ON_CONDITION, NO], False, ("no", 0, 0), ("no", 0, 0)),
]


@pytest.mark.parametrize(("said", "withdrawn", "freed", "bound"), WITHDRAWN)
@pytest.mark.parametrize("rules", [UNFORESEEN, FREES, BINDS], ids=lambda r: r.withdrawn_yes)
def test_a_withdrawn_yes_counts_by_the_rounds_rule(
    worth: Callable[..., tuple[pd.DataFrame, dict[int, int]]],
    rules: AnswerRules,
    said: list[str],
    withdrawn: bool,
    freed: tuple[str, int, int],
    bound: tuple[str, int, int],
) -> None:
    answers, sums = worth(rules, *alm(*said))
    expected = bound if rules is BINDS else freed
    assert (answers["decision"][0], sums[2017], sums[2018]) == expected
    assert answers["withdrawn"].tolist() == [withdrawn, False, False, False, False]


@pytest.mark.parametrize("rules", [UNFORESEEN, FREES, BINDS], ids=lambda r: r.withdrawn_yes)
def test_a_yes_received_after_the_later_no_is_not_withdrawn(
    worth: Callable[..., tuple[pd.DataFrame, dict[int, int]]], rules: AnswerRules
) -> None:
    lines = ["0001,2016-07-05,2016-07-10,,no,,", "0001,2016-07-01,2016-07-20,,yes,,"]
    answers, _ = worth(rules, *lines)
    assert (answers["decision"][0], answers["withdrawn"][0]) == ("no", False)


# On 20 June Alm and Berg have said yes; on 5 July Berg changes its answer.
HISTORY = [
    "0001,2016-06-15,2016-06-20,,yes,,",
    "0002,2016-06-16,2016-06-20,,yes,,",
    "0002,2016-07-01,2016-07-05,,no,,",
]


def test_that_an_amount_was_reached_and_that_it_holds_now_are_two_facts(
    register_of: Callable[..., Register], five_round: Round, five_members: pd.DataFrame
) -> None:
    register = register_of(*HISTORY, heading=HEADING)
    report = compute_statement(five_round, five_members, register, [], LAST, LAST)
    assert first_day_reaching(report.over_time, 300) == date(2016, 6, 20)
    assert first_day_reaching(report.over_time, 301) is None
    assert first_day_reaching(report.over_time, 0) == FIRST
    assert report.total.funded == 100
    assert (report.funded_peak, report.funded_peak_on) == (300, date(2016, 6, 20))


# Code, days decided after the first, days to received, to registered; answer. No two rows share
# code, decided and received, so that no two answers clash.
few = st.integers(0, 3)
said = st.sampled_from([FIRM, HALF, LATE_HALF, ON_CONDITION, "yes,2017,om alla är med", NO])
logs = st.lists(
    st.tuples(st.integers(1, 3), few, few, few, said), max_size=8, unique_by=lambda e: e[:3]
)
rules_of = st.builds(
    AnswerRules,
    conditional_yes=st.sampled_from(["apart", "counts"]),
    withdrawn_yes=st.sampled_from(["unforeseen", "frees", "binds"]),
)


# A yes that is received after the no that was decided after it.
OVERTAKEN = [(1, 0, 3, 0, FIRM), (1, 1, 0, 0, NO)]


@settings(max_examples=50, deadline=None)
@given(logs, st.integers(0, 9), rules_of)
@example(OVERTAKEN, 9, BINDS)
def test_the_count_of_each_day_is_that_of_the_answers_that_stood(
    register_of: Callable[..., Register],
    as_line: Callable[..., str],
    five_members: pd.DataFrame,
    five_round: Round,
    log: list[tuple[int, int, int, int, str]],
    knowledge: int,
    rules: AnswerRules,
) -> None:
    round_ = five_round.model_copy(update={"answers": rules})
    register = register_of(*(as_line(*entry) for entry in log), heading=HEADING)
    known_on, last = FIRST + timedelta(days=knowledge), FIRST + timedelta(days=7)
    due = whole_fees(FEES, round_)
    frame = answers_over_time(known_answers(register, last, known_on), due, round_, last)
    moved = frame.set_index("day").reindex(pd.date_range(FIRST, last), method="ffill")
    for (_, row), day in zip(moved.iterrows(), pd.date_range(FIRST, last), strict=True):
        rows = latest_answers(effective_answers(register, day.date(), known_on).known, rules)
        count = count_members(add_secured(round_, build_member_table(five_members, FEES, rows))[0])
        names = ("answered", "yes", "no", "funded", "declined")
        assert row.to_dict() == {name: getattr(count, name) for name in names}


def test_a_binding_yes_is_not_loosened_by_a_condition_that_comes_later() -> None:
    # A full yes for both years, then a yes on a condition, then a no: bound throughout.
    rows = pd.DataFrame(
        {
            "code": ["0001"] * 3,
            "decision": ["yes", "yes", "no"],
            "years": ["", "2017", ""],
            "condition": ["", "om alla är med", ""],
            "case_number": ["KS 1", "KS 2", "KS 3"],
        }
    )
    said = apply_answer_rules(rows, AnswerRules(withdrawn_yes="binds"))
    assert list(said["decision"]) == ["yes", "yes", "yes"]
    assert list(said["years"]) == ["", "", ""]
    assert list(said["case_number"]) == ["KS 1"] * 3
    assert list(said["withdrawn"]) == [False, False, True]
